"""Draft of a script: its head and cues, before it is YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from serguide.importing.document import Breaths

DraftKind = Literal["say", "pause", "rest", "breathe", "chapter"]


@dataclass(slots=True)
class DraftCue:
    """Hold a cue.

    text: of a say or chapter, as scripts write it; length: of a pause or rest, in seconds;
    comments: what stands above it.
    """

    kind: DraftKind
    text: str = ""
    length: Fraction = Fraction(0)
    breaths: Breaths | None = None
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """Hold a script; comments: what stands below the last cue."""

    title: str
    kind: str = ""
    language: str = ""
    values: list[str] = field(default_factory=list)
    pronounce: dict[str, str] = field(default_factory=dict)
    cues: list[DraftCue] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def spoken(self) -> str:
        """Return all that is said, as scripts write it."""
        return "\n".join(cue.text for cue in self.cues if cue.kind == "say")
