"""Addresses of the shelf: what lies on it, what is made from it, settings, and the studio's end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from serguide.base.tasks.cancel import Cancel
from serguide.studio.server.answers import Asked, endpoint
from serguide.studio.server.event_stream import Tell, event_stream
from serguide.studio.shelf.broken import broken_file
from serguide.studio.shelf.cards import shelf_data
from serguide.studio.shelf.copying import own_copy
from serguide.studio.shelf.covers import cover_response
from serguide.studio.shelf.making import new_part, session_for
from serguide.studio.shelf.searching import search
from serguide.studio.shelf.shelf_lengths import ShelfLengths, reach
from serguide.studio.studio import Studio

_MOST_MINUTES = 1e6  # more than any float holds may be asked


def routes(studio: Studio) -> list[Route]:
    """Return the shelf's routes."""
    lengths = ShelfLengths()

    async def all_lengths(_: Request) -> Response:
        def work(tell: Tell, cancel: Cancel) -> None:
            for each in lengths.each(studio):
                cancel.check()
                tell(each)

        return event_stream(studio, work)

    return [
        Route("/api/shelf", endpoint(_shelf)),
        Route("/api/shelf/lengths", all_lengths),
        Route("/api/shelf/search", endpoint(_search), methods=["POST"]),
        Route("/api/shelf/reach/{name}", endpoint(_reach)),
        Route("/api/shelf/broken/{name}", endpoint(_broken)),
        Route("/api/shelf/sessions", endpoint(_session), methods=["POST"]),
        Route("/api/shelf/parts", endpoint(_part), methods=["POST"]),
        Route("/api/shelf/copies", endpoint(_copy), methods=["POST"]),
        Route("/api/art/{name}", endpoint(_art)),
        Route("/api/settings", endpoint(_settings), methods=["GET", "PUT"]),
        Route("/api/close", endpoint(_close), methods=["POST"]),
    ]


def _shelf(studio: Studio, _: Asked) -> object:
    return shelf_data(studio)


def _search(studio: Studio, asked: Asked) -> object:
    return {"found": search(studio, asked.field("words"))}


def _reach(studio: Studio, asked: Asked) -> object:
    return reach(studio, asked.path["name"])


def _broken(studio: Studio, asked: Asked) -> object:
    return broken_file(studio, asked.path["name"])


def _session(studio: Studio, asked: Asked) -> object:
    minutes = asked.data.get("minutes") if isinstance(asked.data, dict) else None
    if minutes is not None:
        minutes = float(min(asked.field("minutes", (int, float)), _MOST_MINUTES))
    return session_for(
        studio,
        asked.field("from"),
        asked.field("name_of_client", default=""),
        None
        if minutes is None
        else float(min(asked.field("minutes", (int, float)), _MOST_MINUTES)),
        asked.field("title", default=""),
    )


def _part(studio: Studio, asked: Asked) -> object:
    return {"name": new_part(studio, asked.field("title"))}


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
