"""A server of files on 127.0.0.1, over real TLS, that goes on from a byte, or does something else.

What it does with the next requests is told by `server.then(Deed.BREAK_OFF, ...)`; when that is
used up it answers well. `server.asked` lists the path and the first byte of each request.
"""

from __future__ import annotations

import enum
import re
import ssl
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gtts_server import Certificates


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


class WeightsServer:
    """The server: a context manager; `url` is its address, `files` what it has by path."""

    def __init__(self, certificates: Certificates) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.closing = threading.Event()
        self._deeds: deque[Deed] = deque()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificates.leaf)
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.service = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"https://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> WeightsServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def then(self, *deeds: Deed) -> None:
        """Say what is done with the next requests, one each; after them all goes well."""
        self._deeds.extend(deeds)

    def next_deed(self) -> Deed:
        return self._deeds.popleft() if self._deeds else Deed.WELL

    def secured(self, connection):
        return self._tls.wrap_socket(connection, server_side=True)


class _Server(ThreadingHTTPServer):
    service: WeightsServer

    def finish_request(self, request, client_address):
        try:
            secured = self.service.secured(request)
        except OSError:  # the client did not like the certificate
            return
        with secured:
            self.RequestHandlerClass(secured, client_address, self)

    def handle_error(self, request, client_address):
        """Say nothing: clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        service = self.server.service
        self.close_connection = True
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        service.asked.append((self.path, start))
        whole = service.files.get(self.path)
        deed = service.next_deed()
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
            for byte in body:
                if self.server.service.closing.wait(0.02):
                    return
                self.wfile.write(bytes([byte]))
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
