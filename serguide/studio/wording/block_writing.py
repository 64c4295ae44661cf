"""Blocks -> the same YAML: what is unchanged keeps every character, comments among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from serguide.base.errors import UsageError
from serguide.studio.wording.block_reading import read_blocks
from serguide.studio.wording.cue_edits import edited_cue
from serguide.studio.wording.cue_lines import CueFile
from serguide.studio.wording.head_entries import with_values
from serguide.studio.wording.new_cues import comment_lines, new_cue
from serguide.studio.wording.text_pieces import TextPiece, slots_in, text_of
from serguide.studio.wording.word_blocks import KeptBlock, TextBlock, WordBlock

_NOT_SHOWN = {"cue", "above"}


@dataclass(frozen=True, slots=True)
class WrittenBlocks:
    """Hold a script's new text; cues: the index of each block's cue in it, None for none."""

    text: str
    cues: tuple[int | None, ...]


def write_blocks(file: CueFile, blocks: Sequence[WordBlock]) -> WrittenBlocks:
    """Write blocks into a file. Raises UsageError where nothing is left that could be heard."""
    before = read_blocks(file)
    kept = _kept(blocks, before)
    comments = _comments(file, set(kept.values()))
    column = file.cues[0].column if file.cues else 2
    end = file.newline
    written: list[str] = []
    cues: list[int | None] = []
    count = 0
    for position, block in enumerate(blocks):
        if position in kept:
            index = kept[position]
            cue = file.cues[index]
            lead = "".join(file.lines[cue.lead : cue.first])
            changed = _changed(before[index], block)
            body = (
                edited_cue(file, cue, before[index], block)
                if changed
                else "".join(file.lines[cue.first : cue.last])
            )
            written.append(comments.get(index, "") + lead + _ended(body, end))
        else:
            like = _like(file, block)
            lines = new_cue(block, column, like)
            if not lines:
                cues.append(None)
                continue
            above = comment_lines(block.above, column)
            written.append("".join(line + end for line in [*above, *lines]))
        cues.append(count)
        count += 1
    if not count:
        raise UsageError(
            "There are no words left in this part.",
            "Write a sentence, or take the last change back.",
        )
    head = "".join(file.lines[: file.cues[0].lead])
    tail = "".join(file.lines[file.cues[-1].last :])
    text = _ended(head, end) + "".join(written) + comments.get(len(file.cues), "") + tail
    if not file.text.endswith("\n") and not tail:
        text = text.removesuffix(end)
    return WrittenBlocks(with_values(text, slots_in(_texts(blocks))), tuple(cues))


def _kept(blocks: Sequence[WordBlock], before: Sequence[WordBlock]) -> dict[int, int]:
    """Return which block stands for which cue of the file; the first of two that claim one."""
    kept: dict[int, int] = {}
    for position, block in enumerate(blocks):
        index = block.cue
        if index is None or index >= len(before) or index in kept.values():
            continue
        same = before[index].kind == block.kind
        if same and not (isinstance(block, TextBlock) and not text_of(block.pieces)):
            kept[position] = index
    return kept


def _comments(file: CueFile, kept: set[int]) -> dict[int, str]:
    """Return the comments above cues that go, by the cue that they come to stand above."""
    found: dict[int, str] = {}
    for index, cue in enumerate(file.cues):
        if index in kept:
            continue
        above = [line for line in file.lines[cue.lead : cue.first] if line.strip()]
        following = next((each for each in range(index, len(file.cues)) if each in kept), None)
        place = len(file.cues) if following is None else following
        found[place] = found.get(place, "") + "".join(above)
    return found


def _changed(old: WordBlock, new: WordBlock) -> bool:
    if isinstance(old, KeptBlock):
        return False
    if isinstance(old, TextBlock) and isinstance(new, TextBlock):
        return text_of(old.pieces) != text_of(new.pieces)
    return old.model_dump(exclude=_NOT_SHOWN) != new.model_dump(exclude=_NOT_SHOWN)


def _texts(blocks: Sequence[WordBlock]) -> list[TextPiece]:
    return [piece for block in blocks if isinstance(block, TextBlock) for piece in block.pieces]


def _like(file: CueFile, block: WordBlock) -> dict[str, object] | None:
    like = block.like if isinstance(block, TextBlock) else None
    if like is None or not 0 <= like < len(file.cues):
        return None
    value = file.cues[like].value
    return value if isinstance(value, dict) else None


def _ended(text: str, end: str) -> str:
    return text if not text or text.endswith("\n") else text + end
