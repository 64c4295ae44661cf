"""Models of script and session files: validated, frozen, closed to unknown fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from serguide.base.units import Decibels
from serguide.script.cues import Cue, Frozen
from serguide.script.fields import (
    Flag,
    Language,
    Level,
    Name,
    Placeholder,
    PositiveTime,
    Prose,
    Text,
    Value,
    between,
)
from serguide.script.pronunciation import checked_pronunciation

Kind = Literal["relaxation", "breathing", "imagery", "grounding", "integration"]
Audience = Literal["adult", "child"]
Supervision = Literal["solo", "co-listen", "therapist"]
Posture = Literal["seated", "lying", "standing"]

NO_SOUNDSCAPE = "none"
DEFAULT_BED_LEVEL = Decibels(-22.0)
LOUDEST_BED = Decibels(-20.0)
"""The soundscape stays at least this far under speech, in dB, while someone speaks."""


Pronounced = Annotated[
    str, PlainValidator(checked_pronunciation), WithJsonSchema({"type": "string", "minLength": 1})
]


class SoundscapeSpec(Frozen):
    """Name a soundscape and its level under the voice."""

    name: Name
    level: Annotated[Level, between(-60.0, LOUDEST_BED, "dB")] = Field(
        DEFAULT_BED_LEVEL, description="Relative to speech: `-20dB` or lower."
    )


def _soundscape_form(value: Any) -> str:
    return "<spec>" if isinstance(value, dict | SoundscapeSpec) else "<name>"


Soundscape = Annotated[
    Annotated[Name, Tag("<name>")] | Annotated[SoundscapeSpec, Tag("<spec>")],
    Discriminator(_soundscape_form),
]


def soundscape_spec(value: str | SoundscapeSpec | None) -> SoundscapeSpec | None:
    """Return a soundscape with its level; None for none, in whichever way that was written."""
    if value is None or value == NO_SOUNDSCAPE:
        return None
    spec = SoundscapeSpec(name=value) if isinstance(value, str) else value
    return None if spec.name == NO_SOUNDSCAPE else spec


class Script(Frozen):
    """Hold one step of a session."""

    title: Prose
    kind: Kind
    about: Prose | None = Field(None, description="One or two sentences for a list.")
    language: Language = Field("en", description="BCP 47; picks voice, fixed phrases and rules.")
    audience: Audience = "adult"
    supervision: Supervision = Field("solo", description="Who should be there.")
    posture: Annotated[tuple[Posture, ...], Field(min_length=1)] = ("seated", "lying")
    soundscape: Soundscape | None = Field(None, description="A name, `none`, or name and level.")
    values: dict[Placeholder, Value] = Field({}, description="Placeholders and their defaults.")
    pronounce: dict[str, Pronounced] = Field(
        {}, description="Words spoken differently from how written: respelled, or IPA in slashes."
    )
    allow: dict[str, Text] = Field({}, description="A rule waived, with the reason.")
    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]


class StepOptions(Frozen):
    """Change one step of a session."""

    length: PositiveTime | None = Field(None, description="Fit this step to a length.")
    values: dict[Placeholder, Value] = Field({}, description="Values for this step alone.")
    optional: Flag = Field(False, description="Left out, the last one first, to reach a length.")


def _step_form(value: Any) -> str:
    return "<options>" if isinstance(value, dict) else "<name>"


Step = Annotated[
    Annotated[Name, Tag("<name>")]
    | Annotated[
        Annotated[dict[Name, StepOptions], Field(min_length=1, max_length=1)], Tag("<options>")
    ],
    Discriminator(_step_form),
]


class Session(Frozen):
    """Sequence scripts."""

    title: Prose
    about: Prose | None = Field(None, description="One or two sentences for a list.")
    language: Language = Field("en", description="BCP 47.")
    ending: Literal["alert", "sleep"] = Field("alert", description="How the listener is left.")
    length: PositiveTime | None = Field(None, description="Fit the whole session to a length.")
    voice: Text | None = Field(None, description="Such as `espeak:en-us`; default: by language.")
    soundscape: Soundscape | None = Field(None, description="A name, `none`, or name and level.")
    values: dict[Placeholder, Value] = Field({}, description="Values for all steps.")
    ground: Name = Field("five-to-one", description="The “come back to the room” track.")
    allow: dict[str, Text] = Field({}, description="A rule waived, with the reason.")
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


def step_parts(step: str | dict[str, StepOptions]) -> tuple[str, StepOptions]:
    """Return a step's script name and its options."""
    if isinstance(step, str):
        return step, StepOptions()
    (pair,) = step.items()
    return pair
