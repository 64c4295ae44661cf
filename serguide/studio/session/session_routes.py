"""Routes of the session's screen."""

from __future__ import annotations

from starlette.routing import Route

from serguide.studio.server.answers import Asked, endpoint
from serguide.studio.session.session_room import SessionRoom, tried_length
from serguide.studio.studio import Studio


def routes(studio: Studio) -> list[Route]:
    """Return the routes below /api/sessions."""
    room = room_of(studio)

    def plan(_: Studio, asked: Asked) -> object:
        return room.plan(str(asked.path["name"]))

    def details(_: Studio, asked: Asked) -> object:
        return room.details(str(asked.path["name"]))

    def choices(_: Studio, asked: Asked) -> object:
        return room.choices(str(asked.path["name"]))

    def trial(_: Studio, asked: Asked) -> object:
        seconds = asked.data.get("seconds") if isinstance(asked.data, dict) else None
        return room.plan(str(asked.path["name"]), tried_length(seconds))

    def change(_: Studio, asked: Asked) -> object:
        wanted = asked.field("change", dict)
        return room.change(str(asked.path["name"]), asked.field("version"), wanted)

    def undo(_: Studio, asked: Asked) -> object:
        return room.step_back(str(asked.path["name"]))

    def redo(_: Studio, asked: Asked) -> object:
        return room.step_forth(str(asked.path["name"]))

    def apart(_: Studio, asked: Asked) -> object:
        return room.set_apart(str(asked.path["name"]), asked.field("part"))

    below = "/api/sessions/{name:str}"
    return [
        Route(below, endpoint(plan), methods=["GET"]),
        Route(f"{below}/details", endpoint(details), methods=["GET"]),
        Route(f"{below}/choices", endpoint(choices), methods=["GET"]),
        Route(f"{below}/trial", endpoint(trial), methods=["POST"]),
        Route(f"{below}/changes", endpoint(change), methods=["POST"]),
        Route(f"{below}/apart", endpoint(apart), methods=["POST"]),
        Route(f"{below}/undo", endpoint(undo), methods=["POST"]),
        Route(f"{below}/redo", endpoint(redo), methods=["POST"]),
    ]


def room_of(studio: Studio) -> SessionRoom:
    """Return the one room of a studio, which listening shares."""
    found = studio.__dict__.get("_session_room")
    if found is None:
        found = studio.__dict__["_session_room"] = SessionRoom(studio)
    assert isinstance(found, SessionRoom)
    return found
