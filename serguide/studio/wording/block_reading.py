"""A script's cues -> the blocks that the screen shows."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from serguide.script.cues import (
    BreatheCue,
    ChapterCue,
    Cue,
    IncludeCue,
    PauseCue,
    RestCue,
    SayCue,
    SoundCue,
)
from serguide.studio.wording.cue_lines import CueFile, CueLines
from serguide.studio.wording.text_pieces import pieces_of
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


def read_blocks(file: CueFile) -> tuple[WordBlock, ...]:
    """Return one block a cue; what is not understood is kept as its lines."""
    return tuple(_block(file, index, cue) for index, cue in enumerate(file.cues))


def _block(file: CueFile, index: int, cue: CueLines) -> WordBlock:
    try:
        read: Any = _cue().validate_python(cue.value)
        return block_of(read, index)
    except ValidationError:
        lines = "".join(file.lines[cue.first : cue.last])
        return KeptBlock(cue=index, text=lines.strip())


def block_of(cue: Any, index: int | None) -> WordBlock:
    """Return the block of a cue's model. Raises ValidationError for what no block can hold."""
    match cue:
        case SayCue():
            return TextBlock(cue=index, pieces=pieces_of(cue.say))
        case PauseCue():
            return PauseBlock(cue=index, seconds=float(cue.pause))
        case RestCue():
            return RestBlock(cue=index, seconds=float(cue.spec.length))
        case BreatheCue():
            breath = cue.breathe
            return BreathBlock(
                cue=index,
                inhale=float(breath.inhale),
                hold=float(breath.hold),
                exhale=float(breath.exhale),
                rest=float(breath.rest),
                fewest=breath.cycles[0],
                most=breath.cycles[1],
            )
        case SoundCue():
            return SoundBlock(cue=index, name=cue.sound)
        case IncludeCue():
            return PieceBlock(cue=index, name=cue.include)
        case ChapterCue():
            return ChapterBlock(cue=index, title=" ".join(cue.chapter.split()))
    raise TypeError(f"{type(cue).__name__} is no cue")


@cache
def _cue() -> TypeAdapter[Any]:
    return TypeAdapter(Cue)
