"""Blocks that a script's cues are shown as: one a cue, each a closed model for JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from serguide.base.units import LONGEST
from serguide.studio.wording.text_pieces import TextPiece

BlockTime = Annotated[float, Field(ge=0, le=float(LONGEST), allow_inf_nan=False)]
"""Seconds."""

_Name = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^./\\\x00-\x1f][^/\\\x00-\x1f]*$")
]


class CueBlock(BaseModel):
    """Stand for a cue.

    cue: its index in the file as it was read, None for a new one; above: comments that a new one
    brings along.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cue: Annotated[int, Field(ge=0)] | None = None
    above: tuple[Annotated[str, Field(max_length=2_000)], ...] = ()


class TextBlock(CueBlock):
    """Hold what is said; like: the cue whose pace and voice a new one takes on."""

    kind: Literal["say"] = "say"
    pieces: tuple[TextPiece, ...] = ()
    like: int | None = None


class PauseBlock(CueBlock):
    """Be silent for exactly some seconds."""

    kind: Literal["pause"] = "pause"
    seconds: BlockTime


class RestBlock(CueBlock):
    """Be silent for about some seconds."""

    kind: Literal["rest"] = "rest"
    seconds: BlockTime


class BreathBlock(CueBlock):
    """Breathe: seconds of each phase, and from how many times to how many."""

    kind: Literal["breathe"] = "breathe"
    inhale: Annotated[float, Field(gt=0, le=120)]
    hold: Annotated[float, Field(ge=0, le=120)] = 0
    exhale: Annotated[float, Field(gt=0, le=120)]
    rest: Annotated[float, Field(ge=0, le=120)] = 0
    fewest: Annotated[int, Field(ge=1, le=99_999)]
    most: Annotated[int, Field(ge=1, le=99_999)]


class SoundBlock(CueBlock):
    """Play a one-shot."""

    kind: Literal["sound"] = "sound"
    name: _Name


class PieceBlock(CueBlock):
    """Put another script's cues here."""

    kind: Literal["include"] = "include"
    name: _Name


class ChapterBlock(CueBlock):
    """Begin a chapter."""

    kind: Literal["chapter"] = "chapter"
    title: Annotated[str, Field(max_length=2_000)]


class KeptBlock(CueBlock):
    """Stand for a cue that is not understood; text: its lines, which stay as they are."""

    kind: Literal["kept"] = "kept"
    text: str = ""


WordBlock = Annotated[
    TextBlock
    | PauseBlock
    | RestBlock
    | BreathBlock
    | SoundBlock
    | PieceBlock
    | ChapterBlock
    | KeptBlock,
    Field(discriminator="kind"),
]
