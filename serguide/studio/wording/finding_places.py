"""Places of problems on the screen: the block, and the sentence within."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from serguide.script.sentence_split import split_sentences
from serguide.studio.wording.cue_lines import CueFile, children, place_of
from serguide.studio.wording.text_pieces import CHIP, TextPiece, counted, text_of
from serguide.studio.wording.word_blocks import TextBlock, WordBlock

_AROUND: Final = f" {CHIP}"


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Hold a place on the screen.

    cue: its index; start, end: of the sentence in the block's text, end exclusive, in UTF-16
    units, in which browsers count; a chip is one; both 0 for the block as a whole.
    """

    cue: int
    start: int = 0
    end: int = 0
    sentence: str = ""


def block_place(
    file: CueFile, blocks: tuple[WordBlock, ...], line: int, column: int, language: str
) -> BlockPlace | None:
    """Return where line and column, from 1, stand; None for what is in no cue."""
    index = next((n for n, cue in enumerate(file.cues) if cue.first < line <= cue.last), None)
    if index is None:
        return None
    block = blocks[index]
    if not isinstance(block, TextBlock):
        return BlockPlace(index)
    place = place_of(file.text, children(file.cues[index].node)["say"])
    at = min(max(file.offset(line - 1) + column - 1, place.start), place.end)
    before = file.text[place.start : at]
    if place.style in ("|", ">"):
        before = before.partition("\n")[2]
    passed = _inked(before.removeprefix(place.style) if place.style in ("'", '"') else before)
    position = _position(block.pieces, passed)
    text = counted(block.pieces)
    for start, end in sentence_spans(text, language):
        if position < end:
            return BlockPlace(index, _units(text[:start]), _units(text[:end]), text[start:end])
    return BlockPlace(index)


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return first and last character of each sentence, end exclusive; chips around it left out."""
    spans, at = [], 0
    for sentence in split_sentences(text, language):
        start = text.find(sentence, at)
        at = start + len(sentence)
        core = sentence.strip(_AROUND) if sentence.strip(_AROUND) else sentence
        begin = start + sentence.find(core)
        # A value may begin a sentence: “{name}, here you are.”
        if sentence[: begin - start].endswith(CHIP) and core[:1] in ",.;:!?":
            begin -= 1
        spans.append((begin, begin + len(core) + (start + sentence.find(core) - begin)))
    return spans


def _position(pieces: tuple[TextPiece, ...], passed: int) -> int:
    """Return the character of a counted text before which so many written ones stand."""
    position = 0
    for piece in pieces:
        whole = _inked(text_of((piece,)))
        shown = counted((piece,))
        if passed >= whole:
            passed -= whole
            position += len(shown)
            continue
        if shown == CHIP:
            return position
        for char in shown:
            if passed <= 0 and not char.isspace():
                return position
            passed -= (0 if char.isspace() else 1) + (char in "[]{}")
            position += 1
        return position
    return position


def _inked(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
