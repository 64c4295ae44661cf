"""Routes of listening: a part from any place, and what it begins with made ready beforehand."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from serguide.base.tasks.cancel import Cancel
from serguide.studio.listening.listening_stream import part_stream
from serguide.studio.listening.live_part import LivePart
from serguide.studio.listening.open_beds import OpenBeds
from serguide.studio.server.answers import Asked, endpoint, told
from serguide.studio.server.event_stream import streamed
from serguide.studio.session.session_routes import room_of
from serguide.studio.studio import Studio


def routes(studio: Studio) -> list[Route]:
    """Return the routes below /api/listening."""
    room, beds = room_of(studio), OpenBeds(studio.store)

    def listen(studio: Studio, asked: Asked) -> Response:
        name, part = str(asked.field("name")), int(asked.field("part", int))
        line, at = asked.field("line", int, -1), asked.field("at", int, 0)

        def open_part() -> LivePart:
            laid = room.laid(name)
            begin = None if line < 0 else line
            return LivePart(laid, part, studio.store, beds, line=begin, at=at)

        cancel = Cancel()
        stream = part_stream(open_part, partial(told, studio), cancel)
        return StreamingResponse(streamed(stream, cancel), media_type="application/octet-stream")

    def warm(studio: Studio, asked: Asked) -> object:
        laid = room.laid(str(asked.field("name")))
        if laid.timeline.tracks:
            LivePart(laid, 0, studio.store, beds).warm()
        return {"ready": True}

    return [
        Route("/api/listening", endpoint(listen), methods=["POST"]),
        Route("/api/listening/warm", endpoint(warm), methods=["POST"]),
    ]
