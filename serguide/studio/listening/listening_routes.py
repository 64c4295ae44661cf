"""Routes of listening: a part from any place, and a soundscape made ready beforehand."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.studio.listening.listening_stream import part_stream
from serguide.studio.listening.live_part import LivePart, ready_part
from serguide.studio.listening.open_beds import OpenBeds
from serguide.studio.server.answers import Asked, endpoint, told
from serguide.studio.server.event_stream import streamed
from serguide.studio.session.part_words import lines_of
from serguide.studio.session.session_room import SessionRoom
from serguide.studio.session.session_routes import room_of
from serguide.studio.studio import Studio


def routes(studio: Studio) -> list[Route]:
    """Return the routes below /api/listening."""
    room, beds = room_of(studio), OpenBeds(studio.store)

    def listen(studio: Studio, asked: Asked) -> Response:
        name, part = str(asked.field("name")), int(asked.field("part", int))
        ready = partial(_ready, studio, room, beds, name, part)
        start = partial(_start, asked.data if isinstance(asked.data, dict) else {})
        cancel = Cancel()
        stream = part_stream(ready, start, partial(told, studio), cancel)
        return StreamingResponse(streamed(stream, cancel), media_type="application/octet-stream")

    def warm(_: Studio, asked: Asked) -> object:
        laid = room.laid(str(asked.field("name")))
        for track in laid.timeline.tracks[:1]:
            if track.program.bed:
                beds.of(track.program.bed.name, laid.libraries).prepare()
        return {"ready": True}

    return [
        Route("/api/listening", endpoint(listen), methods=["POST"]),
        Route("/api/listening/warm", endpoint(warm), methods=["POST"]),
    ]


def _ready(
    studio: Studio,
    room: SessionRoom,
    beds: OpenBeds,
    name: str,
    part: int,
    progress: ProgressReporter,
    cancel: Cancel,
) -> LivePart:
    return ready_part(room.laid(name), part, studio.store, beds, progress, cancel)


def _start(asked: dict[str, Any], part: LivePart) -> int:
    """Return the sample to begin at: a line's own, wherever it lies once it is spoken."""
    line, at = asked.get("line"), asked.get("at")
    if isinstance(line, int):
        lines = lines_of(part.track)
        if 0 <= line < len(lines):
            found = lines[line]["at"]
            assert isinstance(found, int)
            return found
    return at if isinstance(at, int) else 0
