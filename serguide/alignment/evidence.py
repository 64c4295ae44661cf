"""Weigh a stretch of sound as a sentence: its likelihood against that of any sounds at all.

The score of a frame is the difference between the best path through the sentence's words and
the best path through a loop of single phones, both measured against the same senones (a
likelihood ratio as in Sukkar and Lee 1996, "Vocabulary independent discriminative utterance
verification"). Measured on 83 readings right and 60 with one word changed, left out or put in,
by two synthetic voices: a quarter of a second below -4 (on a voice that it fits badly: -5) is
another word; a word that is passed over in a few frames is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.grammar import anything_grammar, sentence_grammar
from serguide.alignment.noises import noise_after
from serguide.alignment.phone_variants import SpokenWord
from serguide.alignment.recogniser import Recogniser, Segment

BEAM: Final = 1e-120
"""Of paths that are followed: so wide that scores of any two grammars compare."""

_HEARD: Final = 15  # frames of a word that has its time
_OTHER: Final = -4.0  # nats a frame of a word that is another; right ones are over -3.7
_WINDOW: Final = 25  # frames; a quarter of a second


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what speaks for and against a reading.

    fits: the mean over its words, in nats a frame; worst: the worst quarter of a second; place:
    the word there, from 0, or the word before a silence; silent: it is in a silence; missing: a
    word that is hardly there, or None; other: a word in whose place another is heard, or None;
    noise: the word before a noise within the reading, or None; start, end: of the words, in
    seconds of the take.
    """

    fits: float
    worst: float
    place: int
    silent: bool
    missing: int | None
    other: int | None
    noise: int | None
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ReadingSound:
    """Hold a stretch of a take with what is to be weighed on it.

    sentence: its number; first: seconds in the take at which `samples` begin, 16-bit at 16 kHz;
    level, floor: dB in each frame of 10 ms from there on, of the sound and of its background.
    """

    sentence: int
    first: float
    samples: npt.NDArray[np.int16]
    level: npt.NDArray[np.float32]
    floor: npt.NDArray[np.float32]


class SentenceScorer:
    """Weigh stretches as sentences; has a recogniser whose scores can be compared, of its own."""

    def __init__(self, language: str, sentences: Sequence[Sequence[SpokenWord]]) -> None:
        """Take a primary language, and all sentences that may be asked for."""
        self._sentences = sentences
        self._recogniser = Recogniser(language, BEAM, exact=True)
        self._recogniser.learn(sentences)

    def score(self, heard: ReadingSound) -> Evidence | None:
        """Return what a stretch says of its sentence; None where no words can be laid on it."""
        words = self._sentences[heard.sentence]
        self._recogniser.listen_for(sentence_grammar(words, heard.sentence))
        path = self._recogniser.search(heard.samples)
        spoken = [each for each in path if each.place is not None]
        if [each.place for each in spoken] != [(heard.sentence, at) for at in range(len(words))]:
            return None
        self._recogniser.listen_for(anything_grammar(self._recogniser.phones))
        anything = self._recogniser.search(heard.samples)
        if not anything:
            return None
        frames = max(path[-1].last, anything[-1].last)
        ratio = _by_frame(path, frames) - _by_frame(anything, frames)
        level, floor = heard.level[:frames], heard.floor[:frames]
        noise = noise_after(path, spoken[0].first, spoken[-1].last, level, floor)
        return _weighed(words, path, spoken, ratio, heard.first, noise)


def _weighed(
    words: Sequence[SpokenWord],
    path: list[Segment],
    spoken: list[Segment],
    ratio: npt.NDArray[np.float64],
    first: float,
    noise: int | None,
) -> Evidence:
    begin, end = spoken[0].first, spoken[-1].last
    inside = ratio[begin:end]
    window = min(_WINDOW, inside.size)
    running = np.convolve(inside, np.ones(window) / window, "valid")
    at = begin + int(np.argmin(running)) + window // 2
    place, silent = 0, False
    for each in path:
        if each.place is not None and each.first <= at:
            place, silent = each.place[1], False
        elif each.silent and each.first <= at < each.last:
            silent = True
    voiced = np.concatenate([ratio[each.first : each.last] for each in spoken])
    return Evidence(
        float(voiced.mean()),
        float(np.min(running)),
        place,
        silent,
        _missing(words, spoken, ratio),
        _other(spoken, ratio),
        noise,
        first + begin / 100,
        first + end / 100,
    )


def _missing(
    words: Sequence[SpokenWord], spoken: list[Segment], ratio: npt.NDArray[np.float64]
) -> int | None:
    """Return a word that is passed over: as short as can be, and nothing like it."""
    for each in spoken:
        part = ratio[each.first : each.last]
        assert each.place is not None
        phones = max(len(way.split()) for way in words[each.place[1]].pronunciations)
        if phones > 1 and part.size <= 20 and part.mean() <= -5.5 and part.sum() <= -50.0:
            return each.place[1]
    return None


def _other(spoken: list[Segment], ratio: npt.NDArray[np.float64]) -> int | None:
    """Return a word that is nothing like what is heard, although it has its time.

    A short one between words that fit well is lost in a quarter of a second.
    """
    for each in spoken:
        part = ratio[each.first : each.last]
        if part.size >= _HEARD and part.mean() <= _OTHER:
            assert each.place is not None
            return each.place[1]
    return None


def _by_frame(path: list[Segment], frames: int) -> npt.NDArray[np.float64]:
    scores = np.zeros(frames)
    for each in path:
        scores[each.first : each.last] = each.score / max(1, each.last - each.first)
    return scores
