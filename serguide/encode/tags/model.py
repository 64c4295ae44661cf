"""Tags of a sound file as data: title, album, language, cover, chapters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from serguide.base.units import SAMPLERATE, Samples
from serguide.encode.tags.iso_639 import iso_639_2


class ChapterMark(NamedTuple):
    """Name a part of the file, from sample `start` up to, not including, `end`."""

    start: Samples
    end: Samples
    title: str


@dataclass(frozen=True, slots=True)
class Tags:
    """Hold what is written; what is empty is left out.

    language: BCP 47; number, total: of the track, from 1, 0 for none; comment: for a person
    to read; cover: an image file's bytes, cover_mime: `image/png` or `image/jpeg`; chapters:
    in order.
    """

    title: str
    album: str = ""
    artist: str = ""
    language: str = ""
    number: int = 0
    total: int = 0
    comment: str = ""
    cover: bytes = b""
    cover_mime: str = "image/png"
    chapters: tuple[ChapterMark, ...] = ()

    @property
    def language_code(self) -> str:
        """Return the language in ISO 639-2, `und` if there is none."""
        return iso_639_2(self.language)


def milliseconds(position: int) -> int:
    """Return the millisecond nearest to a sample."""
    return (position * 1000 + SAMPLERATE // 2) // SAMPLERATE
