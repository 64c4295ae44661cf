"""Source that mixes a session as it is played, before a single track is encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from serguide.audio.mix import CHANNELS, TrackMix, speech_gain
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.units import Samples
from serguide.player.audio.device import DeviceOutput, Output
from serguide.player.audio.engine import Engine
from serguide.player.audio.source import SampleSource
from serguide.player.control import engine_of
from serguide.player.model.playable import Ground, Playable, PlayablePart
from serguide.player.model.score import Score
from serguide.render.plan import Plan
from serguide.timeline.model import SessionTimeline

_HEADROOM_DB = 0.5
_RUN_UP = BLOCK_FRAMES  # mixed and thrown away before a seek's target, for the limiter


class MixSource:
    """Mix a track as it is listened to; see serguide.player.audio.source.Source."""

    def __init__(self, mix: TrackMix) -> None:
        """Take a track's mix."""
        self._mix = mix
        self._gain = speech_gain(mix.voice_energies())
        self.frames = mix.timeline.frames
        self.seek(0)

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read."""
        self.position = Samples(max(0, position))
        self._blocks: Iterator[Block] | None = None
        self._rest = np.zeros((0, CHANNELS), np.float32)

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end."""
        out = np.empty((max(0, min(frames, self.frames - self.position)), CHANNELS), np.float32)
        filled = 0
        while filled < len(out):
            if not len(self._rest):
                self._rest = self._next()
            taken = self._rest[: len(out) - filled]
            out[filled : filled + len(taken)] = taken
            self._rest = self._rest[len(taken) :]
            filled += len(taken)
        self.position = Samples(self.position + filled)
        return out

    def close(self) -> None:
        """Let go of what is being mixed."""
        self._blocks = None

    def _next(self) -> Block:
        if self._blocks is not None:
            return next(self._blocks)
        first = max(0, (self.position - _RUN_UP) // BLOCK_FRAMES * BLOCK_FRAMES)
        self._blocks = self._mix.blocks(self._gain, _HEADROOM_DB, first)
        early = self.position - first
        block = next(self._blocks)
        while early >= len(block):
            early -= len(block)
            block = next(self._blocks)
        return block[early:]


def live_playable(plan: Plan) -> Playable:
    """Return what a player shows of a session that is only planned."""
    timeline, program = plan.timeline, plan.timeline.program
    name = f"{program.path}\n{program.name}"
    return Playable(
        key=hashlib.sha256(name.encode()).hexdigest()[:32],
        title=program.title,
        pieces=(),
        ground=Ground(None, Score.of((0, event) for event in timeline.ground.events)),
        parts=tuple(_parts(timeline)),
        score=Score.of(
            (start, event)
            for track, start in zip(timeline.tracks, timeline.starts, strict=True)
            for event in track.events
        ),
        language=program.language,
        about=program.about,
        ending=program.ending,
        cautions=plan.notices.cautions,
        contacts=plan.notices.contacts,
        grounding_only=plan.notices.grounding_only,
        made_for=plan.notices.made_for,
        giver=plan.notices.supervised_by,
    )


def open_live(plan: Plan, playable: Playable, output: Output | None = None) -> Engine:
    """Return an engine that mixes as it plays; output: the device when None.

    The beginning is mixed by then. Raises SoundError when there is no device.
    """
    *sources, back = [MixSource(job.mix) for job in plan.jobs]
    links: list[tuple[SampleSource, Samples]] = [(source, source.frames) for source in sources]
    first = sources[0]
    first.read(1)
    first.seek(0)
    return engine_of(playable, links, back, output or DeviceOutput())


def _parts(timeline: SessionTimeline) -> Iterator[PlayablePart]:
    for track, start in zip(timeline.tracks, timeline.starts, strict=True):
        yield PlayablePart(start, track.program.title)
        for at, title in track.chapters:
            if at:
                yield PlayablePart(Samples(start + at), title, inner=True)
