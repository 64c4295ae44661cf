"""Write tags into M4A and M4B files.

Chapters need a track of their own for Apple's players and a `chpl` atom for others. FFmpeg
writes both, but only with the rest of the container: the packets are copied into a new one,
not encoded again, and the edit list with them. Mutagen then adds what needs no packets moved.
"""

# Mutagen marks itself as typed, but its calls carry no types.
# mypy: disallow-untyped-calls=False

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.mp4 import MP4, AtomDataType, MP4Cover

from serguide.base.units import SAMPLERATE
from serguide.encode.av import BITEXACT
from serguide.encode.m4a import M4aEncoder
from serguide.encode.sink import Sink
from serguide.encode.tags.model import Tags

_COVERS = {"image/png": AtomDataType.PNG, "image/jpeg": AtomDataType.JPEG}


_AUDIOBOOK = 2
"""Apple's media kind: phones put it with the books, and keep the place in it."""


def write(path: Path, tags: Tags) -> None:
    """Write chapters and language, then the atoms that hold the rest."""
    _write(path, tags, {}, {})


def write_audiobook(path: Path, tags: Tags) -> None:
    """Write the tags of an M4B: as of an M4A, and what tells a player that it is a book."""
    more: dict[str, list[Any]] = {
        "stik": [_AUDIOBOOK],
        "aART": [tags.artist],
        "\xa9gen": ["Audiobook"],
    }
    if tags.comment:
        more["desc"] = [tags.comment]
    _write(path, tags, more, {"brand": "M4B "})


def _write(
    path: Path, tags: Tags, more: Mapping[str, list[Any]], options: Mapping[str, str]
) -> None:
    import av  # large, and for this format alone

    copy = path.with_name(path.name + ".chapters")
    try:
        _copy(path, copy, tags, options)
        copy.replace(path)
    except av.error.InvalidDataError as error:
        raise MutagenError(str(error)) from error
    finally:
        copy.unlink(missing_ok=True)
    mp4 = MP4(path)
    fields = {
        "\xa9nam": tags.title,
        "\xa9alb": tags.album,
        "\xa9ART": tags.artist,
        "\xa9cmt": tags.comment,
        "trkn": (tags.number, tags.total) if tags.number else None,
        "covr": MP4Cover(tags.cover, _COVERS[tags.cover_mime]) if tags.cover else None,
    }
    for name, value in fields.items():
        if value:
            mp4[name] = [value]
    for name, values in more.items():
        mp4[name] = values
    mp4.save(padding=_no_padding)


def _copy(source: Path, target: Path, tags: Tags, more: Mapping[str, str]) -> None:
    import av

    options = BITEXACT | dict(M4aEncoder.container_options) | dict(more)
    with contextlib.ExitStack() as stack:
        read = stack.enter_context(av.open(stack.enter_context(source.open("rb")), "r"))
        sink = Sink(stack.enter_context(target.open("w+b")))
        write_to = stack.enter_context(
            av.open(sink, "w", format=M4aEncoder.container, container_options=options)
        )
        audio = read.streams.audio[0]
        copied = write_to.add_stream_from_template(audio)
        if tags.language:
            copied.metadata["language"] = tags.language_code
        # PyAV 19 declares a type of its own for what every release takes as a Fraction.
        chapters: list[Any] = [
            {
                "id": index,
                "start": mark.start,
                "end": mark.end,
                "time_base": Fraction(1, SAMPLERATE),
                "metadata": {"title": mark.title},
            }
            for index, mark in enumerate(tags.chapters)
        ]
        write_to.set_chapters(chapters)
        for packet in read.demux(audio):
            if packet.dts is not None:  # the empty packet that ends the stream
                packet.stream = copied
                write_to.mux(packet)
        write_to.close()
        sink.check()


def _no_padding(_info: object) -> int:
    return 0
