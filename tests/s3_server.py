"""An S3-compatible server on loopback (moto's), and a proxy before it that does wrong on demand."""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

_SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=one/20260101/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=0"
}
"""What this server takes for a user's name; it looks at no signature."""

_NOT_PASSED = {"transfer-encoding", "connection", "keep-alive", "content-length"}


@dataclass
class Faults:
    """Say what becomes of requests: `choose` is given method and path, and names a fault or ''.

    slow, 503, truncated, wrong bytes, gone; asked: every request that came.
    """

    choose: Callable[[str, str], str] = lambda _method, _path: ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    delay: float = 0.5


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    faults: Faults
    upstream: tuple[str, int]

    def log_message(self, *_args):
        pass

    def _passed(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        fault = self.faults.choose(self.command, self.path)
        self.faults.asked.append((self.command, self.path, fault))
        if fault == "gone":
            self.close_connection = True
            self.connection.close()
            return
        if fault == "503":
            self._answer(503, [], b"<Error><Code>SlowDown</Code><Message>slow</Message></Error>")
            return
        if fault == "403":
            self._answer(403, [], b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
            return
        if fault == "slow":
            time.sleep(self.faults.delay)
        upstream = http.client.HTTPConnection(*self.upstream, timeout=30)
        headers = {k: v for k, v in self.headers.items() if k.lower() != "connection"}
        upstream.request(self.command, self.path, body, headers)
        answer = upstream.getresponse()
        content = answer.read()
        told = [(k, v) for k, v in answer.getheaders() if k.lower() not in _NOT_PASSED]
        if fault == "wrong bytes" and content:
            middle = len(content) // 2
            content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            told = [(k, v) for k, v in told if "checksum" not in k.lower()]
        length = None
        if self.command == "HEAD":
            length = answer.getheader("Content-Length") or "0"
        self._answer(answer.status, told, content, length, cut=fault == "truncated")
        upstream.close()

    def _answer(self, status, headers, content, length=None, *, cut=False):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", length or str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content[: len(content) // 2] if cut else content)
        if cut:
            self.close_connection = True

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _passed  # noqa: N815


@contextlib.contextmanager
def proxied(upstream: tuple[str, int]) -> Iterator[tuple[str, Faults]]:
    """Give the address of a proxy before a server, and what it does wrong."""
    faults = Faults()
    handler = type("Proxy", (_Proxy,), {"faults": faults, "upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", faults
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[tuple[str, int]]:
    """Give the address of one server for all tests of a process."""
    with served() as address:
        yield address


@dataclass
class Bucket:
    """Hold an empty bucket's URL, and what goes wrong on the way to it."""

    url: str
    faults: Faults
    server: tuple[str, int]

    def objects(self) -> dict[str, bytes]:
        """Return all that is in it, asked for past the proxy."""
        found = ElementTree.fromstring(self._said("GET", "?list-type=2"))
        names = [each.text for each in found.iter() if each.tag.endswith("}Key")]
        return {name: self._said("GET", f"/{quote(name)}") for name in names}

    def put(self, name: str, content: bytes) -> None:
        """Write an object, past the proxy."""
        self._said("PUT", f"/{name}", content)

    def make(self) -> None:
        """Make the bucket."""
        self._said("PUT", "")

    def _said(self, method: str, path: str, body: bytes | None = None) -> bytes:
        asked = http.client.HTTPConnection(*self.server, timeout=30)
        with contextlib.closing(asked):
            asked.request(method, f"/{self.url.removeprefix('s3://')}{path}", body, _SIGNED)
            answer = asked.getresponse()
            content = answer.read()
            assert answer.status == 200, content
        return content


@pytest.fixture
def bucket(s3_server, monkeypatch) -> Iterator[Bucket]:
    """Give an empty bucket behind a proxy; this process and its children reach it by the URL."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "one")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "two")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    with proxied(s3_server) as (endpoint, faults):
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        found = Bucket(f"s3://clinic-{os.urandom(4).hex()}", faults, s3_server)
        found.make()
        yield found


@contextlib.contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Give the address of an S3-compatible server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server.start()
    try:
        yield server.get_host_and_port()
    finally:
        server.stop()
