"""Who speaks what: the voice of each sentence of a session."""

from __future__ import annotations

from serguide.base.units import Samples
from serguide.script.program import SessionProgram, Spoken
from serguide.voices.base import Voice
from serguide.voices.registry import open_voice


class VoiceCast:
    """Open each voice of a session once.

    A sentence's own voice comes before the session's. A session's voice that was made for one
    language speaks another with the same engine's voice for it: `espeak:en-us` does not read
    Czech, `espeak` does.
    """

    def __init__(self, program: SessionProgram) -> None:
        self.program = program
        self._voices: dict[tuple[str, str], Voice] = {}
        self._cast: dict[tuple[str | None, str], Voice] = {}

    @property
    def main(self) -> Voice:
        """Return the session's voice, in its own language."""
        return self._open(self.program.voice, self.program.language)

    def voice_of(self, spoken: Spoken) -> Voice:
        """Return the voice that speaks a sentence. Raises VoiceError."""
        part = (spoken.voice, spoken.language)
        if part not in self._cast:
            self._cast[part] = self._choose(spoken)
        return self._cast[part]

    def _choose(self, spoken: Spoken) -> Voice:
        if spoken.voice:
            return self._open(spoken.voice, spoken.language)
        name = self.program.voice
        if _base(spoken.language) != _base(self.program.language):
            name = name.partition(":")[0]
        return self._open(name, spoken.language)

    def estimate(self, spoken: Spoken) -> Samples:
        """Return about how many samples a sentence takes, before it is spoken."""
        return self.voice_of(spoken).estimate(spoken.spoken, pace=spoken.pace)

    def _open(self, name: str, language: str) -> Voice:
        key = (name, language)
        if key not in self._voices:
            self._voices[key] = open_voice(name, language)
        return self._voices[key]


def _base(language: str) -> str:
    return language.partition("-")[0].lower()
