"""Write Vorbis comments into Ogg Opus and FLAC; chapters as the CHAPTERxxx comments of Ogg."""

# Mutagen marks itself as typed, but its calls carry no types.
# mypy: disallow-untyped-calls=False

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.oggopus import OggOpus

from serguide.encode.tags.model import Tags, milliseconds


def write_opus(path: Path, tags: Tags) -> None:
    """Write the comment header of an Ogg Opus file, the cover within it."""
    write_comments(OggOpus(path), tags)


def write_comments(ogg: Any, tags: Tags) -> None:
    """Replace the comments of an Ogg file that mutagen has opened, and save it."""
    ogg.tags.clear()
    for name, value in _comments(tags):
        ogg[name] = value
    if tags.cover:
        ogg["METADATA_BLOCK_PICTURE"] = base64.b64encode(_picture(tags).write()).decode()
    ogg.save(padding=_no_padding)


def write_flac(path: Path, tags: Tags) -> None:
    """Write the comment and picture blocks of a FLAC file."""
    flac: Any = FLAC(path)
    if flac.tags is None:
        flac.add_tags()
    flac.tags.clear()
    flac.clear_pictures()
    for name, value in _comments(tags):
        flac[name] = value
    if tags.cover:
        flac.add_picture(_picture(tags))
    flac.save(padding=_no_padding)


def _comments(tags: Tags) -> Iterator[tuple[str, str]]:
    fields = {
        "TITLE": tags.title,
        "ALBUM": tags.album,
        "ARTIST": tags.artist,
        "LANGUAGE": tags.language_code if tags.language else "",
        "TRACKNUMBER": str(tags.number or ""),
        "TRACKTOTAL": str(tags.total or ""),
        "DESCRIPTION": tags.comment,
    }
    yield from ((name, value) for name, value in fields.items() if value)
    for index, mark in enumerate(tags.chapters, start=1):
        yield f"CHAPTER{index:03}", _clock(mark.start)
        yield f"CHAPTER{index:03}NAME", mark.title


def _clock(position: int) -> str:
    seconds, thousandths = divmod(milliseconds(position), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _picture(tags: Tags) -> Picture:
    picture = Picture()
    picture.type = PictureType.COVER_FRONT
    picture.mime = tags.cover_mime
    picture.data = tags.cover
    return picture


def _no_padding(_info: object) -> int:
    return 0
