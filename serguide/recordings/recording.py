"""One entry of a recorded voice's index, and which of several readings counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from serguide.base.normal_form import normalized

RecordingState = Literal["good", "doubtful"]
"""Doubtful: marked with a reason, and spoken by another voice until it is kept or read again."""


class SentenceKey(NamedTuple):
    """Say which sentence: its spoken text, white space made single, and its BCP 47 language."""

    text: str
    language: str


def sentence_key(text: str, language: str) -> SentenceKey:
    """Return the key by which a sentence is found in every script that says it."""
    words = " ".join(normalized(text).split())
    return SentenceKey(words, language.strip().replace("_", "-").lower())


@dataclass(frozen=True, slots=True)
class Recording:
    """Hold one reading of one sentence.

    text: as the voice gets it; language: BCP 47; original: the sound that it was cut from,
    `originals/…`; start, end: seconds in the original; clip: `clips/…`; state, why: doubtful
    readings say why in words, good ones are empty there; when: ISO 8601, in UTC.
    """

    text: str
    language: str
    original: str
    start: float
    end: float
    clip: str
    state: RecordingState = "good"
    why: str = ""
    when: str = ""

    @property
    def key(self) -> SentenceKey:
        """Return which sentence it is a reading of."""
        return sentence_key(self.text, self.language)

    @property
    def good(self) -> bool:
        """Tell whether it may be heard in a session."""
        return self.state == "good"

    @property
    def seconds(self) -> float:
        """Return its length in the original, in seconds."""
        return self.end - self.start

    def same_reading(self) -> tuple[SentenceKey, str, float, float]:
        """Return what two entries have in common that are the same stretch of sound."""
        return self.key, self.original, round(self.start, 3), round(self.end, 3)


def chosen(readings: Iterable[Recording]) -> dict[SentenceKey, Recording]:
    """Return the reading of each sentence that counts: the last good one, else the last.

    readings: in the order of the index, which is the order in which they came.
    """
    found: dict[SentenceKey, Recording] = {}
    for reading in readings:
        if reading.good or reading.key not in found or not found[reading.key].good:
            found[reading.key] = reading
    return found
