"""Characters that are not seen and do things: to terminals, to players, to the order of text.

A title of somebody else's bundle could otherwise rename a window, clear a screen, or show words
in another order than they have.
"""

from __future__ import annotations

import re
from typing import Final

from serguide.base.errors import UsageError

INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that change the direction of text around them."""

_UNPRINTABLE: Final = re.compile(f"{INVISIBLE.pattern}|[\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Return a text for a terminal: what is not to be seen is written out, as `\x1b`."""
    return _UNPRINTABLE.sub(_written, text)


def printable_json(text: str) -> str:
    """Return JSON for a terminal: the same data, what is not to be seen as JSON escapes it."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def seen(text: str) -> str:
    """Return a text for a file that others open: what is not to be seen is left out."""
    return _UNPRINTABLE.sub("", text)


def require_text(
    what: str,
    text: str,
    hint: str = "write it in UTF-8, and see that this terminal's locale is of that too",
) -> None:
    """Raise UsageError unless a text can be spoken and written.

    what: it, to begin a sentence with; hint: what to do where it is bytes.
    """
    if not (found := _UNPRINTABLE.search(text)):
        return
    if "\ud800" <= found[0] <= "\udfff":
        raise UsageError(f"{what} holds bytes that are no text", hint)
    raise UsageError(
        f"{what} holds U+{ord(found[0]):04X}, a character that is not seen and changes what is",
        "delete it, and type the text around it anew",
    )


def _written(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00  # a byte of a file's name that is no text
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
