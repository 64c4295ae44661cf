"""Find the sentences of a script in a take: by an acoustic model, or by espeak's reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from serguide.alignment.activity import Activity, listen
from serguide.alignment.aligned import FoundReading, Told
from serguide.alignment.evidence import SentenceScorer
from serguide.alignment.judge import Judge
from serguide.alignment.phone_variants import SpokenWord, pronounced
from serguide.alignment.phonetic import BEAM, PhoneticSearch
from serguide.alignment.recogniser import INSTALL, Recogniser, installed
from serguide.alignment.scorer_pool import ScorerPool
from serguide.alignment.take_sound import TakeSound
from serguide.alignment.verifier import Verifier
from serguide.base.cores import cores
from serguide.base.language import primary

_LONG: Final = 60.0  # seconds of a take for which processes of their own are worth their start


def find_readings(
    sound: TakeSound,
    sentences: Sequence[str],
    language: str,
    told: Told,
    checked: Callable[[int], None] = lambda _done: None,
) -> list[FoundReading]:
    """Return one reading of each sentence that a take holds, in the order of the sentences.

    sentences: as spoken, each once, in the order in which they are meant to be read; language:
    BCP 47; told: see aligned; checked: called with how many sentences are judged. Whatever the
    two raise ends the work.
    """
    activity = listen(sound)
    if not sentences or not activity.speech.any():
        return []
    if not installed():
        from serguide.alignment.other_languages.comparing import compare_readings

        return compare_readings(sound, activity, sentences, language, told)
    recogniser = Recogniser(primary(language), BEAM)
    words = pronounced(sentences, language, recogniser.known)
    recogniser.learn(words)
    search = PhoneticSearch(recogniser, words, sound, activity)
    expected = [expected_seconds(text, language) for text in sentences]
    with _verifier(primary(language), words, sound, activity) as verifier:
        passes = []
        for each in search.passes(told):
            passes.append(each)
            if each.whole:
                verifier.expect(each.sentence, each.start, each.end)
        return Judge(sound, activity, words, expected, verifier).judged(passes, checked)


@contextmanager
def _verifier(
    language: str, words: Sequence[Sequence[SpokenWord]], sound: TakeSound, activity: Activity
) -> Iterator[Verifier]:
    """Give what measures readings; of a long take while the search goes on."""
    if sound.seconds < _LONG or cores() < 2:
        yield Verifier(SentenceScorer(language, words).score, sound, activity)
        return
    with ScorerPool(language, words, cores()) as pool:
        yield Verifier(pool.score, sound, activity, pool.ahead)


def expected_seconds(text: str, language: str) -> float:
    """Return about how long espeak would take for a sentence."""
    from serguide.base.units import SAMPLERATE
    from serguide.voices.registry import open_voice

    return max(0.2, open_voice("espeak", language).estimate(text) / SAMPLERATE)


def model_hint() -> str:
    """Return how sentences would be found surely; empty where they are."""
    if installed():
        return ""
    return (
        "sentences are found by comparing with espeak's reading, so all are doubtful until you "
        f"have listened; surer is `{INSTALL}`, where there is a wheel for this machine"
    )
