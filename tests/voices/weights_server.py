"""A server of files on 127.0.0.1, over real TLS, that goes on from a byte, or does something else.

What it does with the next requests is told by `server.then(Deed.BREAK_OFF, ...)`; when that is
used up it answers well. `server.asked` lists the path and the first byte of each request.
"""

from __future__ import annotations

import enum
import re

from tls_server import Certificates, QuietHandler, ScriptedServer


class Deed(enum.Enum):
    """What the server does with a request."""

    WELL = enum.auto()
    BREAK_OFF = enum.auto()
    WITHOUT_RANGES = enum.auto()
    OTHER_RANGE = enum.auto()
    NO_SUCH_RANGE = enum.auto()
    NOT_FOUND = enum.auto()
    FAILED = enum.auto()
    STALL = enum.auto()
    DRIP = enum.auto()
    PAGE = enum.auto()
    OTHER_BYTES = enum.auto()
    TO_HTTP = enum.auto()
    TO_HTTPS = enum.auto()
    IN_A_CIRCLE = enum.auto()


class WeightsServer(ScriptedServer):
    """The server; `files` is what it has by path."""

    well = Deed.WELL

    def __init__(self, certificates: Certificates) -> None:
        super().__init__(certificates, _Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []


class _Handler(QuietHandler):
    def do_GET(self) -> None:  # noqa: N802  (http.server calls it)
        service = self.server.service
        self.close_connection = True
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        service.asked.append((self.path, start))
        whole = service.files.get(self.path)
        deed = service.next()
        if deed is Deed.NOT_FOUND or whole is None:
            self._send(404, b"no")
        elif deed is Deed.FAILED:
            self._send(503, b"later")
        elif deed is Deed.NO_SUCH_RANGE:
            self._send(416, b"", {"Content-Range": f"bytes */{len(whole)}"})
        elif deed is Deed.PAGE:
            self._send(200, b"<html>Sign in first</html>")
        elif deed is Deed.TO_HTTP:
            self._send(302, b"", {"Location": f"http://127.0.0.1:9{self.path}"})
        elif deed is Deed.IN_A_CIRCLE:
            service.then(Deed.IN_A_CIRCLE)
            self._send(302, b"", {"Location": self.path})
        elif deed is Deed.TO_HTTPS:
            self._send(302, b"", {"Location": f"{service.url}{self.path}?signed=yes"})
        elif deed is Deed.STALL:
            service.closing.wait(30)
        else:
            self._give(deed, whole, start, asked is not None)

    def _give(self, deed: Deed, whole: bytes, start: int, ranged: bool) -> None:
        if deed is Deed.OTHER_BYTES:
            whole = bytes(len(whole))
        if deed is Deed.WITHOUT_RANGES or not ranged:
            self._head(200, len(whole))
            body = whole
        else:
            first = start + 1 if deed is Deed.OTHER_RANGE else start
            body = whole[first:]
            place = f"bytes {first}-{len(whole) - 1}/{len(whole)}"
            self._head(206, len(body), {"Content-Range": place})
        if deed is Deed.BREAK_OFF:
            self.wfile.write(body[: len(body) // 2])
        elif deed is Deed.DRIP:
            self.drip(body)
        else:
            self.wfile.write(body)

    def _send(self, status: int, body: bytes, headers=None) -> None:
        self._head(status, len(body), headers)
        self.wfile.write(body)

    def _head(self, status: int, length: int, headers=None) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Length": str(length), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
