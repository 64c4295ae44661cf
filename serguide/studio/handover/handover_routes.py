"""Addresses of handing over: what is offered, what is made, what was given, and the preview."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from serguide.base.errors import UsageError
from serguide.handout.sheet import GivenForms
from serguide.studio.handover.estimates import forms_of
from serguide.studio.handover.folder_opening import open_folder
from serguide.studio.handover.forgetting import forget_person
from serguide.studio.handover.handover_queue import (
    ENDED,
    HandoverQueue,
    require_ended,
    summary,
)
from serguide.studio.handover.handover_ways import (
    client_name,
    require_address,
    require_passphrase,
    ways_from,
)
from serguide.studio.handover.previews import Previews, preview_before, preview_of
from serguide.studio.handover.records import Handover
from serguide.studio.handover.session_for import SessionFor, session_for
from serguide.studio.server.answers import Asked, endpoint, failed
from serguide.studio.server.event_stream import event_stream
from serguide.studio.studio import Studio


def routes(studio: Studio) -> list[Route]:
    """Return the routes; what an earlier studio has left in the queue is gone on with."""
    previews = Previews()
    desk = _HandoverDesk(HandoverQueue(studio), previews)

    handovers = "/api/handovers"
    return [
        Route("/preview/{token}/{path:path}", previews.endpoint),
        Route(handovers, endpoint(desk.list), methods=["GET"]),
        Route(handovers, endpoint(desk.add), methods=["POST"]),
        Route(f"{handovers}/forms", endpoint(_forms)),
        Route(f"{handovers}/passphrases", endpoint(_passphrase), methods=["POST"]),
        Route(f"{handovers}/preview", endpoint(desk.preview), methods=["POST"]),
        Route(f"{handovers}/people/{{id}}/forget", endpoint(desk.forget), methods=["POST"]),
        Route(f"{handovers}/{{id}}", endpoint(desk.show), methods=["GET"]),
        Route(f"{handovers}/{{id}}", endpoint(desk.cancel), methods=["DELETE"]),
        Route(f"{handovers}/{{id}}/events", desk.events),
        Route(f"{handovers}/{{id}}/open", endpoint(desk.open), methods=["POST"]),
        Route(f"{handovers}/{{id}}/files/{{file}}", endpoint(desk.file)),
    ]


class _HandoverDesk:
    """Answer what is asked of the queue and its records."""

    def __init__(self, queue: HandoverQueue, previews: Previews) -> None:
        self._queue = queue
        self._previews = previews

    def list(self, _: Studio, asked: Asked) -> object:
        shown = [each for each in self._queue.records.all() if _is_asked_for(each, asked)]
        return {"handovers": [self._queue.snapshot(each.id) for each in reversed(shown)]}

    def add(self, studio: Studio, asked: Asked) -> object:
        ways = ways_from(asked.field("ways", dict))
        require_address(ways)
        session = session_for(
            studio, asked.field("name"), client_name(asked.field("who", default=""))
        )
        if ways.page:
            phrase = require_passphrase(ways.passphrase, _known(session))
            ways = ways_from({**ways.as_data(), "passphrase": phrase})
        fresh = self._queue.records.add(
            session.who,
            session.program.name,
            session.program.title,
            session.minutes,
            ways if ways.page else ways_from({**ways.as_data(), "passphrase": ""}),
            session.voice,
        )
        self._queue.add(fresh)
        if ways.sound and ways.kind != studio.preferences.sound:
            studio.keep_preferences({"sound": ways.kind})
        return summary(fresh)

    def show(self, _: Studio, asked: Asked) -> object:
        found = self._queue.snapshot(asked.path["id"])
        return {**found, "place": str(self._files(found["id"]))}

    def cancel(self, _: Studio, asked: Asked) -> object:
        return summary(self._queue.cancel(asked.path["id"]))

    def open(self, _: Studio, asked: Asked) -> object:
        found = self._queue.records.find(asked.path["id"])
        require_ended(found)
        open_folder(self._files(found.id))
        return {"place": str(self._files(found.id))}

    def file(self, _: Studio, asked: Asked) -> Response:
        found = self._queue.records.find(asked.path["id"])
        name = asked.path["file"]
        path = self._files(found.id) / name
        if name not in dict(found.files) or not path.is_file() or path.is_symlink():
            raise UsageError("this file is not there any more", "hand the session over again")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return FileResponse(path, filename=name, media_type=kind)

    def forget(self, studio: Studio, asked: Asked) -> object:
        return forget_person(studio, self._queue, self._previews, asked.path["id"])

    def preview(self, studio: Studio, asked: Asked) -> object:
        ident = asked.field("id", default="")
        if not ident:
            who = client_name(asked.field("who", default=""))
            address = asked.field("address", default="")
            alone = asked.field("given", default="page") == "sound"
            given: GivenForms = "sound" if alone else "page"
            made = preview_before(studio, asked.field("name"), who, address, given)
            return {"address": self._previews.add(made)}
        shown = self._previews.add(preview_of(studio, ident))
        try:
            self._queue.records.find(ident)
        except UsageError:  # it was forgotten while it was read
            self._previews.forget(idents=[ident])
            raise
        return {"address": shown}

    async def events(self, request: Request) -> Response:
        studio: Studio = request.app.state.studio
        ident = request.path_params["id"]
        try:
            self._queue.records.find(ident)
        except UsageError as error:
            return failed(studio, error)

        def work(tell: Any, cancel: Any) -> None:
            for each in self._queue.follow(ident, cancel):
                tell(each)

        return event_stream(studio, work)

    def _files(self, ident: str) -> Path:
        return self._queue.records.folder / ident / "files"


def _is_asked_for(handover: Handover, asked: Asked) -> bool:
    return not asked.query.get("under_way") or handover.state not in ENDED


def _forms(studio: Studio, asked: Asked) -> object:
    return forms_of(studio, asked.query.get("name", ""), asked.query.get("again", ""))


def _passphrase(_: Studio, __: Asked) -> object:
    from serguide.bundle.sealed.passphrase import made

    return {"passphrase": made()}


def _known(session: SessionFor) -> list[str]:
    """Return words that count for nothing in a passphrase that somebody chose."""
    return [*session.program.title.casefold().split(), *session.who.casefold().split()]
