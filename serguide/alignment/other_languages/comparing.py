"""Find sentences by how like espeak's reading they are; phrases of a take are told by pauses.

Every sentence is laid against the whole take, without pauses. A reading begins and ends with a
phrase; of all ways to share the phrases out, the one is taken that explains most speech best.
For machines without the recogniser. What is like another voice's reading in cepstra may still
be another sentence, so that all of it is doubtful until somebody has listened.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.activity import Activity
from serguide.alignment.aligned import FoundReading, Told
from serguide.alignment.edges import find_edges
from serguide.alignment.faults import fault_of, hums
from serguide.alignment.other_languages.cepstra import STEP, Cepstra, cepstra, normalised
from serguide.alignment.other_languages.warping import warp
from serguide.alignment.take_sound import RATE, Samples16, TakeSound

NOT_SURE: Final = "does not sound surely like this sentence"

_PHRASE: Final = 0.25  # seconds of pause between two phrases
_NEAR: Final = 15  # frames of 20 ms between a path's start and a phrase's
_LONGEST: Final = 12  # phrases of one sentence
_WORTH: Final = 0.97  # of what a sentence costs elsewhere; a dearer fit explains nothing
_ORDER: Final = 0.6  # what a sentence that is not the next costs, in seconds of a perfect fit


@dataclass(frozen=True, slots=True)
class _Fit:
    """Hold a sentence laid on phrases: first and last phrase, cost, and its gain in seconds."""

    sentence: int
    first: int
    last: int
    cost: float
    gain: float


def compare_readings(
    sound: TakeSound, activity: Activity, sentences: Sequence[str], language: str, told: Told
) -> list[FoundReading]:
    """Return one reading of each sentence that a take holds; see find_readings()."""
    phrases = _phrases(activity)
    take, starts, ends = _speech_of(sound, phrases)
    laid: list[_Fit] = []
    for number, text in enumerate(sentences):
        told(sound.seconds * number / len(sentences))
        reference = _reference(text, language)
        if len(reference) < 5 or len(take) < 5:
            continue
        cost, first = warp(reference, take)
        laid += _even(_fits(number, cost, first, starts, ends))
    fits = [
        replace(each, gain=gain)
        for each in laid
        if (gain := _gain(each, _WORTH, starts, ends)) > 0.0
    ]
    chosen = _shared_out(fits, len(phrases))
    return _judged(chosen, phrases, sound, activity)


def _phrases(activity: Activity) -> list[tuple[float, float]]:
    """Return stretches of speech between pauses of some length."""
    found: list[tuple[float, float]] = []
    for start, end in activity.runs():
        if found and start - found[-1][1] < _PHRASE:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _speech_of(
    sound: TakeSound, phrases: list[tuple[float, float]]
) -> tuple[Cepstra, list[int], list[int]]:
    """Return the cepstra of all phrases end to end, and each one's first and last frame."""
    parts, starts, ends, at = [], list[int](), list[int](), 0
    for start, end in phrases:
        part = cepstra(sound.floats(start, end))
        parts.append(part)
        starts.append(at)
        at += len(part)
        ends.append(max(starts[-1], at - 1))
    return normalised(np.concatenate(parts)), starts, ends


def _reference(text: str, language: str) -> Cepstra:
    """Return the cepstra of espeak's reading without its pauses."""
    import soxr

    from serguide.base.errors import VoiceError
    from serguide.voices.registry import open_voice

    try:
        clip = open_voice("espeak", language).speak(text)
    except VoiceError:
        return np.zeros((0, 24), np.float32)
    samples: Samples16 = soxr.resample(clip.samples[:, 0], clip.samplerate, RATE)
    found = cepstra(samples)
    level = np.sqrt((samples[: len(found) * STEP].reshape(-1, STEP) ** 2).mean(axis=1))
    return normalised(found[level > 0.02 * level.max()])


def _fits(
    number: int,
    cost: npt.NDArray[np.float32],
    first: npt.NDArray[np.int32],
    starts: list[int],
    ends: list[int],
) -> list[_Fit]:
    """Return where a sentence may lie: from the beginning of a phrase to the end of one."""
    found = []
    begin = np.array(starts)
    for last, end in enumerate(ends):
        near = slice(max(0, end - _NEAR), end + 1)
        if not np.isfinite(cost[near]).any():
            continue
        at = near.start + int(np.argmin(cost[near]))
        phrase = int(np.argmin(np.abs(begin - int(first[at]))))
        if abs(starts[phrase] - int(first[at])) <= _NEAR and 0 <= last - phrase < _LONGEST:
            found.append(_Fit(number, phrase, last, float(cost[at]), 0.0))
    return found


def _even(fits: list[_Fit]) -> list[_Fit]:
    """Return fits by what the sentence costs elsewhere: some are like everything."""
    if not fits:
        return []
    usual = statistics.median(each.cost for each in fits)
    return [replace(each, cost=each.cost / usual) for each in fits]


def _gain(fit: _Fit, limit: float, starts: list[int], ends: list[int]) -> float:
    seconds = (ends[fit.last] - starts[fit.first] + 1) * STEP / RATE
    return (1.0 - fit.cost / limit) * seconds


def _shared_out(fits: list[_Fit], phrases: int) -> list[_Fit]:
    """Return the fits that explain most, none over another; in a script's order for preference."""
    by_end: dict[int, list[_Fit]] = {}
    for each in fits:
        by_end.setdefault(each.last, []).append(each)
    # For each phrase and each sentence read last: what is gained, and how.
    best: list[dict[int, tuple[float, tuple[_Fit, ...]]]] = [{-1: (0.0, ())}]
    for phrase in range(phrases):
        table = dict(best[phrase])
        for fit in by_end.get(phrase, ()):
            for before, (gained, how) in best[fit.first].items():
                order = 0.0 if fit.sentence in (before, before + 1) else _ORDER * 0.1
                total = gained + fit.gain - order
                if total > table.get(fit.sentence, (0.0, ()))[0]:
                    table[fit.sentence] = (total, (*how, fit))
        best.append(table)
    return list(max(best[-1].values(), key=lambda each: each[0])[1])


def _judged(
    chosen: list[_Fit],
    phrases: list[tuple[float, float]],
    sound: TakeSound,
    activity: Activity,
) -> list[FoundReading]:
    """Return the last reading of each sentence, all of them doubtful."""
    if not chosen:
        return []
    hum = hums(sound, activity)
    found = []
    for sentence in sorted({each.sentence for each in chosen}):
        readings = [each for each in chosen if each.sentence == sentence]
        fit = readings[-1]
        edges = find_edges(activity, phrases[fit.first][0], phrases[fit.last][1])
        why = fault_of(sound, activity, edges, hum=hum) or NOT_SURE
        found.append(FoundReading(
            sentence, edges.start, edges.end, edges.speech_start, edges.speech_end,
            -fit.cost, "doubtful", why, len(readings),
        ))  # fmt: skip
    return found
