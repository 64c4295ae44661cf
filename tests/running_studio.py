"""A real studio in a process of its own, and pages of it that are asked without a browser."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path
from urllib.parse import quote


@dataclass
class RunningDesk:
    """A studio in a process of its own; address: with the token in its fragment."""

    process: subprocess.Popen
    address: str
    library: Path
    pages: set[DeskPage] = field(default_factory=set)

    @property
    def base(self) -> str:
        return self.address.partition("#")[0]

    @property
    def token(self) -> str:
        return self.address.partition("#")[2]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextlib.contextmanager
def running_desk(library: Path, *options: str, **variables: str) -> Iterator[RunningDesk]:
    """Start `serguide studio` for real; killed when the block ends."""
    command = [sys.executable, "-m", "serguide", "studio", "--no-browser", "--library"]
    process = subprocess.Popen(
        [*command, str(library), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **variables},
    )
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.stderr.read()
        desk = RunningDesk(process, address, library)
        yield desk
        for page in list(desk.pages):
            page.leave()
    finally:
        process.kill()
        process.communicate()


class DeskPage:
    """Ask a studio as one of its pages does, over a connection of its own."""

    def __init__(self, desk: RunningDesk, patience: float = 120.0) -> None:
        self._desk = desk
        desk.pages.add(self)
        self._origin = desk.base.rstrip("/")
        self._headers = {"X-Serguide-Token": desk.token, "Origin": self._origin}
        self._connection = HTTPConnection(self._origin.partition("//")[2], timeout=patience)

    def begin(self, method: str, path: str, data: object = None) -> HTTPResponse:
        """Ask; data: bytes as they are, else JSON. The answer is still to be read."""
        body = data if isinstance(data, bytes | None) else json.dumps(data).encode()
        address = quote(path, safe="/?=&#%")
        try:
            self._connection.request(method, address, body, self._headers)
            return self._connection.getresponse()
        except RemoteDisconnected:  # it was quiet for longer than a connection is kept
            self._connection.close()
            self._connection.request(method, address, body, self._headers)
            return self._connection.getresponse()

    def ask(self, method: str, path: str, data: object = None) -> tuple[int, bytes]:
        """Return the status and all of the answer."""
        answer = self.begin(method, path, data)
        return answer.status, answer.read()

    def get(self, path: str) -> dict:
        return self._good("GET", path)

    def post(self, path: str, data: object = None) -> dict:
        return self._good("POST", path, data)

    def put(self, path: str, data: object = None) -> dict:
        return self._good("PUT", path, data)

    def delete(self, path: str) -> dict:
        return self._good("DELETE", path)

    def leave(self) -> None:
        """Close the connection, whatever is still coming, and whoever waits for it."""
        self._desk.pages.discard(self)
        if self._connection.sock is not None:
            with contextlib.suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def _good(self, method: str, path: str, data: object = None) -> dict:
        status, body = self.ask(method, path, data)
        assert status == 200, (method, path, status, body[:500])
        return json.loads(body)


def ended(page: DeskPage, ident: str, patience: float = 300.0) -> dict:
    """Return what became of one that is handed over."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = page.get(f"/api/handovers/{ident}")
        if found["state"] in ("done", "failed", "cancelled"):
            return found
        time.sleep(0.1)
    raise AssertionError(f"{ident} did not end in time")
