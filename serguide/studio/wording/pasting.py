"""Pasted text -> blocks by the rules of the import: pause notes are chips then, and it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from serguide.base.errors import DocumentError
from serguide.importing.assumptions import Assumptions
from serguide.importing.decisions import Decision
from serguide.importing.drafting.draft import Draft, DraftCue
from serguide.importing.importer import PASTED, draft_text
from serguide.studio.wording.text_pieces import PauseChip, pieces_of
from serguide.studio.wording.word_blocks import (
    BreathBlock,
    ChapterBlock,
    PauseBlock,
    RestBlock,
    TextBlock,
    WordBlock,
)

LONGEST_PASTE: Final = 400_000
"""Characters that may be pasted at once: some six hours of speech."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Hold what a pasted text came to; pauses: silences in it; decisions: what was decided."""

    blocks: tuple[WordBlock, ...]
    pauses: int
    decisions: tuple[Decision, ...]


def paste(text: str, language: str) -> Pasted:
    """Return a pasted text as blocks; language: of the script that it comes to stand in.

    Raises DocumentError where nothing in it could be spoken.
    """
    if len(text) > LONGEST_PASTE:
        raise DocumentError(
            "This is too much text to paste at once.", "Import it as a document, or paste a part."
        )
    drafts, log = draft_text(text, Assumptions(language=language, kind="relaxation"))
    titled = "\n" in text.strip()  # a single line is words, whatever it looks like
    blocks = tuple(block for draft in drafts for block in _of_draft(draft, titled=titled))
    pauses = sum(
        isinstance(block, PauseBlock | RestBlock)
        + sum(isinstance(piece, PauseChip) for piece in getattr(block, "pieces", ()))
        for block in blocks
    )
    decisions = (each for each in log.decisions if each.verdict != "proposed")
    return Pasted(blocks, pauses, tuple(decisions))


def _of_draft(draft: Draft, *, titled: bool) -> Iterator[WordBlock]:
    if titled and draft.title != PASTED:
        yield ChapterBlock(title=draft.title)
    for cue in draft.cues:
        yield _of_cue(cue)


def _of_cue(cue: DraftCue) -> WordBlock:
    above = tuple(cue.comments)
    if cue.breaths is not None:
        breaths = cue.breaths
        return BreathBlock(
            above=above,
            inhale=_seconds(breaths.inhale),
            hold=_seconds(breaths.hold),
            exhale=_seconds(breaths.exhale),
            rest=_seconds(breaths.rest),
            fewest=breaths.cycles,
            most=breaths.cycles,
        )
    if cue.kind == "chapter":
        return ChapterBlock(above=above, title=cue.text)
    if cue.kind == "pause":
        return PauseBlock(above=above, seconds=_seconds(cue.length))
    if cue.kind == "rest":
        return RestBlock(above=above, seconds=_seconds(cue.length))
    return TextBlock(above=above, pieces=pieces_of(cue.text))


def _seconds(length: Fraction) -> float:
    return float(round(length, 3))
