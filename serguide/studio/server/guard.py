"""Guard around the application: who may ask at all, and what browsers are told of every answer.

Loopback is no boundary: any page in any browser can send requests to it, under any host name that
its owner lets point here (DNS rebinding). So Host is compared as a whole, Origin and
Sec-Fetch-Site on what changes, and a token that only the therapist's own pages have on all data.
Pure ASGI, because Starlette's BaseHTTPMiddleware would let web sockets pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hmac import compare_digest
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER: Final = "x-serguide-token"

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "frame-src 'self'",
        "font-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy of the studio's pages: nothing inline, nothing from elsewhere."""

ENTER: Final = "/api/enter"
"""Gives the token to a page that has a code; the one address below /api that asks for none."""

PREVIEW: Final = "/preview/"
"""Below it lie a client's pages, shown in a frame; their random address is the permission."""

PREVIEW_POLICY: Final = "; ".join(
    (
        "sandbox allow-scripts",
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""Of a client's page in its frame: it may be from a colleague, and sends nothing to anybody."""

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE")
_READING: Final = ("GET", "HEAD")


class Guard:
    """Let through what the therapist's own pages ask, and nothing else.

    port: the one that is served on; token: what every request for data carries.
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif refused := self._refusal(scope):
            await _refuse(*refused, _protected(scope, send))
        else:
            await self._app(scope, receive, _protected(scope, send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and reason, or None for what may pass."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return 421, "host"
        if scope["method"] not in _METHODS:
            return 405, "method"
        if self._told_openly(scope, headers):
            return 400, "token in an address"
        path: str = scope["path"]
        reading = scope["method"] in _READING
        own = headers.getlist("origin") == [f"http://{hosts[0]}"]
        if not (own or (reading and ("origin" not in headers or path.startswith(PREVIEW)))):
            return 403, "origin"
        data = path == "/api" or path.startswith("/api/")
        site = headers.get("sec-fetch-site", "same-origin")
        if (data or not reading) and site != "same-origin":
            return 403, "site"
        if data and path != ENTER and not self._token_is(headers.getlist(TOKEN_HEADER)):
            return 401, "token"
        return None

    def _token_is(self, given: Iterable[str]) -> bool:
        found = list(given)
        return len(found) == 1 and compare_digest(found[0].encode(), self._token.encode())

    def _told_openly(self, scope: Scope, headers: Headers) -> bool:
        """Say whether the token, or something by its name, stands where others may read it."""
        token, query = self._token.encode(), scope.get("query_string", b"")
        raw = scope.get("raw_path") or scope["path"].encode()
        named = any(each.partition(b"=")[0].lower() == b"token" for each in query.split(b"&"))
        referer = headers.get("referer", "").encode("latin-1", "replace")
        return named or any(token in each for each in (query, raw, referer))


def _protected(scope: Scope, send: Send) -> Send:
    """Return a way to send that adds what browsers are told; a preview keeps its own policy."""
    path: str = scope["path"]
    preview = path.startswith(PREVIEW)

    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if not preview:
                headers["Content-Security-Policy"] = POLICY
            else:
                headers.setdefault("Content-Security-Policy", PREVIEW_POLICY)
            headers["X-Frame-Options"] = "SAMEORIGIN" if preview else "DENY"
            headers["Referrer-Policy"] = "no-referrer"
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            if not preview:
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
            if path.startswith("/api") or preview:
                headers["Cache-Control"] = "no-store"
            else:
                headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return protected


async def _refuse(status: int, reason: str, send: Send) -> None:
    """Answer in words, without saying what would have been right."""
    said = {
        "message": "The studio did not answer this.",
        "hint": "Start the studio again; nothing is lost.",
        "code": reason,
    }
    body = json.dumps({"problem": said}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
