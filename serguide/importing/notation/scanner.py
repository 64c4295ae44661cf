"""Scan the words of a document for silences, breaths, notes, labels and blanks.

The check's own list of stage directions comes first (serguide.script.stage_directions), so that
nothing that it objects to is left; square brackets, ellipses and blanks are added here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from serguide.base.units import LONGEST
from serguide.importing.assumptions import MILLISECONDS_FROM, Assumptions
from serguide.importing.decisions import DecisionLog, Verdict
from serguide.importing.document import Blank, Breaths, Part, Remark, Unsaid, Uttered, WrittenPause
from serguide.importing.notation.breath_words import breaths_in
from serguide.importing.notation.labels import blank_name, is_label
from serguide.importing.readers.speech_markup import AS_ON_AZURE, break_length
from serguide.script.number_words import number_of
from serguide.script.stage_directions import Direction, directions, kind_of, named, seconds_in

Sort = Literal["direction", "square", "round", "ellipsis", "brace", "shouted", "line", "number"]

DOTS: Final = "\ufdd5"
"""Stands for an ellipsis that was read, so that it is not read again; no character of a text."""

_NOUN: Final = r"(?:pause|pauza|pausa|silence|stille|ticho|silencio)"
_SQUARE: Final = re.compile(r"\[\[?([^\[\]\n]{1,300})\]\]?")
_ROUND: Final = re.compile(rf"(?i)\(({_NOUN}\b[^()\n]{{0,160}})\)")
_NOTED: Final = re.compile(
    r"(?i)\(((?:note|notes|nb|hinweis|anmerkung|poznámka|remarque|nota)\s*:[^()\n]{1,400})\)"
)
_BREATHED: Final = re.compile(r"\(([^()\n]{6,160})\)")
_ELLIPSIS: Final = re.compile(r"…[.…]*|\.{3}[.…]*|\.(?:[ \u00a0]\.){2,}")
_BRACE: Final = re.compile(r"\{\{?([^{}\n]{1,40})\}?\}|<([A-Za-z]{1,20})>")
_SHOUTED: Final = re.compile(
    r"(?<![\w\[(])(?:PAUSE|PAUZA|PAUSA|SILENCE|STILLE|TICHO)(?!\w)"
    r"(?:,?[ \t]+(?:[a-zà-öø-ž]|\d)[^.!?\n]{0,80}[.!?]?|[ \t]?[.!:]?)"
)
_LINE: Final = re.compile(
    r"(?im)^[ \t]*([\w ,:-]{0,40}\b(?:pause|pauza|pausa)\b[\w ,:-]{0,40})[.!]?[ \t]*$"
)
_NUMBERED: Final = re.compile(r"\((\d{1,4})\)")
_NUMBER: Final = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_ATTRIBUTE: Final = re.compile(r"([\w:-]{1,30})\s*=\s*[\"']([^\"']{0,80})[\"']")
_SLNC: Final = re.compile(r"(?i)\s*slnc\s+(\d{1,6})\s*")


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold a place in a text: what kind of notation, what stands inside, and the direction."""

    start: int
    end: int
    sort: Sort
    inside: str
    direction: Direction | None = None


class Scanner:
    """Turn words into parts, and note each decision; by_line: newlines count lines."""

    def __init__(self, assumptions: Assumptions, log: DecisionLog, *, by_line: bool) -> None:
        self._assumptions = assumptions
        self._log = log
        self._by_line = by_line

    def scan(self, words: Uttered) -> list[Part]:
        """Return what a stretch of words consists of."""
        text, parts, at = words.text, list[Part](), 0
        line = words.line
        for found in _candidates(text):
            if found.start < at:
                continue
            here = line + self._lines(text, at, found.start)
            read = self._read(found, text, here)
            if read is None:
                continue
            parts += [Uttered(text[at : found.start], line), *read]
            at, line = found.end, here + self._lines(text, found.start, found.end)
        parts.append(Uttered(text[at:], line))
        return [part for part in parts if not isinstance(part, Uttered) or part.text]

    def _lines(self, text: str, start: int, end: int) -> int:
        return text.count("\n", start, end) if self._by_line else 0

    def _read(self, found: _Found, text: str, line: int) -> list[Part] | None:
        """Return the parts that a notation stands for; None where it is words after all."""
        written = text[found.start : found.end].strip()
        if found.sort == "ellipsis":
            return [Uttered(DOTS, line), WrittenPause(written, line, unsaid="ellipsis")]
        if found.sort == "brace":
            return self._blank(found.inside, written, line, brace=True)
        if found.sort == "direction" and found.direction is not None:
            return self._direction(found.direction, found.inside, line)
        if found.sort == "square":
            return self._square(found.inside, written, line)
        if found.sort == "round" and (breath := self._breath(found.inside, written, line)):
            return breath
        if found.sort == "number":
            self._log.add(line, "left", written, "no words, and neither seconds nor breaths")
            return None
        if found.sort == "round" and not re.match(rf"(?i){_NOUN}\b", found.inside):
            return None
        if found.sort == "line" and kind_of(found.inside) != "pause":
            return None
        return self._pause(found.inside, written, line)

    def _blank(self, inside: str, written: str, line: int, *, brace: bool) -> list[Part] | None:
        name = blank_name(inside, brace and not written.startswith("<"))
        if not name:
            return None
        return [Blank(name, written, line)]

    def _square(self, inside: str, written: str, line: int) -> list[Part] | None:
        if blank := self._blank(inside, written, line, brace=False):
            return blank
        if found := _SLNC.fullmatch(inside):
            return self._silent(written, line, Fraction(found[1]) / 1000)
        if breath := self._breath(inside, written, line):
            return breath
        kind = kind_of(inside)
        if kind in ("pause", "breath") or re.match(rf"(?i)\s*{_NOUN}\b", inside):
            return self._pause(inside, written, line)
        if kind is None and not any(char.isalpha() for char in inside):
            self._log.add(line, "left", written, "no words, and neither seconds nor breaths")
            return None
        if kind is None and is_label(inside):
            return [Remark(inside.strip(), line, "a label")]
        if kind is None and self._assumptions.brackets == "spoken":
            self._log.add(line, "assumed", written, "spoken, as words in brackets")
            return None
        verdict: Verdict = "taken" if kind is not None else "assumed"
        self._log.add(line, verdict, written, "a note to the reader: a comment, not spoken")
        return [Remark(inside.strip(), line)]

    def _direction(self, direction: Direction, inside: str, line: int) -> list[Part]:
        written = direction.written.strip()
        if direction.kind == "markup":
            return self._markup(written, line)
        if direction.kind in ("manner", "note"):
            told = "a note to the reader: a comment, not spoken"
            self._log.add(line, "taken", written, told)
            return [Remark(inside, line)]
        return self._breath(inside, written, line) or self._pause(inside, written, line)

    def _markup(self, written: str, line: int) -> list[Part]:
        attributes = dict(_ATTRIBUTE.findall(written))
        if found := _SLNC.fullmatch(written.strip("[] ")):
            return self._silent(written, line, Fraction(found[1]) / 1000)
        if re.match(r"(?i)</?break\b", written) and (
            (length := break_length(attributes)) is not None
        ):
            why = "" if "time" in attributes else AS_ON_AZURE
            return self._silent(written, line, length, why)
        if "silence" in written.lower() and (seconds := seconds_in(written)):
            return self._silent(written, line, Fraction(str(round(seconds, 3))))
        self._log.add(line, "dropped", written, "markup; the words in it are kept")
        return []

    def _breath(self, inside: str, written: str, line: int) -> list[Part]:
        for reading in breaths_in(inside):
            if reading.plain and reading.cycles is not None:
                phases = {name: reading.phases.get(name, Fraction(0)) for name in _PHASES}
                breaths = Breaths(
                    written, line, phases["in"], phases["hold"], phases["out"], phases["rest"],
                    reading.cycles,
                )  # fmt: skip
                self._log.add(line, "taken", written, f"paced breathing, {reading.cycles} breaths")
                return [breaths]
        return []

    def _pause(self, inside: str, written: str, line: int) -> list[Part]:
        """Return a silence by what its notation says of it."""
        note: list[Part] = []
        if kind_of(inside) is None and any(
            kind_of(word) is None and number_of(word) is None and seconds_in(f"1 {word}") is None
            for word in _WORD.findall(inside)
        ):
            note = [Remark(written, line)]  # more than a pause: the words are kept for the reader
        seconds = seconds_in(inside)
        if seconds is not None:
            return [*note, *self._silent(written, line, Fraction(str(round(seconds, 3))))]
        number = _NUMBER.search(inside)
        if named(inside, "breath"):
            counted = [count for word in _WORD.findall(inside) if (count := number_of(word))]
            many = max(1, round(counted[0])) if counted else 1
            return [*note, WrittenPause(written, line, unsaid="breath", count=many)]
        if number is not None:
            return [*note, *self._bare(number[0], written, line)]
        unsaid: Unsaid = (
            "long" if named(inside, "long") else "short" if named(inside, "short") else "pause"
        )
        return [*note, WrittenPause(written, line, unsaid=unsaid)]

    def _bare(self, number: str, written: str, line: int) -> list[Part]:
        """Return a silence of a number without a unit."""
        value, numbers = Fraction(number.replace(",", ".")), self._assumptions.numbers
        if written.startswith((";", "*")):  # a phrase file's, which counts seconds
            return self._silent(written, line, value)
        small = numbers == "milliseconds" or (numbers == "guess" and value >= MILLISECONDS_FROM)
        length = value / 1000 if small else value
        unit = "milliseconds" if small else "seconds"
        return self._silent(written, line, length, f"its number counts {unit}")

    def _silent(self, written: str, line: int, length: Fraction, why: str = "") -> list[Part]:
        if length > LONGEST:
            self._log.add(line, "dropped", written, "a silence of more than a day")
            return [Remark(written, line)]
        return [WrittenPause(written, line, length, why=why)]


_FIRST: Final[tuple[Sort, ...]] = (
    "ellipsis", "direction", "square", "round", "brace", "shouted", "line", "number",
)  # fmt: skip
"""Which notation counts where several are of the same length."""

_PHASES: Final = ("in", "hold", "out", "rest")


def _candidates(text: str) -> list[_Found]:
    """Return every place that may be a notation, in order; of those at one place the longest."""
    found = [
        _Found(each.start, each.end, "direction", _inside(each), each) for each in directions(text)
    ]
    patterns: tuple[tuple[Sort, re.Pattern[str]], ...] = (
        ("square", _SQUARE), ("round", _ROUND), ("round", _BREATHED), ("ellipsis", _ELLIPSIS),
        ("brace", _BRACE), ("shouted", _SHOUTED), ("line", _LINE),
        ("number", _NUMBERED),
    )  # fmt: skip
    for sort, pattern in patterns:
        for match in pattern.finditer(text):
            inside = next((group for group in match.groups() if group is not None), match[0])
            found.append(_Found(match.start(), match.end(), sort, inside))
    for match in _NOTED.finditer(text):
        note = Direction("note", match.start(), match.end(), match[0])
        found.append(_Found(match.start(), match.end(), "direction", match[1], note))
    return sorted(found, key=lambda each: (each.start, -each.end, _FIRST.index(each.sort)))


def _inside(direction: Direction) -> str:
    written = direction.written.strip()
    return written.strip("()*[] ") if written[:1] in "([*" else written
