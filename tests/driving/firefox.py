"""Debian's Firefox without a window, spoken to over WebDriver BiDi."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bidi import Bidi, BidiError
from desktop import PATIENCE, stopped
from driven import Driven
from needed import program
from webdriver_keys import strokes


class FirefoxPage(Driven):
    """One page in Firefox, and a memory of its own."""

    patience = 20.0
    gone = (BidiError,)
    pointer = "touch"
    """What taps: `touch`, or `mouse`."""

    def __init__(self, bidi: Bidi, address: str) -> None:
        super().__init__(address)
        self._bidi = bidi
        self._user = bidi.send("browser.createUserContext")["userContext"]
        tab = bidi.send("browsingContext.create", type="tab", userContext=self._user)
        self._context = tab["context"]
        self.go_to(address)

    def close(self) -> None:
        """Close the page, and forget all that it kept."""
        self._bidi.send("browser.removeUserContext", userContext=self._user)

    def get(self, expression: str) -> Any:
        told = self._evaluate(f"JSON.stringify({expression})")
        return json.loads(told["value"]) if told["type"] == "string" else None

    def press(self, *keys: str) -> None:
        kinds = {True: "keyDown", False: "keyUp"}
        actions = [
            {"type": kinds[down], "value": code} for key in keys for down, code in strokes(key)
        ]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def tap(self, selector: str) -> None:
        self._point(
            [
                {"type": "pointerMove", "x": 0, "y": 0, "origin": self._on(selector)},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
            self.pointer,
        )

    def drag(self, selector: str, to: str, *, share: float = 0.5) -> None:
        high = self.get(f"{self.shown(to)}.getBoundingClientRect().height")
        wide = self.get(f"{self.shown(to)}.getBoundingClientRect().width")
        right, down = round((share - 0.5) * wide), round((share - 0.5) * high)
        start, end = self._on(selector), self._on(to)
        self._point(
            [
                {"type": "pointerMove", "x": 0, "y": 0, "origin": start},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerMove", "x": 3, "y": 10, "origin": start, "duration": 60},
                {"type": "pointerMove", "x": right, "y": down, "origin": end, "duration": 120},
                {"type": "pointerMove", "x": right + 1, "y": down, "origin": end, "duration": 60},
                {"type": "pointerUp", "button": 0},
            ],
            "mouse",
        )

    def bring(self, selector: str, file: Path) -> None:
        node = self._evaluate(f"document.querySelector({json.dumps(selector)})")
        self._bidi.send(
            "input.setFiles",
            context=self._context,
            element={"sharedId": node["sharedId"]},
            files=[str(file)],
        )

    def reload(self) -> None:
        self._bidi.send("browsingContext.reload", context=self._context, wait="complete")

    def go_to(self, address: str) -> None:
        self._bidi.send(
            "browsingContext.navigate", context=self._context, url=address, wait="complete"
        )

    def picture(self, path: Path) -> None:
        """Take a picture of what is to be seen."""
        shot = self._bidi.send("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(shot["data"]))

    def check(self) -> None:
        for event in self._bidi.events:
            told = event["params"]
            if event["method"] == "log.entryAdded":
                if told["source"].get("context") == self._context:
                    self.complaints.append(told["text"])
            elif told["context"] == self._context:
                self.requests.append(told["request"]["url"])
        super().check()

    def _on(self, selector: str) -> dict[str, Any]:
        node = self._evaluate(self.shown(selector))
        return {"type": "element", "element": {"sharedId": node["sharedId"]}}

    def _point(self, actions: list[dict[str, Any]], kind: str) -> None:
        pointer = {"pointerType": kind}
        self._act({"type": "pointer", "id": kind, "parameters": pointer, "actions": actions})

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
def firefox(
    folder: Path, environment: dict[str, str], settings: dict[str, object]
) -> Iterator[Bidi]:
    """Run a Firefox; folder: for its profile; settings: of about:config, by name."""
    path = program("firefox-esr", "firefox", package="firefox-esr")
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
