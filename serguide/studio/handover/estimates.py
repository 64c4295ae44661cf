"""Estimates of what a therapist is asked to choose from: sizes, parts, words, before any sound."""

from __future__ import annotations

from typing import Any

from serguide.bundle.sealed.passphrase import made
from serguide.bundle.sizes import Sizes
from serguide.encode.formats import AUDIOBOOK, FORMATS
from serguide.studio.handover.records import Records
from serguide.studio.handover.session_for import SessionFor, drafted, session_for
from serguide.studio.studio import Studio


def forms_of(studio: Studio, name: str, again: str = "") -> dict[str, Any]:
    """Return what the screen shows before anything is made.

    again: the id of an earlier handing over, whose ways and client are offered anew. Raises
    UsageError, ScriptError.
    """
    earlier = Records(studio.library).find(again) if again else None
    session = session_for(studio, name, earlier.who if earlier else "")
    ways = earlier.ways.as_data() if earlier else {"kind": studio.preferences.sound}
    return {
        "name": name,
        "title": session.program.title,
        "language": session.program.language,
        "who": session.who,
        "minutes": session.minutes,
        "voice": session.voice,
        "parts": parts_of_session(session),
        "passphrase": made(),
        "sizes": sizes_of(studio, session),
        "ways": {**ways, "passphrase": ""},
    }


def sizes_of(studio: Studio, session: SessionFor) -> dict[str, int]:
    """Return about how many bytes each form will take."""
    sizes = Sizes(*drafted(studio, session))
    mp3 = FORMATS["mp3"]
    return {
        "page": sizes.sealed(mp3),
        "m4b": sizes.audiobook(AUDIOBOOK),
        "mp3": sizes.session(mp3),
        "website": sizes.folder(mp3),
    }


def parts_of_session(session: SessionFor) -> list[dict[str, Any]]:
    """Return the parts' titles and shares of the whole."""
    whole = sum(track.frames for track in session.timeline.tracks) or 1
    return [
        {"title": track.program.title, "share": round(track.frames / whole, 4)}
        for track in session.timeline.tracks
    ]
