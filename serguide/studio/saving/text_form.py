"""The form in which a text file lies on the disk, kept when its text is changed.

A browser's text fields know line feeds alone, and no byte order mark; a file that another program
saved with either keeps both.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from serguide.base.errors import UsageError


@dataclass(frozen=True, slots=True)
class TextForm:
    """Say how a text becomes bytes; marked: with a byte order mark; newline: of every line."""

    marked: bool = False
    newline: str = "\n"

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text with line feeds, UTF-8."""
        body = text if self.newline == "\n" else text.replace("\n", self.newline)
        return (codecs.BOM_UTF8 if self.marked else b"") + body.encode("utf-8")


def decode(content: bytes) -> tuple[str, TextForm]:
    """Return a file's text with line feeds, and its form.

    Line ends of more than one kind stay in the text as they are. Raises UsageError for bytes that
    are no UTF-8.
    """
    marked = content.startswith(codecs.BOM_UTF8)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            "the file is not saved as UTF-8",
            "save it as UTF-8 in the program that it was written with",
        ) from error
    bare = text.replace("\r\n", "")
    if "\r\n" in text and "\r" not in bare and "\n" not in bare:
        return text.replace("\r\n", "\n"), TextForm(marked, "\r\n")
    return text, TextForm(marked)
