"""Hints: a next step in words, and what of it a caller can set or look at, as data.

A library does not know who calls it. So it says “use an offline voice” and names the setting,
`Remedy("voice", "espeak")`; the command line writes its flag behind it (cli/remedies.py), and
other callers may offer a button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

RemedyKind = Literal[
    # What a request says.
    "voice",
    "allow_cloud",
    "value",
    "length",
    "nearest",
    "format",
    "bitrate",
    "size",
    "target",
    "keep_others",
    "locale",
    "supervised_by",
    "force",
    # What an import says.
    "script_name",
    "split",
    "light",
    # What shows or makes something.
    "names",
    "voices",
    "get_voice",
    "remove_voice",
    "weights_folder",
    "record",
    "soundscapes",
    "problems",
    "codes",
    "schema",
    "doctor",
    "new_library",
    "clear_cache",
]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Name a setting or a listing that helps.

    value: what to set it to, such as a voice's name; empty where the choice is the caller's.
    """

    kind: RemedyKind
    value: str = ""


class Hint(str):
    """Say the next step; remedies: what in it a caller can set or look at."""

    __slots__ = ("remedies",)

    remedies: tuple[Remedy, ...]

    def __new__(cls, text: str, *remedies: Remedy) -> Hint:
        """Make the text, and keep the remedies beside it."""
        hint = super().__new__(cls, text)
        hint.remedies = remedies
        return hint

    def __getnewargs__(self) -> tuple[str | Remedy, ...]:  # type: ignore[override]
        return (str(self), *self.remedies)


def remedies_of(hint: str) -> tuple[Remedy, ...]:
    """Return what a hint names as data; nothing for one that is text alone."""
    return hint.remedies if isinstance(hint, Hint) else ()


SEE_NAMES: Final = Hint("look at what the libraries hold", Remedy("names"))
"""The next step when there is no script or session of a name."""

SEE_SOUNDSCAPES: Final = Hint("look at the soundscapes that there are", Remedy("soundscapes"))
"""The next step when there is no soundscape of a name."""
