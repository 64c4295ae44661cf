"""Make the sound with which a listener sets the soundscape against the voice.

One file holds both, two channels each. Two files, each played by a media element of its own,
would be two clocks: browsers start and seek them some hundredths of a second apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.model import BALANCE
from serguide.encode.formats import STEMS_OPUS
from serguide.render.one_file import OneFile
from serguide.render.plan import Plan
from serguide.render.track_cache import TrackJob


def balance_file(jobs: Iterable[TrackJob]) -> OneFile:
    """Return the file of a session's tracks with voice and bed apart."""
    return OneFile(BALANCE, tuple(jobs), STEMS_OPUS, stems=True)


def require_bed(plan: Plan) -> None:
    """Raise UsageError where no track has a soundscape that could be set against the voice."""
    if not any(track.program.bed for track in plan.timeline.tracks):
        raise UsageError(
            "There is no soundscape in it that could be set against the voice.",
            Hint("Name a soundscape, or leave the balance out.", Remedy("soundscapes")),
        )
