"""Word lists by language: patterns that rules look for in cues, and exceptions to them.

A list is `LANGUAGE.yaml` in this folder. Entries are regular expressions that match whole words,
in any case, with a straight apostrophe for every kind (`folding`); `{set}` stands for a set of
words from `sets:`. Under `rules:`, `bad` is what a rule looks for and `fine` what it passes over
although it contains something bad. A match that is negated, or that stands in quotation marks, is
no match.

    beats:       words that say a beat, for cues that state none
    sets:        words that patterns share
    negators:    words before a match that turn it into its opposite
    negated_after: what turns a match into its opposite when it follows
    turns:       words that begin a new clause, where a negation ends
    bridges:     words that look like turns, over which a negation reaches; with their commas
    rules:       CODE: {bad: [...], fine: [...]}
    words:       lists that a rule uses in its own way
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from serguide.base.language import primary
from serguide.safety.lexicon.folding import Folded, folded, folded_pattern

_LETTERS = re.compile(r"(?<!\\)[^\W\d_]+")
_QUOTED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”\"]*[“”\"]|(?<!\w)‘[^‘’]*’(?!\w)|(?<!\w)'[^']+'(?!\w)"
)
_CLAUSE_END = re.compile(r"[.;:!?…—–()]")
_FARTHEST = 9
"""Words between a negation and what it negates."""

_BROAD = frozenset({"E109", "E122"})
"""Rules about things rather than deeds: a negation reaches over the commas of a list."""

_EVEN_NEGATED = frozenset({"E127"})
"""Rules that a negation does not settle: “you do not have” names an illness too."""

_NEGATIVE = frozenset({"E105"})
"""Rules of which some patterns are negations themselves."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold words that a list has found."""

    text: str
    start: int
    end: int


class Lexicon:
    """Hold the lists of one language, compiled when they are first used."""

    def __init__(self, language: str, data: dict[str, Any]) -> None:
        self.language = language
        self._data = data
        self._sets = data.get("sets", {})
        self._compiled: dict[tuple[str, str, str], re.Pattern[str] | None] = {}
        self._negators = self._pattern("", "negators", "")
        self._negated_after = self._alternatives(data.get("negated_after", []), whole=False)
        self._turns = self._pattern("", "turns", "")
        self._bridges = self._pattern("", "bridges", "")

    def covers(self, code: str) -> bool:
        """Tell whether there are words for a rule."""
        return code in self._data.get("rules", {})

    def find(self, code: str, text: str) -> tuple[Hit, ...]:
        """Return what is bad in a sentence: neither negated, nor quoted, nor a near miss."""
        bad = self._pattern("rules", code, "bad")
        if bad is None:
            return ()
        read = folded(text)
        if not bad.search(read.text):
            return ()
        fine = self._pattern("rules", code, "fine")
        spared = [read.span(*m.span()) for m in fine.finditer(read.text)] if fine else []
        spared += [m.span() for m in _QUOTED.finditer(text)]
        return tuple(
            hit
            for found in bad.finditer(read.text)
            for hit in (_hit(text, read, found),)
            if not any(start < hit.end and hit.start < end for start, end in spared)
            and (code in _EVEN_NEGATED or not self._negated(code, found))
        )

    def has(self, section: str, name: str) -> bool:
        """Tell whether there is such a list; section: `words` or `beats`."""
        return name in self._data.get(section, {})

    def says(self, section: str, name: str, text: str) -> bool:
        """Tell whether a text holds one of the words of a list; section: `words` or `beats`."""
        pattern = self._pattern(section, name, "")
        return pattern is not None and pattern.search(folded(text).text) is not None

    def first(self, section: str, name: str, text: str) -> Hit | None:
        """Return the first of the words of a list in a text; section: `words` or `beats`."""
        pattern = self._pattern(section, name, "")
        read = folded(text)
        found = pattern.search(read.text) if pattern else None
        return _hit(text, read, found) if found else None

    def beats(self, text: str) -> frozenset[str]:
        """Return the beats that a cue's words say."""
        return frozenset(
            beat for beat in self._data.get("beats", {}) if self.says("beats", beat, text)
        )

    def _negated(self, code: str, hit: re.Match[str]) -> bool:
        if (
            code not in _NEGATIVE
            and self._negated_after
            and self._negated_after.match(hit.string, hit.end())
        ):
            return True
        before = _CLAUSE_END.split(hit.string[: hit.start()])[-1]
        ends = [found.end() for found in self._negators.finditer(before)] if self._negators else []
        if not ends:
            return False
        between = before[ends[-1] :]
        if len(between.split()) > _FARTHEST:
            return False
        plain = self._bridges.sub("", between) if self._bridges else between
        if self._turns and self._turns.search(plain):
            return False
        # “not a cure, a treatment or a therapy” negates all three; “do not worry, go back” does
        # not negate its second half.
        return code in _BROAD or "," not in plain

    def _pattern(self, section: str, name: str, side: str) -> re.Pattern[str] | None:
        key = (section, name, side)
        if key not in self._compiled:
            entries: Any = self._data.get(section, {}) if section else self._data
            entries = entries.get(name) or {}
            entries = entries.get(side) if side else entries
            self._compiled[key] = self._alternatives(entries or [], whole=True)
        return self._compiled[key]

    def _alternatives(self, entries: list[str], *, whole: bool) -> re.Pattern[str] | None:
        if not entries:
            return None
        filled = [
            re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{self._sets[found[1]]})", entry)
            for entry in entries
        ]
        body = _LETTERS.sub(lambda found: found[0].lower(), "|".join(f"(?:{e})" for e in filled))
        body = folded_pattern(body)
        # Against folded text: to ignore case in the expression itself takes twice as long.
        return re.compile(rf"(?<!\w)(?:{body})(?!\w)" if whole else rf"(?:{body})")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are lists for."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def _hit(text: str, read: Folded, found: re.Match[str]) -> Hit:
    start, end = read.span(*found.span())
    return Hit(text[start:end], start, end)


@lru_cache(maxsize=1_024)
def lexicon_of(language: str) -> Lexicon | None:
    """Return the lists for a BCP 47 language, or None when there are none."""
    return _load(primary(language))


@cache
def _load(base: str) -> Lexicon | None:
    if base not in languages():
        return None
    text = (resources.files(__name__) / f"{base}.yaml").read_text(encoding="utf-8")
    # The C loader is five times as fast; both are safe: they make nothing but plain values.
    return Lexicon(base, yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@lru_cache(maxsize=65_536)
def found(code: str, language: str, text: str) -> tuple[Hit, ...]:
    """Return what a rule's words find in a sentence; remembered, as steps recur in sessions."""
    lexicon = lexicon_of(language)
    return lexicon.find(code, text) if lexicon else ()


@lru_cache(maxsize=65_536)
def beats_in(language: str, text: str) -> frozenset[str]:
    """Return the beats that the word lists read in a cue's text."""
    lexicon = lexicon_of(language)
    return lexicon.beats(text) if lexicon else frozenset()
