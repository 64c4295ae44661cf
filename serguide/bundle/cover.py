"""Draw cover.png for the lock screen, and find each part's drawing, in the libraries' art."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from serguide.base.errors import BundleError
from serguide.drawing.raster import png_of
from serguide.script.variants import without_language

COVER_PIXELS = 800
"""Width and height of a cover, in pixels."""

LARGEST_DRAWING = 40_000
"""Bytes of an SVG that stands in a page as it is; a larger one is drawn as a picture."""

_DRAWING_PIXELS = 640

FindArt = Callable[[str], Path | None]
"""Return the SVG of a name (without suffix) in the libraries' `imagery/art/`, or None."""


Keep = Callable[[bytes, Callable[[], bytes]], bytes]
"""Return the picture that is kept for a description of it, or make it, and keep it."""


def make_anew(_description: bytes, make: Callable[[], bytes]) -> bytes:
    """Keep nothing."""
    return make()


def cover_png(
    name: str, kind: str, find: FindArt, keep: Keep = make_anew, *, language: str = "en"
) -> bytes:
    """Draw the cover of a session or script as PNG, COVER_PIXELS square.

    It is the art of that name, else of the name without its language (`before-sleep-cs` in Czech
    shares the cover of `before-sleep`), else that of its kind (a script's kind, or `session`).
    Raises BundleError when there is none of them, or when it cannot be drawn.
    """
    path = find(name) or find(without_language(name, language)) or find(kind)
    if path is None:
        raise BundleError(
            f"No cover was found for “{name}”, nor for its kind, {kind}.",
            f"Put a {kind}.svg into imagery/art/ of a library.",
        )
    return _drawn(path, _read(path), COVER_PIXELS, keep)


def drawing_of(name: str, kind: str, find: FindArt, keep: Keep = make_anew) -> str:
    """Return a part's drawing as a data URI, found as a cover is; empty where there is none.

    It is only ever shown as an image, where nothing inside an SVG runs or is fetched. Raises
    BundleError when it cannot be read, or is large and cannot be drawn.
    """
    path = find(name) or find(kind)
    if path is None:
        return ""
    svg = _read(path)
    content = svg.encode()
    if len(content) <= LARGEST_DRAWING:
        return _uri("image/svg+xml", content)
    return _uri("image/png", _drawn(path, svg, _DRAWING_PIXELS, keep))


def _uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(
            f"The cover “{path}” cannot be read: {error}.", "Check the file, or remove it."
        ) from error


def _drawn(path: Path, svg: str, width: int, keep: Keep) -> bytes:
    try:
        return keep(f"{width} {svg}".encode(), lambda: png_of(svg, width=width))
    except BundleError as error:
        raise BundleError(f"The cover “{path}”: {error.message}", error.hint) from error
