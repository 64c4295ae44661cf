"""Decisions of an import, each with its place: taken, assumed, left as text, dropped, proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["taken", "assumed", "left", "dropped", "proposed"]

MEANINGS: Final[dict[Verdict, str]] = {
    "taken": "read as something else than words",
    "assumed": "open in the text, and settled by an option or its default",
    "left": "left as text, and spoken: look at it",
    "dropped": "not in the script",
    "proposed": "a proposal, to be changed in the file",
}

LONGEST: Final = 400
"""Characters of a fragment that a report shows."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Tell what was made of a fragment; line: where it stands, 0 for the document as a whole."""

    line: int
    verdict: Verdict
    written: str
    became: str


class DecisionLog:
    """Collect decisions in the order in which they are made."""

    def __init__(self) -> None:
        self._made: dict[Decision, None] = {}

    def add(self, line: int, verdict: Verdict, written: str, became: str) -> None:
        """Note a decision; the same one of one place counts once."""
        short = written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"
        self._made[Decision(line, verdict, short, became)] = None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided, by place."""
        return tuple(sorted(self._made, key=lambda decision: decision.line))
