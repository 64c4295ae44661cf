"""Write a draft as YAML: keys in their usual order, long texts folded, comments above cues."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from serguide.base.units import format_time
from serguide.importing.document import Breaths
from serguide.importing.drafting.draft import Draft, DraftCue

WIDTH: Final = 96
"""Characters of a line, where words allow it."""

_PLAIN: Final = re.compile(r"[\w…“„«‘](?:[\w ,.'’‘“”„«»\"!?…()\[\]{}/;–—-]|:(?=\S))*")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


def script_yaml(draft: Draft) -> str:
    """Return the YAML of a draft."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"title: {_scalar(draft.title)}"
    yield f"kind: {draft.kind}"
    yield f"language: {_scalar(draft.language)}"
    if draft.values:
        yield "values: {" + ", ".join(f'{name}: ""' for name in draft.values) + "}"
    if draft.pronounce:
        yield "pronounce:"
        for word, spoken in draft.pronounce.items():
            yield f"  {_quoted(word)}: {_quoted(spoken)}"
    yield "cues:"
    for cue in draft.cues:
        for comment in cue.comments:
            yield from _comment(comment)
        yield from _cue(cue)
    for comment in draft.comments:
        yield from _comment(comment)


def _cue(cue: DraftCue) -> Iterator[str]:
    if cue.kind in ("pause", "rest"):
        yield f"  - {cue.kind}: {format_time(cue.length)}"
    elif cue.breaths is not None:
        yield f"  - breathe: {_breath(cue.breaths)}"
    elif cue.kind == "say" and not (_PLAIN.fullmatch(cue.text) and len(cue.text) < WIDTH - 9):
        yield "  - say: >-"
        yield from _wrapped(cue.text, "      ")
    else:
        yield f"  - {cue.kind}: {_scalar(cue.text)}"


def _breath(breaths: Breaths) -> str:
    phases = {
        "in": breaths.inhale,
        "hold": breaths.hold,
        "out": breaths.exhale,
        "rest": breaths.rest,
    }
    written = [f"{name}: {format_time(length)}" for name, length in phases.items() if length]
    # Guide words would be words that the document does not have.
    return "{" + ", ".join([*written, f"cycles: {breaths.cycles}", "guide: tone"]) + "}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and not text.endswith(" ") else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPED)}"'


def _comment(text: str) -> Iterator[str]:
    yield from _wrapped(text, "  # ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
