"""New cues as YAML lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from serguide.studio.wording.cue_edits import written_cycles, written_time
from serguide.studio.wording.text_pieces import text_of
from serguide.studio.wording.word_blocks import (
    BreathBlock,
    ChapterBlock,
    KeptBlock,
    PauseBlock,
    PieceBlock,
    RestBlock,
    SoundBlock,
    TextBlock,
    WordBlock,
)
from serguide.studio.wording.yaml_scalars import WIDTH, folded, inline_scalar

_TAKEN_ON = ("pace", "volume", "voice")
"""What a cue takes on from the one that it was parted from; `beats` are what that one means."""


def new_cue(block: WordBlock, column: int, like: dict[str, Any] | None = None) -> list[str]:
    """Return a cue's lines, without line ends; nothing for a block that says nothing.

    column: of the dash; like: the cue, as read, whose pace and voice a text takes on.
    """
    dash, inside = " " * column + "- ", " " * (column + 2)
    match block:
        case TextBlock():
            text = text_of(block.pieces)
            if not text:
                return []
            further = [
                f"{inside}{key}: {inline_scalar(like[key])}"
                for key in _TAKEN_ON
                if like and isinstance(like.get(key), str)
            ]
            return [*_said(dash, "say", text, column), *further]
        case ChapterBlock():
            title = " ".join(block.title.split())
            return _said(dash, "chapter", title, column) if title else []
        case PauseBlock():
            return [f"{dash}pause: {written_time(block.seconds)}"]
        case RestBlock():
            return [f"{dash}rest: {written_time(block.seconds)}"]
        case SoundBlock():
            return [f"{dash}sound: {inline_scalar(block.name)}"]
        case PieceBlock():
            return [f"{dash}include: {inline_scalar(block.name)}"]
        case BreathBlock():
            return [f"{dash}breathe: {_breath(block)}"]
        case KeptBlock():
            return []


def comment_lines(comments: Iterable[str], column: int) -> list[str]:
    """Return comments as lines of their own, folded."""
    return [
        line
        for comment in comments
        for line in folded(" ".join(comment.split()), " " * column + "# ")
    ]


def _said(dash: str, key: str, text: str, column: int) -> list[str]:
    line = f"{dash}{key}: {inline_scalar(text)}"
    if len(line) <= WIDTH:
        return [line]
    return [f"{dash}{key}: >-", *folded(text, " " * (column + 4))]


def _breath(block: BreathBlock) -> str:
    phases = {"in": block.inhale, "hold": block.hold, "out": block.exhale, "rest": block.rest}
    written = [f"{name}: {written_time(length)}" for name, length in phases.items() if length]
    return "{" + ", ".join([*written, f"cycles: {written_cycles(block)}"]) + "}"
