"""Mix one track: sum voice, sounds and soundscape, limit, and yield the final blocks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from serguide.audio.curve import apply, fades
from serguide.audio.duck import plan_duck
from serguide.audio.guide_tone import guide_tone
from serguide.audio.levels import SPEECH_LUFS, TRUE_PEAK_DB
from serguide.audio.limiter import limit
from serguide.audio.loudness.meter import Energies, integrated
from serguide.audio.oneshots import one_shot
from serguide.audio.overlay import Placement, overlay, silence
from serguide.audio.types import Block, Clip, spans
from serguide.base.units import Decibels, Samples, gain_of
from serguide.script.program import Spoken
from serguide.timeline.layout import EDGE
from serguide.timeline.model import Event, TrackTimeline

CHANNELS = 2

STEMS = 2 * CHANNELS
"""Channels of the stems: voice left and right, bed left and right."""

_PAUSE = np.zeros(4)  # 400 ms


def speech_gain(voice: Energies) -> float:
    """Return the linear gain that brings a voice stem to SPEECH_LUFS.

    voice: from TrackMix.voice_energies. One gain a track: sentences keep their places relative
    to one another. In tenths of a dB, so that a sentence that was changed seldom moves the
    level of the others, and a last bit that differs between machines never reaches the samples.
    """
    loudness = integrated(voice)
    return gain_of(round(SPEECH_LUFS - loudness, 1)) if math.isfinite(loudness) else 1.0


class BedSource(Protocol):
    """Give a soundscape's blocks at the loudness of speech: stereo, exactly `frames` frames."""

    def blocks(self, frames: Samples, first: int = 0) -> Iterator[Block]:
        """Yield blocks of BLOCK_FRAMES from `first` on, the last one shorter."""
        ...

    def prepare(self, go_on: Callable[[], None] = ...) -> None:
        """Make, or measure, what the first block needs; go_on: called often, raises to end it."""
        ...

    @property
    def any_place(self) -> bool:
        """Say whether blocks from any place on cost no more than from the beginning."""
        ...


@dataclass(frozen=True, slots=True)
class TrackMix:
    """Hold all that a track is mixed from.

    clip_of: returns a sentence's narrated clip; energies_of: returns that clip's energies, of
    every 100 ms of one channel; bed: None for no soundscape.
    """

    timeline: TrackTimeline
    clip_of: Callable[[Spoken], Clip]
    energies_of: Callable[[Spoken], Energies]
    bed: BedSource | None

    def voice_energies(self) -> Energies:
        """Return the energies of the voice, before its gain, as two loudspeakers will play it.

        Sentences end to end, a gating block of silence behind each: longer silence is no part
        of the gated loudness, however long it is.
        """
        found = [np.zeros(0)]
        for event in self.timeline.speech():
            assert event.spoken is not None
            power = CHANNELS * gain_of(event.spoken.volume_db) ** 2
            found += [self.energies_of(event.spoken) * power, _PAUSE]
        return np.concatenate(found)

    def prepare(self, go_on: Callable[[], None]) -> None:
        """Make, or measure, what the soundscape needs; go_on: called often, raises to end it."""
        if self.bed is not None:
            self.bed.prepare(go_on)

    def blocks(self, gain: float, headroom_db: float, start: int = 0) -> Iterator[Block]:
        """Yield the mix, shape (frames, 2), limited; digital silence at both ends.

        gain: of the voice, linear, from speech_gain; headroom_db: under TRUE_PEAK_DB, for what
        an encoder adds; start: where to begin, in samples, a whole number of blocks.
        """
        ceiling = Decibels(TRUE_PEAK_DB - headroom_db)
        sounds = [*self._said(gain), *self._effects()]
        return limit(overlay(sounds, self._under(start), start), CHANNELS, ceiling)

    def stems(self, gain: float, headroom_db: float, start: int = 0) -> Iterator[Block]:
        """Yield the mix apart, shape (frames, STEMS): what is said and rung, then the bed.

        Their sum is what `blocks` yields; gain, headroom_db, start: as there. The limiter hears
        the voice alone beside the sum, and both come down together. What lies between these two,
        so the voice with any part of the bed, is then under the ceiling too: it is a mean of them,
        and no mean peaks above both.
        """
        ceiling = Decibels(TRUE_PEAK_DB - headroom_db)
        sounds = [*self._said(gain), *self._effects()]
        voice = overlay(sounds, silence(self._frames - start, CHANNELS), start)
        pairs = (
            np.concatenate((said + under, said), axis=1)
            for said, under in zip(voice, self._under(start), strict=True)
        )
        for block in limit(pairs, STEMS, ceiling):
            both, said = block[:, :CHANNELS], block[:, CHANNELS:]
            yield np.concatenate((said, both - said), axis=1)

    @property
    def any_place(self) -> bool:
        """Say whether `blocks` from any place on cost no more than from the beginning."""
        return self.bed is None or self.bed.any_place

    @property
    def _frames(self) -> Samples:
        return self.timeline.frames

    def _under(self, first: int) -> Iterator[Block]:
        """Yield the soundscape from a sample on: levelled, ducked and faded."""
        track = self.timeline
        if self.bed is None or track.program.bed is None:
            yield from silence(self._frames - first, CHANNELS)
            return
        level = np.float32(gain_of(track.program.bed.level_db))
        duck = plan_duck(track)
        last = self._frames - EDGE
        fading = partial(
            fades, first=EDGE, last=last, fade_in=track.fade_in, fade_out=track.fade_out
        )
        for (start, end), block in zip(
            spans(self._frames, first), self.bed.blocks(self._frames, first), strict=True
        ):
            under = block * level
            apply(under, duck.gains(start, end))
            if start < EDGE + track.fade_in or end > last - track.fade_out:
                apply(under, fading(start, end))
            yield under

    def _said(self, gain: float) -> list[Placement]:
        return [self._sentence(event, gain) for event in self.timeline.speech()]

    def _sentence(self, event: Event, gain: float) -> Placement:
        spoken = event.spoken
        assert spoken is not None
        return Placement(
            event.start,
            event.end - event.start,
            gain_of(spoken.volume_db) * gain,
            lambda: self.clip_of(spoken).samples,
        )

    def _effects(self) -> Iterator[Placement]:
        placements = (_effect(event) for event in self.timeline.events)
        return (placement for placement in placements if placement is not None)


def _effect(event: Event) -> Placement | None:
    """Return a one-shot's or guide tone's placement; None for every other event."""
    length = Samples(event.end - event.start)
    if event.kind == "sound":
        gain = gain_of(event.volume_db)
        return Placement(event.start, length, gain, lambda: one_shot(event.text).samples)
    if event.kind == "breathe" and event.tone:
        phase = event.phase
        assert phase is not None
        return Placement(event.start, length, 1.0, lambda: guide_tone(phase, length))
    return None
