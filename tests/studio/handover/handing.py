"""What tests of handing over share: a library, and a studio that is asked as its page asks."""

from __future__ import annotations

import json
import time

from starlette.testclient import TestClient

from serguide.studio.server.application import build_application

SCRIPTS = {
    "by-the-window": """
title: By the window
kind: relaxation
values: {name: ""}
cues:
  - say: "{name}, if you like, listen to the rain. [1s] Or to nothing at all."
  - rest: 6s
  - say: And let it carry you for a while.
""",
    "coming-home": """
title: Coming home
kind: grounding
cues:
  - say: Hear the room.
  - rest: 3s
  - say: Thank you.
""",
    "here": """
title: Here
kind: grounding
cues:
  - say: Look around. Name five things that you can see.
  - rest: 5s
  - say: You are here, in this room.
""",
    "sessions/a-rainy-evening": """
title: A rainy evening
about: With the window open.
ending: alert
voice: tone
soundscape: none
values: {name: Zoë}
ground: here
steps: [by-the-window, coming-home]
""",
}


def wait_until(true, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about in time")


class Counter:
    """Ask a studio's application as its own page does."""

    def __init__(self, studio):
        studio.port = 4711
        self.studio = studio
        origin = f"http://127.0.0.1:{studio.port}"
        self.client = TestClient(
            build_application(studio),
            base_url=origin,
            headers={"X-Serguide-Token": studio.token, "Origin": origin},
        )

    def ask(self, method, path, data=None):
        answer = self.client.request(method, path, json=data)
        return answer.status_code, answer.json()

    def get(self, path):
        status, data = self.ask("GET", path)
        assert status == 200, data
        return data

    def post(self, path, data=None):
        status, data = self.ask("POST", path, data)
        assert status == 200, data
        return data

    def made(self, ident):
        ended = ("done", "failed", "cancelled")

        def look():
            found = self.get(f"/api/handovers/{ident}")
            return found if found["state"] in ended else None

        return wait_until(look)


def rows(library):
    text = (library / "handed-over" / "records.json").read_text(encoding="utf-8")
    return json.loads(text)["handovers"]
