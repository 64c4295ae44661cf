"""Addresses by which a browser gets its token: a code is given, and taken once."""

from __future__ import annotations

from starlette.routing import Route

from serguide.studio.server.answers import Asked, answer, endpoint
from serguide.studio.server.guard import ENTER
from serguide.studio.studio import Studio


def entry_routes() -> list[Route]:
    """Return the routes; the guard lets ENTER pass without a token."""
    return [
        Route(ENTER, endpoint(_enter, limit=1000), methods=["POST"]),
        Route("/api/codes", endpoint(_code, limit=1000), methods=["POST"]),
    ]


def _enter(studio: Studio, asked: Asked) -> object:
    if studio.codes.take(asked.field("code")):
        return {"token": studio.token}
    said = {"message": "This way in was used already.", "hint": "Start the studio again."}
    return answer({"problem": said}, 401)


def _code(studio: Studio, _: Asked) -> object:
    return {"code": studio.codes.new()}
