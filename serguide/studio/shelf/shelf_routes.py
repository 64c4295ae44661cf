"""Addresses of the shelf: what lies on it, its covers, the settings, and the end of the studio."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from serguide.studio.server.answers import Asked, endpoint
from serguide.studio.shelf.cards import shelf_data
from serguide.studio.shelf.copying import own_copy
from serguide.studio.shelf.covers import cover_response
from serguide.studio.studio import Studio


def routes(_: Studio) -> list[Route]:
    """Return the shelf's routes."""
    return [
        Route("/api/shelf", endpoint(_shelf)),
        Route("/api/shelf/copies", endpoint(_copy), methods=["POST"]),
        Route("/api/art/{name}", endpoint(_art)),
        Route("/api/settings", endpoint(_settings), methods=["GET", "PUT"]),
        Route("/api/close", endpoint(_close), methods=["POST"]),
    ]


def _shelf(studio: Studio, _: Asked) -> object:
    return shelf_data(studio)


def _copy(studio: Studio, asked: Asked) -> object:
    return {"name": own_copy(studio, asked.field("name"))}


def _art(studio: Studio, asked: Asked) -> Response:
    return cover_response(studio, asked.path["name"])


def _settings(studio: Studio, asked: Asked) -> object:
    if asked.data is not None:
        changed = studio.preferences.changed(asked.data)
        changed.keep(studio.state)
        studio.preferences = changed
    return {**studio.preferences.as_data(), "library": str(studio.library)}


def _close(studio: Studio, _: Asked) -> object:
    studio.end()
    return {"closed": True}
