"""Words that are written alike and spoken differently: each one of the library, as it is heard.

`heteronyms.yaml` lists every place by its meaning, which a person has judged, with the phonemes
(IPA) that are right for it. What espeak says wrong is respelled by `pronounce:` in its script, or
worded otherwise. Natural voices are held to the same: Kokoro is given its phonemes by espeak, and
Piper by an espeak of its own. A recorded voice reads as its person does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from library_measures import LIBRARIES
from phonemes import as_spoken, phonemes

from serguide.base.language import primary
from serguide.script.length_words import minutes_words, quiet_words
from serguide.script.program import Breathing, Item, Spoken
from serguide.script.resolve import resolve
from serguide.script.text import MINUTES, QUIET
from serguide.voices.kokoro.kokoro_phonemes import phonemes as kokoro_phonemes
from serguide.voices.speakable_names import KNOWN

GOLDEN = Path(__file__).with_name("heteronyms.yaml")
VARIANTS = {"en": ("en-us", "en-gb"), "de": ("de",), "cs": ("cs",), "sk": ("sk",)}
AROUND = 4
"""Words shown on each side."""

HETERONYMS = {
    "en": """abuse advocate affect aged alternate appropriate articulate attribute august bass
        blessed bow bowed bowing bows close closer closes closest compact compound compress
        conduct conflict console content contents contest contract contrast converse convert
        crooked decrease delegate deliberate desert deserts diffuse digest discount dove
        duplicate elaborate entrance escort estimate excuse excuses export extract graduate
        incline increase insert insult intimate invalid lead leading leads learned live lived
        lives minute minutes misuse moderate mow multiply number object objects perfect perfume
        permit polish present presents produce progress project projects protest read reading
        reads rebel record records refill refuse reject relay release resent resign resume
        retreat row rows separate sewer slough sow sows subject subjects supposed survey suspect
        tear tearing tears transfer transport upset use uses wicked wind winding winds wound
        wounded wounds""",
    "de": """august bucht hochzeit konstant konstanz lache modern montage montagen rast roman
        sucht tenor umfahren umgehen umschreiben unterstellen übersetzen überziehen versendet weg
        wege""",
    "cs": "kondice kondici panice panika",
    "sk": "kade kadiaľ kondícia kondícii krásne panika zvláštne",
}  # fmt: skip
"""Also words that no text has now, so that a new text that has one is looked at. In Czech and
Slovak, loanwords whose d, t or n stays hard before i, and words that espeak does not soften."""


@dataclass(frozen=True)
class Place:
    """One word of a sentence: word as written; start: its first character in what is spoken."""

    language: str
    word: str
    shown: str
    spoken: str
    start: int


@cache
def sentences() -> tuple[Spoken, ...]:
    """Every sentence of every script and session, and every guide word of breathing, once."""
    found: dict[tuple[str, str, str], Spoken] = {}
    for path in LIBRARIES.names().values():
        program = resolve(path, LIBRARIES, KNOWN)
        for track in (*program.tracks, program.ground):
            for item in track.items:
                for spoken in said(item):
                    found[spoken.language, spoken.text, spoken.spoken] = spoken
    return tuple(found[key] for key in sorted(found))


def said(item: Item) -> Iterator[Spoken]:
    if isinstance(item, Spoken):
        yield item
    elif isinstance(item, Breathing):
        yield from (spoken for _, spoken in item.words)


def filled(text: str, language: str) -> str:
    """Put in lengths that are said; their words are the same whatever they come to."""
    text = text.replace(QUIET, quiet_words(30, language))
    return as_spoken(text.replace(MINUTES, minutes_words(600, language)))


def words(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text))


@cache
def places() -> tuple[Place, ...]:
    found = []
    for sentence in sentences():
        language = primary(sentence.language)
        known = set(HETERONYMS[language].split())
        text, spoken = (filled(each, language) for each in (sentence.text, sentence.spoken))
        written, heard = words(text), words(spoken)
        for index, word in enumerate(written):
            if word[0].lower() in known:
                assert len(written) == len(heard), f"a respelling of other words: {spoken}"
                shown = excerpt(text, written, index)
                found.append(Place(language, word[0].lower(), shown, spoken, heard[index].start()))
    return tuple(found)


def excerpt(text: str, written: list[re.Match[str]], index: int) -> str:
    """Return a word in ‹› with some words around it, as written."""
    first, last = max(index - AROUND, 0), min(index + AROUND, len(written) - 1)
    word = written[index]
    before, after = text[written[first].start() : word.start()], text[word.end() :]
    after = text[word.end() : written[last].end()] if last < len(written) - 1 else after
    return f"{before}‹{word[0]}›{after}"


@cache
def golden() -> dict[tuple[str, str, str], dict[str, str]]:
    """Return what is right for each place: phonemes by variant."""
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for language, readings in yaml.safe_load(GOLDEN.read_text(encoding="utf-8")).items():
        for reading in readings:
            for shown in reading["in"]:
                key = (language, reading["word"], shown)
                assert key not in found, f"listed twice: {shown}"
                found[key] = {variant: reading[variant] for variant in VARIANTS[language]}
    return found


def test_every_place_is_listed_and_no_other():
    """A new sentence with such a word: add it under its meaning, or as a new one."""
    in_library = {(place.language, place.word, place.shown) for place in places()}
    assert in_library - golden().keys() == set()
    assert golden().keys() - in_library == set()


@pytest.mark.parametrize("variant", [each for variants in VARIANTS.values() for each in variants])
def test_every_place_is_heard_as_it_is_meant(variant):
    wrong = []
    with phonemes() as espeak:
        espeak.choose(variant)
        for place in places():
            if variant in VARIANTS[place.language]:
                right = golden()[place.language, place.word, place.shown][variant]
                heard = espeak.of_word(place.spoken, place.start)
                if heard.removesuffix("ɹ") != right.removesuffix("ɹ"):  # r before a vowel
                    wrong.append(f"{place.shown}: {heard}, not {right}")
    assert wrong == []


def kokoro(text: str, variant: str) -> str:
    return kokoro_phonemes(text, variant)


def piper(text: str, variant: str) -> str:
    phonemizer = pytest.importorskip("piper.phonemize_espeak").EspeakPhonemizer()
    name = "en-gb-x-rp" if variant == "en-gb" else variant
    return " ".join("".join(sentence) for sentence in phonemizer.phonemize(name, text))


def alike(heard: str) -> str:
    """Leave out in what the two espeaks differ: a glide, and how open a last sound is."""
    return unicodedata.normalize("NFD", heard).replace("ʲ", "").replace("ɐ", "ə")


@pytest.mark.parametrize(
    ("voice", "variant"),
    [(kokoro, each) for each in VARIANTS["en"]]
    + [(piper, each) for variants in VARIANTS.values() for each in variants],
)
def test_natural_voices_are_given_it_as_it_is_meant(voice, variant):
    wrong = []
    for place in places():
        if variant in VARIANTS[place.language]:
            right = golden()[place.language, place.word, place.shown][variant].removesuffix("ɹ")
            heard = voice(place.spoken, variant)
            if alike(right) not in alike(heard):
                wrong.append(f"{place.shown}: {heard}, not {right}")
    assert wrong == []


def test_espeak_does_say_some_of_them_wrong():
    """So the list above finds what it is for; told by what is right in other words."""
    with phonemes() as espeak:
        for variant, shut in (("en-us", "klˈoʊz"), ("en-gb", "klˈəʊz")):
            espeak.choose(variant)
            assert espeak.of_word("Please close the door.", 7) != shut
            assert espeak.of_word("Please cloze the door.", 7) == shut


@pytest.mark.parametrize("variant", [each for variants in VARIANTS.values() for each in variants])
def test_every_sentence_is_spoken_in_one_language(variant):
    """espeak changes to another language for a word that it holds for foreign."""
    with phonemes() as espeak:
        espeak.choose(variant)
        for sentence in sentences():
            language = primary(sentence.language)
            if variant in VARIANTS[language]:
                heard = espeak.whole(filled(sentence.spoken, language))
                assert heard, sentence.text
                assert "(" not in heard, f"{sentence.text}: {heard}"
