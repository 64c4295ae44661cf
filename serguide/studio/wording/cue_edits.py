"""Edits of one cue in place: only the characters of what is different change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from serguide.base.units import format_time, parse_time
from serguide.studio.wording.cue_lines import CueFile, CueLines, children, end_of, place_of
from serguide.studio.wording.text_pieces import text_of
from serguide.studio.wording.word_blocks import (
    BreathBlock,
    ChapterBlock,
    PauseBlock,
    PieceBlock,
    RestBlock,
    SoundBlock,
    TextBlock,
    WordBlock,
)
from serguide.studio.wording.yaml_scalars import WIDTH, folded, inline_scalar, rewrapped


@dataclass(frozen=True, slots=True)
class YamlEdit:
    """Replace the characters from start to end, end exclusive."""

    start: int
    end: int
    text: str


def edited_cue(file: CueFile, cue: CueLines, old: WordBlock, new: WordBlock) -> str:
    """Return a cue's lines as they are with what a block changes; old: the block as read."""
    start, end = file.offset(cue.first), file.offset(cue.last)
    text = file.text[start:end]
    for edit in sorted(_edits(file, cue, old, new), key=lambda each: -each.start):
        text = text[: edit.start - start] + edit.text + text[edit.end - start :]
    return text


def _edits(file: CueFile, cue: CueLines, old: WordBlock, new: WordBlock) -> Iterator[YamlEdit]:
    node = next(value for key, value in cue.node.value if key.value == old.kind)
    match old, new:
        case TextBlock(), TextBlock():
            yield from _text_edits(file, cue, node, text_of(new.pieces))
        case ChapterBlock(), ChapterBlock():
            yield from _text_edits(file, cue, node, new.title)
        case SoundBlock() | PieceBlock(), SoundBlock() | PieceBlock():
            yield from _text_edits(file, cue, node, new.name)
        case PauseBlock(), PauseBlock():
            yield _time(file, node, new.seconds)
        case RestBlock(), RestBlock():
            yield from _rest_edits(file, node, new.seconds)
        case BreathBlock(), BreathBlock():
            yield from _breath_edits(file, node, old, new)


def _text_edits(file: CueFile, cue: CueLines, node: Any, text: str) -> Iterator[YamlEdit]:
    """Change a text in the form that it has; one that grows long is folded."""
    place = place_of(file.text, node)
    if " ".join(place.value.split()) == text:
        return
    if place.style in ("|", ">"):
        yield _block_text(file, cue, place.start, place.end, text)
        return
    flow = bool(cue.node.flow_style)
    written = inline_scalar(text, place.style, flow=flow)
    line = file.text.rfind("\n", 0, place.start) + 1
    if flow or place.start - line + len(written) <= WIDTH:
        yield YamlEdit(place.start, place.end, written)
        return
    ends = file.text.find("\n", place.end)
    ends = len(file.text) if ends < 0 else ends
    behind = file.text[place.end : ends].rstrip("\r")
    lines = folded(text, " " * (cue.column + 4))
    yield YamlEdit(place.start, ends, file.newline.join([">-" + behind, *lines]) + _cr(file))


def _block_text(file: CueFile, cue: CueLines, start: int, end: int, text: str) -> YamlEdit:
    """Change a folded or literal text below its mark, line by line."""
    first = file.text.find("\n", start, end) + 1
    if not first:
        return YamlEdit(
            end, end, file.newline + file.newline.join(folded(text, " " * (cue.column + 4)))
        )
    lines = [line.rstrip("\r") for line in file.text[first:end].split("\n")]
    held = next((line for line in lines if line.strip()), " " * (cue.column + 4))
    indent = held[: len(held) - len(held.lstrip(" "))]
    return YamlEdit(first, end, file.newline.join(rewrapped(lines, text, indent)))


def _cr(file: CueFile) -> str:
    return "\r" if file.newline == "\r\n" else ""


def _time(file: CueFile, node: Any, seconds: float) -> YamlEdit:
    place = place_of(file.text, node)
    return YamlEdit(place.start, place.end, written_time(seconds))


def written_time(seconds: float) -> str:
    """Write seconds as scripts do."""
    return format_time(Fraction(str(seconds)))


def _rest_edits(file: CueFile, node: Any, seconds: float) -> Iterator[YamlEdit]:
    """Change a rest's length, and its bounds where the new length lies outside of them."""
    spec = children(node)
    if not spec:
        yield _time(file, node, seconds)
        return
    yield _time(file, spec["for"], seconds)
    length = Fraction(str(seconds))
    if "min" in spec and parse_time(spec["min"].value) > length:
        yield _time(file, spec["min"], seconds)
    if "max" in spec and parse_time(spec["max"].value) < length:
        yield _time(file, spec["max"], seconds)


_PHASES = (
    ("in", "inhale", "in"),
    ("hold", "hold", "in"),
    ("out", "exhale", "out"),
    ("rest", "rest", "out"),
)
"""Each phase's key, the block's field, and the key that a new one stands behind."""


def _breath_edits(
    file: CueFile, node: Any, old: BreathBlock, new: BreathBlock
) -> Iterator[YamlEdit]:
    spec = children(node)
    for key, field, behind in _PHASES:
        seconds = getattr(new, field)
        if seconds == getattr(old, field):
            continue
        if key in spec:
            yield _time(file, spec[key], seconds)
        else:
            yield _added(file, node, spec[behind], f"{key}: {written_time(seconds)}")
    if (old.fewest, old.most) != (new.fewest, new.most):
        place = place_of(file.text, spec["cycles"])
        yield YamlEdit(place.start, place.end, written_cycles(new))


def written_cycles(block: BreathBlock) -> str:
    """Write how many breaths, as a number or a range."""
    few, many = sorted((block.fewest, block.most))
    return str(few) if few == many else f"{few}..{many}"


def _added(file: CueFile, node: Any, behind: Any, entry: str) -> YamlEdit:
    """Put an entry behind another one, in a bracket or on a line of its own."""
    end = end_of(file.text, behind)
    if node.flow_style:
        return YamlEdit(end, end, f", {entry}")
    first = node.start_mark.index
    column = first - file.text.rfind("\n", 0, first) - 1
    ends = file.text.find("\n", end)
    ends = len(file.text) if ends < 0 else ends - len(_cr(file))
    return YamlEdit(ends, ends, f"{file.newline}{' ' * column}{entry}")
