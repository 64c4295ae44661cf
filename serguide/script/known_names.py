"""Protocol by which scripts ask which voices and one-shots there are."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Names(Protocol):
    """Know which voices and one-shots there are; each problem is (what is wrong, hint) or None."""

    def voice_problem(
        self, name: str, language: str, libraries: tuple[Path, ...]
    ) -> tuple[str, str] | None:
        """Say what is wrong with a voice's name; libraries: where recorded voices may lie."""
        ...

    def chosen_voice(self, name: str | None, language: str) -> str | None:
        """Return the voice to speak a language where none is named, or only that it be natural.

        None where a name names one.
        """
        ...

    def sound_problem(self, name: str) -> tuple[str, str] | None:
        """Say what is wrong with a one-shot's name."""
        ...
