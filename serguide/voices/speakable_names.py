"""Names of voices and one-shots that scripts may use, for the script package to ask about."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import SoundError, VoiceError


class KnownNames:
    """Answer from the voices and one-shots that there really are."""

    def voice_problem(
        self, name: str, language: str, libraries: tuple[Path, ...] = ()
    ) -> tuple[str, str] | None:
        """Say what is wrong with a voice's name, and the next step; None when it can be opened."""
        from serguide.voices.registry import open_voice

        try:
            open_voice(name, language, libraries)
        except VoiceError as error:
            return error.message, error.hint
        return None

    def sound_problem(self, name: str) -> tuple[str, str] | None:
        """Say what is wrong with a one-shot's name, and the next step; None when it is known."""
        from serguide.audio.oneshots import frames_of

        try:
            frames_of(name)
        except SoundError as error:
            return error.message, error.hint
        return None


KNOWN = KnownNames()
