"""One track's voice, sounds and soundscape become its final blocks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from serguide.block import Block, Clip, spans
from serguide.script.program import Spoken
from serguide.sound.curve import fades
from serguide.sound.duck import plan_duck
from serguide.sound.guidetone import guide_tone
from serguide.sound.limiter import limit
from serguide.sound.loudness import Loudness
from serguide.sound.oneshots import one_shot
from serguide.sound.overlay import Placement, overlay
from serguide.timeline.layout import EDGE
from serguide.timeline.model import Event, TrackTimeline
from serguide.units import Decibels, Samples, gain_of

SPEECH_LUFS = -18.0
"""Integrated loudness of the voice as heard from two loudspeakers (BS.1770)."""

TRUE_PEAK_DB = -1.5
"""No true peak of a decoded bundle is above this, in dBTP."""

CHANNELS = 2


def speech_gain(voice: Loudness) -> float:
    """Return the linear gain that brings a voice stem to SPEECH_LUFS.

    One gain a track: sentences keep their places relative to one another. In hundredths of a
    dB, so that a last bit that differs between machines does not reach the samples.
    """
    if not math.isfinite(voice.integrated):
        return 1.0
    return gain_of(round(SPEECH_LUFS - voice.integrated, 2))


class BedSource(Protocol):
    """Give a soundscape's blocks at the loudness of speech: stereo, exactly `frames` frames."""

    def blocks(self, frames: Samples) -> Iterator[Block]:
        """Yield blocks of BLOCK_FRAMES, the last one shorter."""
        ...


@dataclass(frozen=True, slots=True)
class TrackMix:
    """Hold all that a track is mixed from.

    clip_of: returns a sentence's narrated clip; bed: None for no soundscape.
    """

    timeline: TrackTimeline
    clip_of: Callable[[Spoken], Clip]
    bed: BedSource | None

    def voice(self) -> Iterator[Block]:
        """Yield the voice stem, shape (frames, 1), before its gain."""
        return overlay([self._said(event) for event in self.timeline.speech()], self._frames, 1)

    def stereo_voice(self) -> Iterator[Block]:
        """Yield the voice stem as two loudspeakers will play it, shape (frames, 2)."""
        return (np.repeat(block, CHANNELS, axis=1) for block in self.voice())

    def blocks(self, gain: float, headroom_db: float) -> Iterator[Block]:
        """Yield the mix, shape (frames, 2), limited; digital silence at both ends.

        gain: of the voice, linear, from speech_gain; headroom_db: under TRUE_PEAK_DB, for what
        an encoder adds.
        """
        ceiling = Decibels(TRUE_PEAK_DB - headroom_db)
        return limit(self._summed(np.float32(gain)), CHANNELS, ceiling)

    @property
    def _frames(self) -> Samples:
        return self.timeline.frames

    def _summed(self, gain: np.float32) -> Iterator[Block]:
        layers = zip(self.voice(), self._effects(), self._under(), strict=True)
        for voice, effects, bed in layers:
            yield voice * gain + effects + bed

    def _effects(self) -> Iterator[Block]:
        placements = [
            placement for event in self.timeline.events if (placement := _effect(event)) is not None
        ]
        return overlay(placements, self._frames, CHANNELS)

    def _under(self) -> Iterator[Block]:
        """Yield the soundscape: levelled, ducked and faded."""
        track = self.timeline
        if self.bed is None or track.program.bed is None:
            for start, end in spans(self._frames):
                yield np.zeros((end - start, CHANNELS), np.float32)
            return
        level = np.float32(gain_of(track.program.bed.level_db))
        duck = plan_duck(track)
        last = self._frames - EDGE
        for (start, end), block in zip(
            spans(self._frames), self.bed.blocks(self._frames), strict=True
        ):
            gains = duck.gains(start, end) * level
            if start < EDGE + track.fade_in or end > last - track.fade_out:
                gains = gains * fades(
                    start,
                    end,
                    first=EDGE,
                    last=last,
                    fade_in=track.fade_in,
                    fade_out=track.fade_out,
                )
            yield block * gains

    def _said(self, event: Event) -> Placement:
        spoken = event.spoken
        assert spoken is not None
        return Placement(
            event.start,
            event.end - event.start,
            gain_of(spoken.volume_db),
            lambda: self.clip_of(spoken).samples,
        )


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
