"""Protocol by which scripts ask which voices and one-shots there are."""

from __future__ import annotations

from typing import Protocol


class Names(Protocol):
    """Know which voices and one-shots there are; each problem is (what is wrong, hint) or None."""

    def voice_problem(self, name: str, language: str) -> tuple[str, str] | None:
        """Say what is wrong with a voice's name."""
        ...

    def default_voice(self, language: str) -> str:
        """Name the voice that speaks a language where none is named."""
        ...

    def sound_problem(self, name: str) -> tuple[str, str] | None:
        """Say what is wrong with a one-shot's name."""
        ...
