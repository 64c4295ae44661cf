"""ID3v2.3 in MP3 and WAV.

Version 2.3, not 2.4: Windows, cars and older players read nothing newer, and the chapter
frames (ID3v2 Chapter Frame Addendum 1.0) are the same in both.
"""

# Mutagen marks itself as typed, but its calls carry no types.
# mypy: disallow-untyped-calls=False

from __future__ import annotations

from pathlib import Path
from typing import Any

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TIT2,
    TLAN,
    TPE1,
    TRCK,
    CTOCFlags,
    Encoding,
    Frame,
    PictureType,
)
from mutagen.wave import WAVE

from serguide.sound.encode.tagged import Tags, milliseconds

_VERSION = 3
_UTF16 = Encoding.UTF16  # all that 2.3 has beyond Latin-1
_NO_OFFSET = 0xFFFF_FFFF  # chapters are found by time, not by byte


def write_mp3(path: Path, tags: Tags) -> None:
    """Put an ID3 tag in front of an MP3's frames."""
    id3 = ID3()
    for frame in _frames(tags):
        id3.add(frame)
    id3.save(path, v1=0, v2_version=_VERSION, padding=_no_padding)


def write_wav(path: Path, tags: Tags) -> None:
    """Put an ID3 tag in a chunk behind a WAV's samples."""
    wav = WAVE(path)
    if wav.tags is None:
        wav.add_tags()
    id3: Any = wav.tags
    id3.clear()
    for frame in _frames(tags):
        id3.add(frame)
    id3.save(path, v1=0, v2_version=_VERSION, padding=_no_padding)


def _frames(tags: Tags) -> list[Frame]:
    frames: list[Frame] = [TIT2(_UTF16, tags.title)]
    if tags.album:
        frames.append(TALB(_UTF16, tags.album))
    if tags.artist:
        frames.append(TPE1(_UTF16, tags.artist))
    if tags.language:
        frames.append(TLAN(_UTF16, tags.language_code))
    if tags.number:
        of = f"/{tags.total}" if tags.total else ""
        frames.append(TRCK(_UTF16, f"{tags.number}{of}"))
    if tags.comment:
        frames.append(COMM(_UTF16, tags.language_code, "", tags.comment))
    if tags.cover:
        cover = PictureType.COVER_FRONT
        frames.append(APIC(_UTF16, tags.cover_mime, cover, "", tags.cover))
    if tags.chapters:
        names = [f"chapter{index}" for index in range(len(tags.chapters))]
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        frames.append(CTOC("toc", flags, names, [TIT2(_UTF16, tags.title)]))
        for name, mark in zip(names, tags.chapters, strict=True):
            start, end = milliseconds(mark.start), milliseconds(mark.end)
            title = [TIT2(_UTF16, mark.title)]
            frames.append(CHAP(name, start, end, _NO_OFFSET, _NO_OFFSET, title))
    return frames


def _no_padding(_info: object) -> int:
    return 0
