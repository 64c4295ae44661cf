"""Write a sound file's title, cover and chapters, in the form that its format's players read.

Tags are written after the samples, and leave every one of them where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mutagen

from serguide.base.errors import SoundError
from serguide.encode.base import explained
from serguide.encode.tags import tags_id3, tags_mp4, tags_vorbis
from serguide.encode.tags.model import Tags

WRITERS: dict[str, Callable[[Path, Tags], None]] = {
    "mp3": tags_id3.write_mp3,
    "m4a": tags_mp4.write,
    "opus": tags_vorbis.write_opus,
    "flac": tags_vorbis.write_flac,
    "wav": tags_id3.write_wav,
}
"""By the name of a Format."""


def write_tags(path: Path, format_name: str, tags: Tags) -> None:
    """Write tags into a finished file, in place of any that it has.

    format_name: a key of FORMATS. Raises SoundError; the file may then be half-written.
    """
    _written(WRITERS[format_name], path, format_name, tags)


def write_audiobook_tags(path: Path, tags: Tags) -> None:
    """Write tags into a finished M4B: AAC that is to be known as a book. As write_tags."""
    _written(tags_mp4.write_audiobook, path, "m4b", tags)


def _written(writer: Callable[[Path, Tags], None], path: Path, kind: str, tags: Tags) -> None:
    with explained(path, "write the tags of"):
        try:
            writer(path, tags)
        except mutagen.MutagenError as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from error
            message = f"cannot write the tags of {path}: it is not a whole {kind} file"
            raise SoundError(message, "render it again") from error
