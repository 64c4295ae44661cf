"""Say whose voices speak in a session: name, licence and origin of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import VoiceError
from serguide.script.program import SessionProgram, Spoken, spoken_of
from serguide.voices.base import Voice
from serguide.voices.recorded.recorded_voice import RecordedVoice
from serguide.voices.registry import describe_voice
from serguide.voices.select import VoiceSelection


@dataclass(frozen=True, slots=True)
class VoiceCredit:
    """Name a voice; licence: SPDX, or in words; origin: who made it, in words, or empty."""

    name: str
    licence: str
    origin: str

    def __str__(self) -> str:
        """Return it as a reader is told."""
        return ", ".join(part for part in (self.name, self.origin, self.licence) if part)


def credits_of(program: SessionProgram) -> tuple[VoiceCredit, ...]:
    """Return the voices of a session, its own first, then others in the order of speaking."""
    selection = VoiceSelection(program)
    names = {program.voice: None}
    names.update((_speaker(selection.voice_of(each), each), None) for each in spoken_of(program))
    return tuple(_credit(name, program.libraries) for name in names)


def _speaker(voice: Voice, spoken: Spoken) -> str:
    """Return who really speaks a sentence: beside a recorded voice it may be another."""
    if isinstance(voice, RecordedVoice) and voice.reading_of(spoken.spoken) is None:
        return voice.otherwise.name
    return voice.name


def _credit(name: str, libraries: tuple[Path, ...]) -> VoiceCredit:
    engine, _, variant = name.partition(":")
    try:
        described = describe_voice(engine, libraries)
    except VoiceError:  # of a program that was made elsewhere
        return VoiceCredit(name, "", "")
    own = next((each for each in described.variants if each.name == variant), None)
    return VoiceCredit(
        name,
        (own.licence if own else "") or described.licence,
        (own.origin if own else "") or described.origin,
    )
