"""Addresses of the shelf: what lies on it, what is made from it, settings, and the studio's end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from serguide.base.tasks.cancel import Cancel
from serguide.studio.server.answers import Asked, endpoint
from serguide.studio.server.event_stream import Tell, event_stream
from serguide.studio.shelf.bin_folder import as_data, erase, put_back, throw_away, thrown_away
from serguide.studio.shelf.broken import broken_file
from serguide.studio.shelf.cards import shelf_data
from serguide.studio.shelf.copying import copied, own_copy
from serguide.studio.shelf.covers import cover_response
from serguide.studio.shelf.making import new_part, session_for
from serguide.studio.shelf.searching import search
from serguide.studio.shelf.shelf_lengths import ShelfLengths, left_out_at, reach
from serguide.studio.shelf.used_in import needed_by, used_in
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
        Route("/api/shelf/users/{name}", endpoint(_users)),
        Route("/api/shelf/bin", endpoint(_bin)),
        Route("/api/shelf/bin", endpoint(_throw_away), methods=["POST"]),
        Route("/api/shelf/bin/{id}", endpoint(_erase), methods=["DELETE"]),
        Route("/api/shelf/bin/{id}/back", endpoint(_put_back), methods=["POST"]),
        Route("/api/art/{name}", endpoint(_art)),
        Route("/api/settings", endpoint(_settings), methods=["GET", "PUT"]),
        Route("/api/close", endpoint(_close), methods=["POST"]),
    ]


def _shelf(studio: Studio, _: Asked) -> object:
    return shelf_data(studio)


def _search(studio: Studio, asked: Asked) -> object:
    return {"found": search(studio, asked.field("words"))}


def _reach(studio: Studio, asked: Asked) -> object:
    name, minutes = asked.path["name"], asked.query.get("minutes", "")
    if "minutes" not in asked.query:
        return reach(studio, name)
    asked_for = int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0
    return {"left_out": left_out_at(studio, name, asked_for * 60)}


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
    """Answer with one's own copy; anew: another one, where it is one's own already."""
    name = asked.field("name")
    anew = asked.field("anew", bool, False)
    return {"name": copied(studio, name) if anew else own_copy(studio, name)}


def _users(studio: Studio, asked: Asked) -> object:
    return {"users": used_in(studio, asked.path["name"])}


def _bin(studio: Studio, _: Asked) -> object:
    return {"thrown": [as_data(each) for each in thrown_away(studio)]}


def _throw_away(studio: Studio, asked: Asked) -> object:
    """Answer with what was thrown away, or with what still needs it."""
    name = asked.field("name")
    users = needed_by(studio, name)
    return {"needed_by": users} if users else as_data(throw_away(studio, name))


def _erase(studio: Studio, asked: Asked) -> object:
    return as_data(erase(studio, asked.path["id"]))


def _put_back(studio: Studio, asked: Asked) -> object:
    return {"name": put_back(studio, asked.path["id"])}


def _art(studio: Studio, asked: Asked) -> Response:
    return cover_response(studio, asked.path["name"])


def _settings(studio: Studio, asked: Asked) -> object:
    if asked.data is not None:
        studio.keep_preferences(asked.data)
    return {**studio.preferences.as_data(), "library": str(studio.library)}


def _close(studio: Studio, _: Asked) -> object:
    studio.end()
    return {"closed": True}
