"""One part of a session as two stems, from any place: what is missing is spoken first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from serguide.audio.mix import STEMS, TrackMix, speech_gain
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.cores import cores
from serguide.base.errors import UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.cache.store import Store
from serguide.script.program import Spoken
from serguide.studio.listening.open_beds import OpenBeds
from serguide.studio.session.session_desk import LaidSession
from serguide.timeline.model import TrackTimeline
from serguide.voices.narrate import Narration, narrate

GROUND: Final = -1
"""The place of the way back to the room, which stands beside the parts."""

_HEADROOM_DB: Final = 0.5
_ROUNDS: Final = 4  # a length that is said anew is a sentence that was never spoken
_FULL: Final = 32767.0


@dataclass(frozen=True, slots=True)
class LivePart:
    """Hold a part that is ready to be heard.

    spoken: how many of its sentences had to be spoken for it; level_db: of its soundscape.
    """

    track: TrackTimeline
    mix: TrackMix
    spoken: int

    @property
    def level_db(self) -> float | None:
        """Return the level of the soundscape under the voice, None without one."""
        return float(self.track.program.bed.level_db) if self.track.program.bed else None

    def stems(self, start: int = 0) -> Iterator[bytes]:
        """Yield samples from a place on: 16 bits, voice left and right, bed left and right."""
        gain = speech_gain(self.mix.voice_energies())
        # A block more is mixed and thrown away, for the limiter.
        first = max(0, start - BLOCK_FRAMES) // BLOCK_FRAMES * BLOCK_FRAMES
        early = start - first
        for block in self.mix.stems(gain, _HEADROOM_DB, first):
            if early >= len(block):
                early -= len(block)
                continue
            yield _as_bytes(block[early:])
            early = 0


def ready_part(
    laid: LaidSession,
    part: int,
    store: Store,
    beds: OpenBeds,
    progress: ProgressReporter,
    cancel: Cancel,
) -> LivePart:
    """Speak what a part lacks, lay the session out again, and return the part.

    part: its place among those that are heard, or GROUND. Raises VoiceError, SoundError,
    StoreError, UsageError for a part that is not there, Cancelled.
    """
    track = _track(laid, part)
    narration, new = Narration(store, {}), 0
    for _ in range(_ROUNDS):
        missing = [each for each in _said(track) if not narration.holds(each)]
        if not missing:
            break
        unknown = [each for each in missing if not _known(laid, each)]
        narration.take_in(
            narrate(
                missing, laid.voices.voice_of, store,
                progress=progress, cancel=cancel, jobs=cores(),
            )
        )  # fmt: skip
        for each in unknown:
            laid.durations.learn(laid.voices.voice_of(each), each, narration.frames_of(each))
        if unknown:
            new += len(unknown)
            track = _track(laid.again(), part)
    bed = track.program.bed
    source = beds.of(bed.name, laid.libraries) if bed else None
    return LivePart(track, TrackMix(track, narration.clip_of, narration.energies_of, source), new)


def _track(laid: LaidSession, part: int) -> TrackTimeline:
    tracks = laid.timeline.tracks
    if part == GROUND:
        return laid.timeline.ground
    if not 0 <= part < len(tracks):
        raise UsageError("This part is not there any more.", "Look at the list once more.")
    return tracks[part]


def _said(track: TrackTimeline) -> list[Spoken]:
    return [event.spoken for event in track.speech() if event.spoken is not None]


def _known(laid: LaidSession, spoken: Spoken) -> bool:
    return laid.durations.is_measured(laid.voices.voice_of(spoken), spoken)


def _as_bytes(block: Block) -> bytes:
    assert block.shape[1] == STEMS
    scaled = np.clip(np.rint(block * _FULL), -_FULL, _FULL)
    return bytes(scaled.astype("<i2").tobytes())
