"""Models of the cues in a script: frozen, closed to unknown fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from serguide.base.units import Decibels, Seconds, format_time
from serguide.script.fields import (
    Cycles,
    Decimal,
    Flag,
    Level,
    Name,
    PositiveTime,
    Prose,
    Text,
    Time,
    Whole,
    between,
    refusal,
)


class Frozen(BaseModel):
    """Be immutable, and refuse keys that are not declared."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


Pace = Annotated[Decimal, between(0.5, 2.0, "")]
Volume = Annotated[Level, between(-40.0, 6.0, "dB")]


_NO_TIME = Seconds(Fraction(0))


class SayCue(Frozen):
    """Speak a text, sentence by sentence."""

    say: Prose = Field(description="What is spoken. `[2s]` is an exact pause, `{name}` a value.")
    beats: tuple[Text, ...] = Field((), description="What it means, for the safety check.")
    pace: Pace = Field(1.0, description="Speed, relative to the voice's own: 0.5 to 2.")
    volume: Volume = Field(Decibels(0.0), description="Level relative to the rest: `-2dB`.")
    voice: Text | None = Field(None, description="Another voice for this cue: `espeak:en-gb`.")


class PauseCue(Frozen):
    """Be silent for an exact time."""

    pause: Time = Field(description="Exact, to the sample.")


class RestSpec(Frozen):
    """Say how far a rest may stretch and shrink."""

    length: Time = Field(alias="for", description="The rest's natural length.")
    shortest: Time | None = Field(None, alias="min", description="Default: half of `for`.")
    longest: Time | None = Field(None, alias="max", description="Default: three times `for`.")
    announced: Flag = Field(False, description="The words before it say that it will be quiet.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low = self.shortest if self.shortest is not None else Seconds(self.length / 2)
        high = self.longest if self.longest is not None else Seconds(self.length * 3)
        if not low <= self.length <= high:
            raise refusal(
                "L018",
                f"min {format_time(low)}, for {format_time(self.length)} and max "
                f"{format_time(high)} are not in order",
                "min must not be longer than for, nor for longer than max",
            )
        return self


def _rest_form(value: Any) -> str:
    return "<spec>" if isinstance(value, dict | RestSpec) else "<time>"


class RestCue(Frozen):
    """Be silent for about a time."""

    rest: Annotated[
        Annotated[Time, Tag("<time>")] | Annotated[RestSpec, Tag("<spec>")],
        Discriminator(_rest_form),
    ] = Field(description="Elastic: may stretch or shrink when a session is fitted to a length.")

    @property
    def spec(self) -> RestSpec:
        """Return the rest with its bounds."""
        return self.rest if isinstance(self.rest, RestSpec) else RestSpec(**{"for": self.rest})


class Breath(Frozen):
    """Describe a block of paced breathing."""

    inhale: PositiveTime = Field(alias="in", description="Breathing in.")
    hold: Time = Field(_NO_TIME, description="Holding after in; none by default.")
    exhale: PositiveTime = Field(alias="out", description="Breathing out.")
    rest: Time = Field(_NO_TIME, description="Resting after out; none by default.")
    cycles: Cycles = Field(description="How many breaths; a range is elastic.")
    guide: Literal["words", "tone", "both", "none"] = Field(
        "words", description="What leads the breath."
    )
    guide_cycles: Whole = Field(3, description="Cycles with spoken words; then the tone goes on.")


class BreatheCue(Frozen):
    """Breathe on an absolute grid."""

    breathe: Breath


class SoundCue(Frozen):
    """Play a one-shot such as a bowl."""

    sound: Name
    volume: Volume = Field(Decibels(0.0), description="Level relative to its own: `-3dB`.")


class IncludeCue(Frozen):
    """Put another script's cues here."""

    include: Name = Field(description="A script's name, without folder and without `.yaml`.")


class ChapterCue(Frozen):
    """Begin a part that a listener can jump to."""

    chapter: Prose


CUES: dict[str, type[Frozen]] = {
    "say": SayCue,
    "pause": PauseCue,
    "rest": RestCue,
    "breathe": BreatheCue,
    "sound": SoundCue,
    "include": IncludeCue,
    "chapter": ChapterCue,
}


def _cue_form(value: Any) -> str | None:
    if isinstance(value, Frozen):
        return next((f"<{name}>" for name, model in CUES.items() if type(value) is model), None)
    if not isinstance(value, dict):
        return None
    found = [name for name in CUES if name in value]
    return f"<{found[0]}>" if len(found) == 1 else None


Cue = Annotated[
    Annotated[SayCue, Tag("<say>")]
    | Annotated[PauseCue, Tag("<pause>")]
    | Annotated[RestCue, Tag("<rest>")]
    | Annotated[BreatheCue, Tag("<breathe>")]
    | Annotated[SoundCue, Tag("<sound>")]
    | Annotated[IncludeCue, Tag("<include>")]
    | Annotated[ChapterCue, Tag("<chapter>")],
    Discriminator(_cue_form),
]
