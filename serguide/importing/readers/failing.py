"""Refusals of files that cannot be read: one sentence, and the next step."""

from __future__ import annotations

from typing import Final, NoReturn

from serguide.base.errors import DocumentError

AS_TEXT: Final = "Open it in the program that wrote it, and save it as .docx or as plain text."


def refuse(name: str, what: str, step: str = AS_TEXT) -> NoReturn:
    """Raise DocumentError; what: the end of a sentence after the file's name, as `is empty`."""
    raise DocumentError(f"{name} {what}.", step)
