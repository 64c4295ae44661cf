"""Debian's Firefox without a window, spoken to over WebDriver BiDi."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bidi import Bidi
from desktop import PATIENCE, stopped
from listening import Listener
from needed import program

KEYS = {"Escape": "\ue00c"}
"""Keys that WebDriver has code points for."""


class FirefoxListener(Listener):
    """One listener with one page in Firefox, and a memory of its own."""

    patience = 20.0

    def __init__(self, bidi: Bidi, address: str) -> None:
        super().__init__(address)
        self._bidi = bidi
        self._user = bidi.send("browser.createUserContext")["userContext"]
        tab = bidi.send("browsingContext.create", type="tab", userContext=self._user)
        self._context = tab["context"]
        bidi.send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def close(self) -> None:
        """Close the page, and forget all that it kept."""
        self._bidi.send("browser.removeUserContext", userContext=self._user)

    def get(self, expression: str) -> Any:
        told = self._evaluate(f"JSON.stringify({expression})")
        return json.loads(told["value"]) if told["type"] == "string" else None

    def press(self, *keys: str) -> None:
        for key in keys:
            value = KEYS.get(key, key)
            stroke = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
            self._act({"type": "key", "id": "keyboard", "actions": stroke})

    def tap(self, selector: str) -> None:
        node = self._evaluate(self.shown(selector))
        where = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        self._act(
            {
                "type": "pointer",
                "id": "finger",
                "parameters": {"pointerType": "touch"},
                "actions": [
                    {"type": "pointerMove", "x": 0, "y": 0, "origin": where},
                    {"type": "pointerDown", "button": 0},
                    {"type": "pointerUp", "button": 0},
                ],
            }
        )

    def reload(self) -> None:
        self._bidi.send("browsingContext.reload", context=self._context, wait="complete")

    def check(self) -> None:
        for event in self._bidi.events:
            told = event["params"]
            if event["method"] == "log.entryAdded":
                if told["source"].get("context") == self._context:
                    self.complaints.append(told["text"])
            elif told["context"] == self._context:
                self.requests.append(told["request"]["url"])
        super().check()

    def _act(self, source: dict[str, Any]) -> None:
        self._bidi.send("input.performActions", context=self._context, actions=[source])

    def _evaluate(self, expression: str) -> dict[str, Any]:
        # In a sandbox: there it runs where the page itself may run no script, too.
        done = self._bidi.send(
            "script.evaluate",
            expression=expression,
            target={"context": self._context, "sandbox": "test"},
            awaitPromise=True,
        )
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return done["result"]


@contextlib.contextmanager
def firefox(folder: Path, environment: dict[str, str], *, scripts: bool) -> Iterator[Bidi]:
    """Run a Firefox; folder: for its profile."""
    path = program("firefox-esr", "firefox", package="firefox-esr")
    # A page that is used day by day may play without a tap.
    settings = {"media.autoplay.default": 0, "javascript.enabled": scripts}
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in settings.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [
        path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(folder),
    ]  # fmt: skip
    log = folder / "log"
    with (
        log.open("wb") as errors,
        stopped(
            subprocess.Popen(command, env=os.environ | environment, stdout=errors, stderr=errors)
        ) as process,
    ):
        bidi = Bidi(_address(log))
        bidi.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        yield bidi
        bidi.close()
        process.wait(PATIENCE)


def _address(log: Path) -> str:
    """Wait until the browser says where it listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not start: {said}")
