"""Select the voice of each sentence of a session."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import Problem, VoiceError
from serguide.base.language import primary
from serguide.base.units import Samples
from serguide.script.program import SessionProgram, Spoken
from serguide.voices.base import Voice
from serguide.voices.natural import default_voice, is_natural, open_named
from serguide.voices.registry import describe_voice, is_recorded


class VoiceSelection:
    """Open each voice of a session once.

    A sentence's own voice comes before the session's. A session's voice that was made for one
    language speaks another with the same engine's voice for it: `espeak:en-us` does not read
    Czech, `espeak` does. Where nobody named the session's voice, each language has its own best.
    """

    def __init__(self, program: SessionProgram) -> None:
        self.program = program
        self._voices: dict[tuple[str, str], Voice] = {}
        self._chosen: dict[tuple[str | None, str], Voice] = {}
        self._receivers: dict[str, str | None] = {}

    @property
    def main(self) -> Voice:
        """Return the session's voice, in its own language."""
        return self._open(self.program.voice, self.program.language)

    def voice_of(self, spoken: Spoken) -> Voice:
        """Return the voice that speaks a sentence. Raises VoiceError."""
        part = (spoken.voice, spoken.language)
        if part not in self._chosen:
            try:
                self._chosen[part] = self._choose(spoken)
            except VoiceError as error:
                place = (spoken.origin.path, spoken.origin.line)
                raise type(error)(error.message, error.hint, place) from error
        return self._chosen[part]

    def _choose(self, spoken: Spoken) -> Voice:
        if spoken.voice:
            return self._open(spoken.voice, spoken.language)
        name = self.program.voice
        if primary(spoken.language) != primary(self.program.language):
            if self.program.voice_chosen:
                name = default_voice(spoken.language)
            elif not is_recorded(name):  # a person's recordings may be in any language
                name = name.partition(":")[0]
        return self._open(name, spoken.language)

    def receiver_of(self, spoken: Spoken) -> str | None:
        """Return who else would receive a sentence, None for nobody; no voice is opened."""
        name = spoken.voice or self.program.voice
        if is_natural(name):
            return None  # all of them are offline
        if is_recorded(name):  # by who speaks in its place
            return self.voice_of(spoken).sends_to
        engine = name.partition(":")[0].strip()
        if engine not in self._receivers:
            self._receivers[engine] = describe_voice(engine).sends_to
        return self._receivers[engine]

    def estimate(self, spoken: Spoken) -> Samples:
        """Return about how many samples a sentence takes, before it is spoken."""
        return self.voice_of(spoken).estimate(spoken.spoken, pace=spoken.pace, sentence=spoken)

    def _open(self, name: str, language: str) -> Voice:
        key = (name, language)
        if key not in self._voices:
            self._voices[key] = open_named(name, language, self.program.libraries)
        return self._voices[key]


def unspeakable(error: VoiceError, path: Path) -> Problem:
    """Return the problem of a script that no voice on this machine speaks."""
    file, line = error.place or (str(path), 1)
    return Problem(file, line, 1, "L027", error.message, error.hint)
