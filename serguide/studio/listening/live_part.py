"""One part of a session as two stems, from any place, heard while what follows is spoken."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

import numpy as np

from serguide.audio.mix import STEMS, TrackMix, speech_gain
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.cores import cores
from serguide.base.tasks.cancel import Cancel
from serguide.cache.store import Store
from serguide.script.program import Spoken
from serguide.studio.listening.held_layout import HeldLayout, place_in, track_of
from serguide.studio.listening.open_beds import OpenBeds
from serguide.studio.session.part_words import lines_of
from serguide.studio.session.session_desk import LaidSession
from serguide.timeline.model import TrackTimeline
from serguide.voices.narrate import Narration, narrate

_HEADROOM_DB: Final = 0.5
_FULL: Final = 32767.0


class LivePart:
    """Hold a part that is being listened to: what is spoken of it, and how far it was mixed.

    Two threads share the work: one speaks (`speak`), the other takes in what was spoken and mixes
    what is certain (`take_in`, `certain`). What lies before the first sentence that is not spoken
    yet, less a block for the limiter, is certain.
    """

    def __init__(
        self,
        laid: LaidSession,
        part: int,
        store: Store,
        beds: OpenBeds,
        *,
        line: int | None = None,
        at: int = 0,
    ) -> None:
        """Take a part by its place, or GROUND; line, at: a line, or a sample, to begin at.

        Raises UsageError for a part that is not there, SoundError, ScriptError.
        """
        self._laid, self._part, self._store = laid, part, store
        self._layout = HeldLayout(laid, part)
        self._plan = track_of(laid.timeline, part)
        bed = self.track.program.bed
        self._bed = beds.of(bed.name, laid.libraries) if bed else None
        self._narration = Narration(store, {})
        self._gain: float | None = None
        self.start = _begin(self.track, line, at)
        self._at = self.start
        first = _block_before(self.start)
        said = dict.fromkeys(
            event.spoken for event in self.track.speech() if event.spoken and event.end > first
        )
        self._kept = [each for each in said if self._measured(each)]
        self._unspoken = [each for each in said if not self._measured(each)]

    @property
    def track(self) -> TrackTimeline:
        """Return the part as it is laid out now; what was heard of it never moves."""
        return self._layout.track

    @property
    def unspoken(self) -> int:
        """Return how many sentences had to be spoken for it, when it was begun."""
        return len(self._unspoken)

    @property
    def level_db(self) -> float | None:
        """Return the level of the soundscape under the voice, None without one."""
        return float(self.track.program.bed.level_db) if self.track.program.bed else None

    @property
    def over(self) -> bool:
        """Tell whether all of it was mixed."""
        return self._at >= self.track.frames

    def speak(self, cancel: Cancel) -> Iterator[Narration]:
        """Speak it: all that the store holds at once, then the first sentence, then the others.

        Raises VoiceError, StoreError, Cancelled.
        """
        if self._kept:
            yield self._narrated(self._kept, cancel)
        following = self._unspoken[1:]
        batches = [following[n : n + cores()] for n in range(0, len(following), cores())]
        for batch in [self._unspoken[:1], *batches]:
            if batch:
                yield self._narrated(batch, cancel)

    def warm(self) -> None:
        """Make ready what the first sound needs: soundscape, voice, and its first sentence.

        Nothing is sent to an online voice for it. Raises VoiceError, StoreError, SoundError.
        """
        if self._bed is not None:
            self._bed.prepare()
        first = self._unspoken[:1]
        if first and self._laid.voices.receiver_of(first[0]) is None:
            self.take_in(self._narrated(first, Cancel()))

    def take_in(self, narration: Narration) -> int:
        """Take in sentences, and lay out what follows them; return how many were new."""
        self._narration.take_in(narration)
        new = [each for each in self._unspoken if narration.holds(each)]
        kept = [each for each in self._kept if narration.holds(each)]
        moved = [self._layout.learn(each, narration.frames_of(each)) for each in (*kept, *new)]
        for each in new:
            voice = self._laid.voices.voice_of(each)
            self._laid.durations.learn(voice, each, narration.frames_of(each))
        if not any(moved):
            return len(new)
        before = self.track
        self._layout.lay()
        # A sentence that comes twice may stand before this place as well.
        index = next((n for n, each in enumerate(before.placed) if each.end > self._at), None)
        if index is not None:
            self._at += self.track.placed[index].start - before.placed[index].start
        self._plan = self._planned()
        return len(new)

    def certain(self) -> Iterator[tuple[int, bytes]]:
        """Yield what can be heard now, from where it was left: its place in the plan, and samples.

        16 bits, voice left and right, bed left and right. Raises SoundError, VoiceError.
        """
        sure, whole = self._sure()
        if self._gain is None:
            if not whole and sure < _block_before(self._at) + 2 * BLOCK_FRAMES:
                return
            self._gain = self._level()
        track = self.track
        mix = TrackMix(track, self._narration.clip_of, self._narration.energies_of, self._bed)
        place = _block_before(self._at)
        # A block more is mixed and thrown away, for the limiter.
        blocks = mix.stems(self._gain, _HEADROOM_DB, place)
        while not self.over and (whole or place + 2 * BLOCK_FRAMES <= sure):
            block = next(blocks)
            end = place + len(block)
            if end > self._at:
                heard, self._at = self._at, end
                yield place_in(self._plan, track, heard), _as_bytes(block[heard - place :])
            place = end

    def _sure(self) -> tuple[int, bool]:
        """Return up to where nothing changes any more, and whether that is the end."""
        first = _block_before(self._at)
        waiting = (
            event.start
            for event in self.track.speech()
            if event.spoken and event.end > first and not self._narration.holds(event.spoken)
        )
        found = min(waiting, default=None)
        return (self.track.frames, True) if found is None else (found, False)

    def _level(self) -> float:
        """Return the voice's gain, by what is spoken: it stays the same for all that follows."""
        known = tuple(
            placed
            for placed in self.track.placed
            if all(self._narration.holds(each.spoken) for each in placed.events if each.spoken)
        )
        track = dataclasses.replace(self.track, placed=known)
        mix = TrackMix(track, self._narration.clip_of, self._narration.energies_of, None)
        return speech_gain(mix.voice_energies())

    def _planned(self) -> TrackTimeline:
        """Return the part as the session's plan has it now, fitted anew."""
        timeline = self._laid.again().timeline
        found = track_of(timeline, self._part) if self._part < len(timeline.tracks) else self.track
        return found if found.program.step == self.track.program.step else self.track

    def _narrated(self, sentences: list[Spoken], cancel: Cancel) -> Narration:
        voice_of = self._laid.voices.voice_of
        return narrate(sentences, voice_of, self._store, cancel=cancel, jobs=cores())

    def _measured(self, spoken: Spoken) -> bool:
        return self._laid.durations.is_measured(self._laid.voices.voice_of(spoken), spoken)


def _begin(track: TrackTimeline, line: int | None, at: int) -> int:
    """Return the sample to begin at: a line's own, wherever it lies."""
    if line is not None:
        lines = lines_of(track)
        if 0 <= line < len(lines):
            found = lines[line]["at"]
            assert isinstance(found, int)
            return found
    return min(max(0, at), track.frames)


def _block_before(sample: int) -> int:
    return max(0, sample - BLOCK_FRAMES) // BLOCK_FRAMES * BLOCK_FRAMES


def _as_bytes(block: Block) -> bytes:
    assert block.shape[1] == STEMS
    scaled = np.clip(np.rint(block * _FULL), -_FULL, _FULL)
    return bytes(scaled.astype("<i2").tobytes())
