"""Choose the reading of each sentence that counts, and judge it: content before sound.

A reading is doubted when a quarter of a second of it is not like the sentence, when a word is
passed over, when another sentence of the script fits as well, when its length is out of all
proportion, and when the sound has a fault. How well good readings fit differs from voice to
voice, so limits move with the take's own median, within bounds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from serguide.alignment.activity import Activity
from serguide.alignment.aligned import FoundReading, Pass
from serguide.alignment.beside import said_beside
from serguide.alignment.edges import Edges, find_edges
from serguide.alignment.evidence import Evidence
from serguide.alignment.faults import CUT_OFF, fault_of, hums
from serguide.alignment.phone_variants import SpokenWord
from serguide.alignment.take_sound import TakeSound
from serguide.alignment.verifier import Verifier

NOT_LIKE_IT: Final = "does not sound like this sentence"

_WORST: Final = (-5.6, -3.8)  # bounds of the limit for the worst quarter of a second
_UNDER_MEDIAN: Final = 2.4  # nats under the take's median
_FITS: Final = -2.0  # mean nats a frame under which it is another sentence
_FASTER, _SLOWER = 0.5, 2.0  # times the take's median of length to what is estimated
_FEW: Final = 4  # readings that make no median
_MOST_READ: Final = 0.6  # of a sentence's words, so that a broken reading is worth showing
_PAUSE: Final = 0.3  # seconds of a pause that ends a reading
_REST: Final = 1.5  # seconds of last words that a search may have missed
_ALIKE: Final = 0.6  # of two sentences' words are the same, so that they are compared


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Hold a whole run with what speaks for it."""

    run: Pass
    evidence: Evidence | None
    edges: Edges


class Judge:
    """Judge the runs that were found in one take."""

    def __init__(
        self,
        sound: TakeSound,
        activity: Activity,
        sentences: Sequence[Sequence[SpokenWord]],
        expected: Sequence[float],
        verifier: Verifier,
    ) -> None:
        """Take a take and what was looked for; expected: estimated seconds of each sentence."""
        self._sound, self._activity, self._verifier = sound, activity, verifier
        self._sentences, self._expected = sentences, expected
        self._hum = hums(sound, activity)
        self._passes: Sequence[Pass] = ()

    def judged(self, passes: Sequence[Pass], told: Callable[[int], None]) -> list[FoundReading]:
        """Return one reading of each sentence that was read. told: sentences that are done."""
        by_sentence: dict[int, list[Pass]] = {}
        for each in passes:
            by_sentence.setdefault(each.sentence, []).append(each)
        self._passes = passes
        weighed = {}
        for done, (sentence, runs) in enumerate(sorted(by_sentence.items())):
            told(done)
            weighed[sentence] = [self._weigh(each) for each in runs if each.whole]
            if not weighed[sentence] and (late := self._late(runs)):
                weighed[sentence] = self._to_its_end(late[-1])
        limit = self._limit([each for group in weighed.values() for each in group])
        pace = self._pace([each for group in weighed.values() for each in group])
        found = []
        for sentence, runs in sorted(by_sentence.items()):
            if weighed[sentence]:
                found.append(self._chosen(weighed[sentence], limit, pace))
            elif (broken := self._broken(runs)) is not None:
                found.append(broken)
        return found

    def _weigh(self, run: Pass) -> _Weighed:
        evidence = self._verifier.measure(run.sentence, run.start, run.end)
        start, end = (evidence.start, evidence.end) if evidence else (run.start, run.end)
        return _Weighed(run, evidence, find_edges(self._activity, start, end))

    def _chosen(self, runs: list[_Weighed], limit: float, pace: float) -> FoundReading:
        """Return the last run that is what it should be, else the likest, as doubtful."""
        whys = [self._wrong(each, limit, pace) for each in runs]
        likest = max(range(len(runs)), key=lambda index: (_fits(runs[index]), index))
        at = max((index for index, why in enumerate(whys) if not why), default=likest)
        each, why = runs[at], whys[at]
        why = why or fault_of(self._sound, self._activity, each.edges, hum=self._hum)
        return FoundReading(
            each.run.sentence, each.edges.start, each.edges.end, each.edges.speech_start,
            each.edges.speech_end, each.evidence.worst if each.evidence else -99.0,
            "doubtful" if why else "good", why, len(runs),
        )  # fmt: skip

    def _wrong(self, each: _Weighed, limit: float, pace: float) -> str:
        """Return why a run is not the sentence, as far as that can be heard; else nothing."""
        evidence, words = each.evidence, self._sentences[each.run.sentence]
        if evidence is None or evidence.fits < _FITS:
            return NOT_LIKE_IT
        if evidence.missing is not None:
            return f"“{words[evidence.missing].text}” is not heard"
        if evidence.noise is not None:
            return f"something knocked after “{words[evidence.noise].text}”"
        if evidence.other is not None:
            return f"{NOT_LIKE_IT} near “{words[evidence.other].text}”"
        if evidence.worst < limit:
            near = words[evidence.place].text
            if evidence.silent:
                return f"something knocked, or was said, after “{near}”"
            return f"{NOT_LIKE_IT} near “{near}”"
        length = self._spoken_seconds(each.edges) / self._expected[each.run.sentence]
        if pace and not _FASTER < length / pace < _SLOWER:
            return "much faster than the others" if length < pace else "much slower than the others"
        return said_beside(self._activity, self._passes, each.run, each.edges) or self._rival(each)

    def _rival(self, each: _Weighed) -> str:
        """Return which other sentence of the script fits as well, if one does."""
        own = {word.text for word in self._sentences[each.run.sentence]}
        for number, words in enumerate(self._sentences):
            other = {word.text for word in words}
            if number == each.run.sentence or not words:
                continue
            if own == other or len(own & other) < _ALIKE * max(len(own), len(other)):
                continue
            evidence = self._verifier.measure(number, each.run.start, each.run.end)
            assert each.evidence is not None
            if evidence and evidence.missing is None and evidence.worst > each.evidence.worst:
                return f"it may be “{' '.join(word.text for word in words)}”"
        return ""

    def _limit(self, runs: list[_Weighed]) -> float:
        low, high = _WORST
        worst = [each.evidence.worst for each in runs if each.evidence]
        if len(worst) < _FEW:
            return (low + high) / 2
        return max(low, min(high, statistics.median(worst) - _UNDER_MEDIAN))

    def _pace(self, runs: list[_Weighed]) -> float:
        """Return the median of length to what is estimated; 0 for too few."""
        ratios = [
            self._spoken_seconds(each.edges) / self._expected[each.run.sentence] for each in runs
        ]
        return statistics.median(ratios) if len(ratios) >= _FEW else 0.0

    def _spoken_seconds(self, edges: Edges) -> float:
        part = self._activity.speech[round(edges.start * 100) : round(edges.end * 100)]
        return max(0.05, float(part.sum()) / 100)

    def _late(self, runs: list[Pass]) -> list[Pass]:
        """Return the runs that were broken off late."""
        return [
            each
            for each in runs
            if len(each.words) >= _MOST_READ * len(self._sentences[each.sentence])
            and len(each.words) > 2
        ]

    def _to_its_end(self, run: Pass) -> list[_Weighed]:
        """Return a run up to the next pause, if all words are there: a search may miss the last."""
        pauses = (a for a, b in self._activity.pauses() if a > run.end and b - a > _PAUSE)
        end = min(pauses, default=self._activity.seconds)
        if end - run.end > _REST:
            return []
        evidence = self._verifier.measure(run.sentence, run.start, end)
        if evidence is None or evidence.worst < _WORST[1]:
            return []
        edges = find_edges(self._activity, evidence.start, evidence.end)
        return [_Weighed(run, evidence, edges)]

    def _broken(self, runs: list[Pass]) -> FoundReading | None:
        """Return the last run that was broken off late; None where too little was read."""
        late = self._late(runs)
        if not late:
            return None
        edges = find_edges(self._activity, late[-1].start, late[-1].end)
        return FoundReading(
            late[-1].sentence, edges.start, edges.end, edges.speech_start, edges.speech_end,
            -99.0, "doubtful", CUT_OFF, 0,
        )  # fmt: skip


def _fits(each: _Weighed) -> float:
    return each.evidence.fits if each.evidence else float("-inf")
