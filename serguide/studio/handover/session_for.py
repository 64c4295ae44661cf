"""A session as one client will hear it: resolved, checked and laid out, before any sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from serguide.base.errors import ScriptError, UsageError
from serguide.base.units import SAMPLERATE
from serguide.script.program import SessionProgram
from serguide.studio.studio import Studio
from serguide.timeline.model import SessionTimeline

if TYPE_CHECKING:
    from serguide.bundle.model import Contents
    from serguide.render.request import RenderRequest


@dataclass(frozen=True, slots=True)
class SessionFor:
    """Hold a session that is ready to be made; who: the client, or empty."""

    request: RenderRequest
    program: SessionProgram
    timeline: SessionTimeline
    who: str

    @property
    def minutes(self) -> int:
        """Return its length in whole minutes, one at least."""
        return max(1, round(self.timeline.frames / SAMPLERATE / 60))

    @property
    def voice(self) -> str:
        """Return whose voice it is in: own, natural or plain."""
        engine = str(self.program.voice or "").partition(":")[0]
        return {"recorded": "own", "espeak": "plain", "tone": "plain"}.get(engine, "natural")


def session_for(studio: Studio, name: str, who: str = "", **options: Any) -> SessionFor:
    """Return a session for a client.

    who: instead of the name in the session's file, where it speaks of one; options: of the render
    request. Raises UsageError, ScriptError with every problem that stops it.
    """
    from serguide import api

    known = studio.shelves.names()
    if name not in known:
        raise UsageError(
            "this session is not on your shelf", "if it lies in the bin, put it back first"
        )
    request = studio.request(name, **options)
    prepared = api.prepare(request, store=studio.store)
    if who and prepared.program and prepared.program.made_for != who:
        try:
            named = studio.request(name, values={"name": who}, **options)
            request, prepared = named, api.prepare(named, store=studio.store)
        except UsageError:
            pass  # it has no place for a name: the record alone says for whom it was
    if not prepared.ready or prepared.program is None or prepared.timeline is None:
        raise ScriptError(prepared.problems)
    program = prepared.program
    return SessionFor(request, program, prepared.timeline, who or program.made_for)


def drafted(studio: Studio, session: SessionFor) -> tuple[Contents, bytes]:
    """Return the contents of its bundle as far as they are known, and its cover, a PNG."""
    from serguide.bundle.bundle_draft import draft_contents
    from serguide.bundle.cover import cover_png, drawing_of
    from serguide.render.plan import notices_of, settings_of
    from serguide.render.track_cache import TrackCache

    program, timeline, art = session.program, session.timeline, studio.shelves.art
    keep = TrackCache(studio.store).cover
    lone = len(program.tracks) == 1 and program.tracks[0].step == program.name
    kind = program.tracks[0].kind if lone else "session"
    cover = cover_png(program.name, kind, art, keep, language=program.language)
    drawings = tuple(
        drawing_of(track.program.step, track.program.kind, art, keep) for track in timeline.tracks
    )
    notices = notices_of(program, settings_of(session.request))
    return draft_contents(timeline, notices, drawings), cover
