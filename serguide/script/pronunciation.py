"""Pronunciations of words: a respelling, or IPA between slashes with a respelling or without.

    pronounce:
      psoas: SO-as
      Zoë: /ˈzəʊi/
      Siobhan: /ʃɪˈvɔːn/ Shi-vawn

Voices that take no IPA read “Zoë” as written, and “Siobhan” as respelled.

The text stays text: where a word has IPA, the sentence keeps a word that every voice can read, and
says beside it which stretch of it has which sounds. So nothing in a text can be a command to an
engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from serguide.base.ipa.ipa_writing import IpaError, read_ipa
from serguide.base.language import primary
from serguide.base.normal_form import normalized
from serguide.script.fields import refusal
from serguide.script.program import Sounded

_IPA: Final = re.compile(r"/([^/]*)/(?:\s+([^/]+))?")
_STRESSED: Final = re.compile("[ˈˌ]")
_LONGEST: Final = 200
_POSSESSIVE: Final = re.compile(r"['’]s(?!\w)")
_SIBILANTS: Final = "szʃʒ"
_VOICELESS: Final = "ptkfθ"


class Pronunciation(NamedTuple):
    """Hold how a word is spoken: respelled, empty for as written; ipa, empty for as spelled."""

    respelled: str
    ipa: str


@lru_cache(maxsize=4096)
def read_pronunciation(written: str) -> Pronunciation:
    """Return what stands behind a word under `pronounce`. Raises what a field raises, L038."""
    text = written.strip()
    if len(text) > _LONGEST:
        raise refusal("L038", f"is longer than {_LONGEST} characters", "write one word, or a few")
    found = _IPA.fullmatch(text)
    if found is None:
        if text.startswith("/") or text.endswith("/"):
            raise refusal(
                "L038",
                f"“{text}” is no pronunciation: IPA has one slash before it and one behind",
                "write it like `/ˈzəʊi/`, or like `/ˈzəʊi/ Zoh-ee` with a respelling",
            )
        if _STRESSED.search(text):
            raise refusal(
                "L038",
                f"“{text}” looks like IPA, and stands in no slashes: its signs would be read out",
                f"write it like `/{text}/`",
            )
        return Pronunciation(normalized(written), "")
    try:
        return Pronunciation(normalized(found[2] or "").strip(), read_ipa(found[1]))
    except IpaError as error:
        raise refusal("L038", f"/{found[1]}/: {error.message}", error.hint) from None


def checked_pronunciation(value: Any) -> str:
    """Return a field's text, which `read_pronunciation` reads."""
    if not isinstance(value, str) or not value.strip():
        raise refusal("L010", "is no pronunciation", "respell the word: `psoas: SO-as`, or use IPA")
    read_pronunciation(value)
    return value


class Speller:
    """Replace whole words by how they are to be spoken."""

    def __init__(self, pronounce: Mapping[str, str], language: str) -> None:
        """Take what stands under `pronounce`; of words that differ in case alone the last."""
        written = {normalized(word): how for word, how in pronounce.items()}
        words = {word.casefold(): word for word in written if word.strip()}
        self._spoken = {key: read_pronunciation(written[word]) for key, word in words.items()}
        self._english = primary(language) == "en"
        longest_first = sorted(words.values(), key=lambda word: (-len(word), word))
        self._pattern = (
            re.compile(
                "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first),
                re.IGNORECASE,
            )
            if words
            else None
        )

    def __call__(self, text: str) -> tuple[str, tuple[Sounded, ...]]:
        """Return a text as voices get it, and which of its stretches have which sounds."""
        if self._pattern is None:
            return text, ()
        said, sounds, end = "", [], 0
        for found in self._pattern.finditer(text):
            pronunciation = self._spoken.get(found[0].casefold())
            if pronunciation is None:  # a letter whose case folds otherwise than it matches
                continue
            said += text[end : found.start()]
            start, end = len(said), found.end()
            said += pronunciation.respelled or found[0]
            ipa = pronunciation.ipa
            if ipa:
                owner = _POSSESSIVE.match(text, end) if self._english else None
                if owner is not None:  # to leave it outside would have it read as a letter
                    said, ipa, end = said + owner[0], ipa + _owned(ipa), owner.end()
                sounds.append(Sounded(start, len(said), ipa))
        return said + text[end:], tuple(sounds)


def sounded_parts(text: str, sounds: tuple[Sounded, ...]) -> Iterator[tuple[str, str]]:
    """Yield a text in parts, each with its IPA, or with an empty one where it is read."""
    end = 0
    for each in sounds:
        if each.start > end:
            yield text[end : each.start], ""
        yield text[each.start : each.end], each.ipa
        end = each.end
    if end < len(text):
        yield text[end:], ""


def pronunciation_problem(word: str, written: str) -> str | None:
    """Return what is wrong with a pronunciation and what to write, in one line, or None."""
    try:
        if not word.strip():
            return "there is no word; write it like `Zoë=/ˈzəʊi/`"
        checked_pronunciation(written)
    except PydanticCustomError as error:
        told = error.context or {}
        return f"{told['message']}; {told['hint']}"
    return None


def _owned(ipa: str) -> str:
    """Return the sounds of the English possessive behind a word."""
    last = ipa.rstrip("ː")[-1:]
    if last in _SIBILANTS:
        return "ɪz"
    return "s" if last in _VOICELESS else "z"
