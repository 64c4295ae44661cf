"""The studio's application: the rooms' routes, the pages and their files, behind the guard."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from serguide.studio.server.answers import answer
from serguide.studio.server.entry_routes import entry_routes
from serguide.studio.server.guard import Guard
from serguide.studio.server.screens import screen_routes
from serguide.studio.studio import Studio

ROOMS: Final = ("shelf", "session", "listening", "wording", "takes", "handover")
"""Each may hold `ROOM_routes.py` with `routes(studio) -> list[starlette.routing.Route]`."""

_PACKAGE = Path(__file__).parent.parent


def build_application(studio: Studio) -> ASGIApp:
    """Join all rooms behind the guard; studio.port is the one that will be served on."""
    static = StaticFiles(directory=_PACKAGE / "static")
    app = Starlette(
        routes=[
            *entry_routes(),
            *_room_routes(studio),
            *screen_routes(),
            Mount("/static", static),
        ],
        exception_handlers={HTTPException: _refused},
    )
    app.state.studio = studio
    return Guard(app, port=studio.port, token=studio.token)


def _room_routes(studio: Studio) -> Iterator[BaseRoute]:
    for room in ROOMS:
        name = f"serguide.studio.{room}.{room}_routes"
        if find_spec(f"serguide.studio.{room}") and find_spec(name):
            yield from importlib.import_module(name).routes(studio)


async def _refused(_: Request, error: Exception) -> Response:
    """Answer what is not there in words."""
    assert isinstance(error, HTTPException)
    message = "There is no such page." if error.status_code == 404 else str(error.detail)
    return answer({"problem": {"message": message, "hint": ""}}, error.status_code)
