"""A document as it was read: paragraphs of words, silences, breaths and remarks, with places."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Unsaid = Literal["ellipsis", "pause", "short", "long", "breath"]
"""Silences of which a writer leaves the length open."""

Unit = Literal["line", "paragraph"]
"""What places in a document are counted in."""


@dataclass(frozen=True, slots=True)
class Uttered:
    """Hold words that are spoken."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenPause:
    """Be silent.

    length: seconds as written, or None where `unsaid` tells which length is open; count: of
    those; why: how a length was read that could be read otherwise.
    """

    written: str
    line: int
    length: Fraction | None = None
    unsaid: Unsaid | None = None
    count: int = 1
    why: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold a note to the reader; why: what it was taken for."""

    text: str
    line: int
    why: str = "a note"


@dataclass(frozen=True, slots=True)
class Breaths:
    """Breathe in cycles; the phases are seconds."""

    written: str
    line: int
    inhale: Fraction
    hold: Fraction
    exhale: Fraction
    rest: Fraction
    cycles: int


@dataclass(frozen=True, slots=True)
class Blank:
    """Stand for what is filled in, such as the client's name."""

    name: str
    written: str
    line: int


Part = Uttered | WrittenPause | Remark | Breaths | Blank


@dataclass(slots=True)
class ImportedParagraph:
    """Hold one paragraph; heading: its level, 0 for none."""

    line: int
    parts: list[Part] = field(default_factory=list)
    heading: int = 0

    @property
    def text(self) -> str:
        """Return its words alone."""
        return "".join(part.text for part in self.parts if isinstance(part, Uttered))


@dataclass(slots=True)
class ImportedDocument:
    """Hold what a reader found; form: its format's name; title, language: as it states them.

    pronounce: words that it wants spoken differently.
    """

    form: str
    unit: Unit = "line"
    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    title: str = ""
    language: str = ""
    pronounce: dict[str, str] = field(default_factory=dict)
