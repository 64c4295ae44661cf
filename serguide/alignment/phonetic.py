"""Find the sentences of a script in a take with an acoustic model.

The take is searched in stretches of some 13 seconds, each with the sentences near the one that
is expected; where these do not explain what is said, with the whole script. A sentence at a
stretch's end that is not finished is searched again, from its beginning, with what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.activity import Activity
from serguide.alignment.aligned import Pass, Told
from serguide.alignment.grammar import reading_grammar
from serguide.alignment.passes import passes_of
from serguide.alignment.phone_variants import SpokenWord
from serguide.alignment.recogniser import Recogniser
from serguide.alignment.stretches import next_cut, skip_pause
from serguide.alignment.take_sound import TakeSound

BEAM: Final = 1e-60
_BEFORE, _AFTER = 4, 9  # sentences around the expected one that may come
_WIDE: Final = 400  # words that are searched when it is unclear where the reader is
_EXPLAINED: Final = 0.5  # of the speech in a stretch, at least, or the whole script is searched
_SPEECH: Final = 2.5  # seconds of speech that are worth that
_LONGEST: Final = 60.0  # seconds of a stretch that holds an unfinished sentence
_SURE: Final = 5  # words in one run that say where the reader is


class PhoneticSearch:
    """Search one take for the sentences of one script."""

    def __init__(
        self,
        recogniser: Recogniser,
        sentences: Sequence[Sequence[SpokenWord]],
        sound: TakeSound,
        activity: Activity,
    ) -> None:
        self._recogniser, self._sentences, self._sound = recogniser, sentences, sound
        self._activity, self._pauses = activity, activity.pauses()
        self._lengths = [len(words) for words in sentences]
        self._readable = [number for number, length in enumerate(self._lengths) if length]

    def passes(self, told: Told) -> Iterator[Pass]:
        """Yield all runs through sentences, in order. told: see aligned."""
        place, start, end = 0, skip_pause(self._pauses, 0.0), self._sound.seconds
        first = True
        while start < end - 0.05 and self._readable:
            told(start)
            cut = next_cut(self._pauses, start, end)
            heard = self._stretch(start, cut, place, wide=first)
            while heard and not heard[-1].whole and cut < end and cut - start < _LONGEST:
                if heard[-1].start > start + 1.0:
                    break
                cut = next_cut(self._pauses, cut, end)
                heard = self._stretch(start, cut, place, wide=False)
            carried = None
            if heard and not heard[-1].whole and cut < end and heard[-1].start > start + 1.0:
                carried = heard.pop()
            yield from heard
            place = _place(heard, place, carried)
            first = first and not heard
            start = carried.start - 0.25 if carried else skip_pause(self._pauses, cut)
        told(end)

    def _stretch(self, start: float, end: float, place: int, *, wide: bool) -> list[Pass]:
        samples = self._sound.sixteen(start, end)
        if not self._activity.speech[round(start * 100) : round(end * 100)].any():
            return []
        near = [] if wide else self._search(samples, start, self._window(place), place)
        if near and self._explained(near, start, end):
            return near
        if (speech := self._speech(start, end)) < _SPEECH and not wide:
            return near
        best = near
        for window in self._wide_windows(place):
            other = self._search(samples, start, window, place)
            if _matched(other) > _matched(best) + (0.0 if wide else 0.2 * speech):
                best = other
            if self._explained(best, start, end):
                break
        return best

    def _search(
        self, samples: npt.NDArray[np.int16], start: float, window: Sequence[int], place: int
    ) -> list[Pass]:
        grammar = reading_grammar(self._sentences, window, place, self._recogniser.phones)
        self._recogniser.listen_for(grammar)
        return passes_of(self._recogniser.search(samples), start, self._lengths)

    def _window(self, place: int) -> list[int]:
        near = range(max(0, place - _BEFORE), place + _AFTER)
        return [number for number in self._readable if number in near]

    def _wide_windows(self, place: int) -> list[list[int]]:
        """Return the whole script in parts of a bounded number of words, the nearest first."""
        parts, words = [list[int]()], 0
        for number in self._readable:
            if words + self._lengths[number] > _WIDE and parts[-1]:
                parts.append([])
                words = 0
            parts[-1].append(number)
            words += self._lengths[number]
        parts.sort(key=lambda part: min(abs(number - place) for number in part))
        return parts

    def _speech(self, start: float, end: float) -> float:
        return float(self._activity.speech[round(start * 100) : round(end * 100)].sum()) / 100

    def _explained(self, passes: list[Pass], start: float, end: float) -> bool:
        return _matched(passes) >= _EXPLAINED * self._speech(start, end)


def _matched(passes: list[Pass]) -> float:
    """Return how many seconds are explained by runs of more than one word, or whole ones."""
    return sum(
        last - first
        for each in passes
        if each.whole or len(each.words) > 2
        for first, last in each.words
    )


def _place(heard: list[Pass], place: int, carried: Pass | None) -> int:
    """Return which sentence is expected next."""
    if carried and len(carried.words) >= _SURE:
        return carried.sentence
    for each in reversed(heard):
        if each.whole and (len(each.words) >= _SURE or abs(each.sentence - place) <= _AFTER):
            return each.sentence + 1
    return place
