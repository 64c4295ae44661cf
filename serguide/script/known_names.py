"""Protocol by which scripts ask whether a voice or one-shot exists."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Names(Protocol):
    """Know which voices and one-shots there are; each answer is (what is wrong, hint) or None."""

    def voice_problem(
        self, name: str, language: str, libraries: tuple[Path, ...]
    ) -> tuple[str, str] | None:
        """Say what is wrong with a voice's name; libraries: where recorded voices may lie."""
        ...

    def sound_problem(self, name: str) -> tuple[str, str] | None:
        """Say what is wrong with a one-shot's name."""
        ...
