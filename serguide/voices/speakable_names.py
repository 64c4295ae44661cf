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
        from serguide.voices.natural import open_named

        try:
            open_named(name, language, libraries)
        except VoiceError as error:
            return error.message, error.hint
        return None

    def name_problem(self, name: str, libraries: tuple[Path, ...] = ()) -> tuple[str, str] | None:
        """Say what is wrong with a voice's name whatever it is to speak; None for `natural`."""
        from serguide.voices.natural import is_natural, own_language

        if is_natural(name):
            return None
        return self.voice_problem(name, own_language(name) or "en", libraries)

    def chosen_voice(self, name: str | None, language: str) -> str | None:
        """Return the best voice here where none is named, or `natural`; None for any other name."""
        from serguide.voices.natural import best_natural, default_voice, is_natural

        if not name:
            return default_voice(language)
        # Where there is no natural one, opening it says so.
        return best_natural(language) if is_natural(name) else None

    def sound_problem(self, name: str) -> tuple[str, str] | None:
        """Say what is wrong with a one-shot's name, and the next step; None when it is known."""
        from serguide.audio.oneshots import frames_of

        try:
            frames_of(name)
        except SoundError as error:
            return error.message, error.hint
        return None


KNOWN = KnownNames()
