"""A client of WebDriver BiDi, the W3C's protocol that Firefox speaks without any driver.

https://www.w3.org/TR/webdriver-bidi/: one JSON message a command over a WebSocket, an answer with
the same id, and events in between.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

import websocket

PATIENCE = 60
"""Seconds to wait for an answer."""


class BidiError(Exception):
    """A command that the browser refused."""


class Bidi:
    """One session with a browser; events that were subscribed to gather in `events`."""

    def __init__(self, url: str) -> None:
        # Firefox refuses connections that a web page could have made: those with an origin.
        self._socket = websocket.create_connection(
            f"{url}/session", timeout=PATIENCE, suppress_origin=True
        )
        self._ids = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        self.send("session.new", capabilities={})

    def send(self, method: str, **params: Any) -> Any:
        """Send a command and return its result; raises BidiError when it is refused."""
        this = next(self._ids)
        self._socket.send(json.dumps({"id": this, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self.events.append(message)
            elif message["id"] == this:
                if message["type"] == "error":
                    raise BidiError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def close(self) -> None:
        """Close the browser."""
        self.send("browser.close")
        self._socket.close()
