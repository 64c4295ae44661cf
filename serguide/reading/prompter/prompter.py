"""Reading a list of sentences into a microphone: what the keys mean, apart from any screen.

The sound never stops: a take is a stretch of it, from a second before a sentence's turn to a
little after the key, so that neither a quick voice nor a slow headset loses an edge.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import SerguideError
from serguide.base.units import SAMPLERATE
from serguide.reading.prompter.level_words import LevelMeter
from serguide.recordings.recording import Recording, SentenceKey
from serguide.recordings.sentences import Sentence

LEAD: Final = SAMPLERATE
"""Frames that a take keeps from before its turn."""

TAIL: Final = round(0.4 * SAMPLERATE)
"""Frames that it keeps from after the key."""

_JUST: Final = round(0.8 * SAMPLERATE)  # frames into a sentence in which ← means the one before


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """Hold the sound of one sentence with what is around it.

    samples: shape (frames, 1) at SAMPLERATE; turn, key: seconds in it at which the sentence's
    turn came, and at which it was ended; last: reading ended with it, finished or not.
    """

    samples: Block
    turn: float
    key: float
    last: bool


Keep = Callable[[Sentence, Take], Recording | None]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Name a take that is not complete yet, in frames of the whole stream."""

    place: int
    first: int
    turn: int
    key: int
    last: bool = False

    @property
    def end(self) -> int:
        return self.key + TAIL


class Prompter:
    """Know which sentence is read, and keep each as soon as it was.

    keep: writes a take down, in a thread of its own; recorded: what there is already, so that
    reading goes on where it was left. One thread gives sound, another presses keys.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        keep: Keep,
        recorded: dict[SentenceKey, Recording],
    ) -> None:
        """Begin at the first sentence without a recording."""
        self.sentences = tuple(sentences)
        self.meter = LevelMeter()
        self.recording = False
        self.failure: SerguideError | None = None
        self.readings: dict[int, Recording] = {
            index: recorded[each.key]
            for index, each in enumerate(self.sentences)
            if each.key in recorded
        }
        self.again: set[int] = set()
        self.place = self._unread(0)
        self._keep = keep
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="takes")
        self._futures: list[Future[None]] = []
        self._blocks: list[Block] = []
        self._first = self._heard = self._began = 0  # frames of the whole stream
        self._waiting: list[_Stretch] = []

    @property
    def current(self) -> Sentence | None:
        """Return the sentence whose turn it is; None when all are read."""
        return self.sentences[self.place] if self.place < len(self.sentences) else None

    @property
    def left(self) -> int:
        """Return how many sentences have no recording yet."""
        return len(self.sentences) - len(self.readings)

    def hear(self, block: Block) -> None:
        """Take the next frames of the microphone, shape (frames, 1)."""
        self.meter.add(block)
        with self._lock:
            self._blocks.append(block)
            self._heard += len(block)
            self._hand_over(self._heard)
            self._let_go()

    def go_on(self) -> None:
        """Begin to record; while recording, keep the sentence and go to the next (space)."""
        with self._lock:
            if self.current is None:
                return
            if not self.recording:
                self.recording, self._began = True, self._heard
                return
            self._mark()
            self.place = self._unread(self.place + 1)
            self._began = self._heard
            self.recording = self.current is not None

    def read_again(self) -> None:
        """Read the sentence again from its beginning; just after it came up, the one before (←)."""
        with self._lock:
            just = not self.recording or self._heard - self._began < _JUST
            if just and self.place > 0:
                self.place -= 1
                self.again.add(self.place)
            self._began = self._heard

    def skip(self) -> None:
        """Go to the next sentence and leave this one as it is (→)."""
        with self._lock:
            if self.place < len(self.sentences):
                self.place += 1
            self._began = self._heard
            self.recording = self.recording and self.current is not None

    def pause(self) -> None:
        """Stop recording; what is being read is kept by `go_on` alone."""
        with self._lock:
            self.recording = False

    def finish(self) -> None:
        """Keep the sentence that is being read, and wait until all takes are kept (Esc)."""
        with self._lock:
            if self.recording and self._heard - self._began >= _JUST:
                self._mark(last=True)
            self.recording = False
            self._hand_over(self._heard + TAIL)
        self._pool.shutdown(wait=True)

    def wait(self) -> None:
        """Wait until what was handed over is kept."""
        for future in list(self._futures):
            future.result()

    def last(self) -> int | None:
        """Return the place of the sentence that was read before the current one, if any."""
        before = [place for place in self.readings if place < self.place]
        return max(before) if before else None

    def replace(self, place: int, reading: Recording) -> None:
        """Take note of another reading of a sentence."""
        self.readings[place] = reading

    def _unread(self, first: int) -> int:
        """Return the next place that has no good reading, from one on; else the end."""
        for place in range(first, len(self.sentences)):
            if place not in self.readings or not self.readings[place].good:
                return place
        return len(self.sentences)

    def _mark(self, *, last: bool = False) -> None:
        first = max(self._first, self._began - LEAD)
        self._waiting.append(_Stretch(self.place, first, self._began, self._heard, last))

    def _hand_over(self, heard: int) -> None:
        """Give what is complete to the thread that keeps it."""
        while self._waiting and self._waiting[0].end <= heard:
            stretch = self._waiting.pop(0)
            sound = np.concatenate(self._blocks)
            take = Take(
                sound[stretch.first - self._first : stretch.end - self._first].copy(),
                (stretch.turn - stretch.first) / SAMPLERATE,
                (stretch.key - stretch.first) / SAMPLERATE,
                stretch.last,
            )
            self._futures.append(self._pool.submit(self._kept, stretch.place, take))

    def _kept(self, place: int, take: Take) -> None:
        try:
            reading = self._keep(self.sentences[place], take)
            if reading is not None:
                self.readings[place] = reading
        except SerguideError as error:
            self.failure = error

    def _let_go(self) -> None:
        """Forget sound that no take needs any more."""
        needed = [each.first for each in self._waiting]
        needed.append((self._began if self.recording else self._heard) - LEAD)
        while self._blocks and self._first + len(self._blocks[0]) <= min(needed):
            self._first += len(self._blocks.pop(0))
