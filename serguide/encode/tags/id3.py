"""Build an ID3v2.3 tag as bytes.

Version 2.3, not 2.4: Windows, cars and older players read nothing newer, and the chapter
frames are the same in both. Written here, because a reader without a table of contents takes
chapters as they come, and Mutagen would sort them by their length in bytes.

Sources: ID3 tag version 2.3.0; ID3v2 Chapter Frame Addendum 1.0.
"""

from __future__ import annotations

import struct

from serguide.encode.tags.model import Tags, milliseconds

_UTF16 = b"\1"
_LATIN1 = b"\0"
_FRONT_COVER = b"\3"
_TOP_LEVEL_ORDERED = 0b11
_NO_OFFSET = 0xFFFF_FFFF  # chapters are found by time, not by byte
_MOST_CHAPTERS = 255  # the table of contents counts them in a byte


def id3_tag(tags: Tags) -> bytes:
    """Return the whole tag, header and frames, without padding."""
    of = f"/{tags.total}" if tags.total else ""
    fields = {
        "TIT2": tags.title,
        "TALB": tags.album,
        "TPE1": tags.artist,
        "TLAN": tags.language_code if tags.language else "",
        "TRCK": f"{tags.number}{of}" if tags.number else "",
    }
    frames = [_text_frame(name, value) for name, value in fields.items() if value]
    if tags.comment:
        language = tags.language_code.encode("ascii")
        comment = _UTF16 + language + _utf16("") + b"\0\0" + _utf16(tags.comment)
        frames.append(_frame("COMM", comment))
    frames += _chapter_frames(tags)
    if tags.cover:
        kind = tags.cover_mime.encode("ascii")
        frames.append(_frame("APIC", _LATIN1 + kind + b"\0" + _FRONT_COVER + b"\0" + tags.cover))
    body = b"".join(frames)
    return b"ID3\3\0\0" + _synchsafe(len(body)) + body


def tag_length(head: bytes) -> int:
    """Return the length of the tag that a file's first ten bytes begin, in bytes; 0: no tag."""
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _synchsafe(size: int) -> bytes:
    """Write a tag's size in four bytes of seven bits."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _chapter_frames(tags: Tags) -> list[bytes]:
    """Return a table of contents and one frame a chapter, in order."""
    chapters = tags.chapters[:_MOST_CHAPTERS]
    if not chapters:
        return []
    names = [f"chapter{index}".encode("ascii") + b"\0" for index in range(len(chapters))]
    contents = b"contents\0" + bytes((_TOP_LEVEL_ORDERED, len(names))) + b"".join(names)
    frames = [_frame("CTOC", contents + _text_frame("TIT2", tags.title))]
    for name, mark in zip(names, chapters, strict=True):
        start, end = milliseconds(mark.start), milliseconds(mark.end)
        times = struct.pack(">IIII", start, end, _NO_OFFSET, _NO_OFFSET)
        frames.append(_frame("CHAP", name + times + _text_frame("TIT2", mark.title)))
    return frames


def _text_frame(name: str, text: str) -> bytes:
    return _frame(name, _UTF16 + _utf16(text))


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">IH", len(body), 0) + body


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")
