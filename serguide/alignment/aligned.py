"""Readings found in a take: sentences with their edges, state and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from serguide.recordings.recording import RecordingState

Told = Callable[[float], None]
"""Called with how many seconds of a take are done; raises to end the work."""


@dataclass(frozen=True, slots=True)
class FoundReading:
    """Hold one reading of one sentence in a take.

    sentence: its place in the list that was looked for; start, end: seconds in the take at which
    it is cut, breath and pause kept; speech_start, speech_end: first and last speech; score: how
    well the worst quarter of a second fits the sentence, in nats a frame against any sounds at
    all (other languages: dB of distance, negated); state, why: doubtful ones say why in words;
    takes: how often the sentence was read to its end.
    """

    sentence: int
    start: float
    end: float
    speech_start: float
    speech_end: float
    score: float
    state: RecordingState = "good"
    why: str = ""
    takes: int = 1

    @property
    def seconds(self) -> float:
        """Return its length, in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Pass:
    """Hold one run through a sentence's words, as a search found it.

    words: start and end of each word, in seconds of the take; whole: it reaches the last word.
    """

    sentence: int
    words: tuple[tuple[float, float], ...]
    whole: bool

    @property
    def start(self) -> float:
        """Return where its first word begins."""
        return self.words[0][0]

    @property
    def end(self) -> float:
        """Return where its last word ends."""
        return self.words[-1][1]
