"""Refuse drawings that would take the machine along, or read files, before they are drawn.

A cover may come from anybody. The library that draws runs in this process: too deep a nesting ends
it, a picture of a gigapixel fills the memory, and a reference may name any file of the user's.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from xml.parsers import expat

from serguide.base.errors import BundleError

_LARGEST: Final = 8_000_000  # characters
_DEEPEST: Final = 200
_MOST: Final = 300_000  # elements; the drawing of an hour has some thousands
_PIXELS: Final = 16_000_000  # of the drawing, and of a picture inside
_OCTAVES: Final = 8
_INSIDE: Final = re.compile(r"#|data:image/png;base64,")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_URL: Final = re.compile(r"url\((?!\s*['\"]?\s*#)|@import", re.I)


def require_drawable(svg: str, width: int | None) -> None:
    """Raise BundleError for an SVG that is too deep or large, or that refers to what is outside.

    width: in pixels, as it will be drawn; None for its own.
    """
    if len(svg) > _LARGEST:
        raise _refused("it is larger than 8 MB")
    depth = count = styles = 0
    parser = expat.ParserCreate()

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count, styles
        depth, count = depth + 1, count + 1
        styles += name.rpartition(":")[2] == "style"
        if depth > _DEEPEST or count > _MOST:
            raise _refused("its parts are nested too deeply, or too many")
        if count == 1:
            _check_size(attributes, width)
        _check(attributes)

    def ended(name: str) -> None:
        nonlocal depth, styles
        depth -= 1
        styles -= name.rpartition(":")[2] == "style"

    def refused(*_: object) -> None:
        raise _refused("it has a document type of its own")

    def said(text: str) -> None:
        if styles and _URL.search(text):
            raise _refused("it refers to something outside itself")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    parser.EntityDeclHandler = refused
    parser.CharacterDataHandler = said
    try:
        parser.Parse(svg.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise _refused(f"it is no XML: {error}") from error


def _check(attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if name.rpartition(":")[2] == "href":
            if not _INSIDE.match(value.strip()):
                raise _refused("it refers to something outside itself")
            if value.strip().startswith("data:"):
                _check_picture(value)
        elif _URL.search(value):
            raise _refused("it refers to something outside itself")
        elif name == "numOctaves" and _number(value) > _OCTAVES:
            raise _refused("its clouds are finer than can be seen")


def _check_size(attributes: dict[str, str], width: int | None) -> None:
    box = [_number(each) for each in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())]
    across, down = _number(attributes.get("width", "")), _number(attributes.get("height", ""))
    if not (across and down) and len(box) == 4:
        across, down = box[2], box[3]
    scale = width / across if width and across else 1.0
    if across * down * scale * scale > _PIXELS:
        raise _refused("it is larger than 16 million pixels")


def _check_picture(value: str) -> None:
    """Read the size that a PNG inside states; a small file may be a gigapixel."""
    try:
        head = base64.b64decode(re.sub(r"\s", "", value.partition(",")[2])[:64])
    except binascii.Error as error:
        raise _refused("a picture inside it is damaged") from error
    if not head.startswith(_PNG) or len(head) < 24:
        raise _refused("a picture inside it is damaged")
    if int.from_bytes(head[16:20]) * int.from_bytes(head[20:24]) > _PIXELS:
        raise _refused("a picture inside it is larger than 16 million pixels")


def _number(text: str) -> float:
    """Return the number that a length begins with; 0 for none, and for a part of another size."""
    found = re.match(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)(?!\s*%)", text)
    return float(found[1]) if found else 0.0


def _refused(why: str) -> BundleError:
    return BundleError(
        f"A picture cannot be drawn: {why}.",
        "Save it as a plain SVG whose pictures, if it has any, are PNG and inside the file.",
    )
