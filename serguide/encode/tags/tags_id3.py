"""Write ID3 tags into MP3 and WAV files."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import BinaryIO

from serguide.base.errors import SoundError
from serguide.encode.tags.id3 import id3_tag, tag_length
from serguide.encode.tags.model import Tags

_RIFF = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")


def write_mp3(path: Path, tags: Tags) -> None:
    """Put a tag in front of an MP3's frames."""
    copy = path.with_name(path.name + ".tagged")
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            source.seek(tag_length(source.read(10)))
            target.write(id3_tag(tags))
            shutil.copyfileobj(source, target, 1 << 20)
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)


def write_wav(path: Path, tags: Tags) -> None:
    """Put a tag in a chunk of its own behind a WAV's samples."""
    tag = id3_tag(tags)
    with path.open("r+b") as file:
        file.seek(_end_of_samples(file, path))
        file.truncate()
        file.write(_CHUNK.pack(b"id3 ", len(tag)) + tag + bytes(len(tag) % 2))
        size = file.tell()
        file.seek(0)
        file.write(_RIFF.pack(b"RIFF", size - 8, b"WAVE"))


def _end_of_samples(file: BinaryIO, path: Path) -> int:
    """Return the byte behind the samples, where a WAV of ours has nothing but tags."""
    head = file.read(_RIFF.size)
    if len(head) == _RIFF.size and _RIFF.unpack(head)[::2] == (b"RIFF", b"WAVE"):
        while len(head := file.read(_CHUNK.size)) == _CHUNK.size:
            name, size = _CHUNK.unpack(head)
            end = file.seek(size + size % 2, 1)
            if name == b"data":
                return end
    raise SoundError(f"cannot write the tags of {path}: it is not a WAV file", "render it again")
