"""Draw cover.png, a quiet picture for the lock screen, from the art in the libraries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from serguide.base.errors import BundleError
from serguide.drawing.raster import png_of
from serguide.script.variants import without_language

COVER_PIXELS = 800
"""Width and height of a cover, in pixels."""

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
    try:
        svg = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(
            f"The cover “{path}” cannot be read: {error}.", "Check the file, or remove it."
        ) from error
    try:
        return keep(f"{COVER_PIXELS} {svg}".encode(), lambda: png_of(svg, width=COVER_PIXELS))
    except BundleError as error:
        raise BundleError(f"The cover “{path}”: {error.message}", error.hint) from error
