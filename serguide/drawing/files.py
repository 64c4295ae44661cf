"""Save a drawing, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained


def write_drawing(path: Path, svg: str) -> None:
    """Write an SVG to a file, as PNG when its name ends so.

    Raises UsageError when the file cannot be written, BundleError when it cannot be drawn.
    """
    if path.suffix.lower() == ".png":
        # Only a PNG needs the renderer, which is slow to load.
        from serguide.drawing.raster import png_of

        content = png_of(svg)
    else:
        content = svg.encode("utf-8")
    cannot = f"The drawing cannot be written to “{path}”"
    with explained(cannot, UsageError, "name a file in another folder"):
        write_atomically(path, content)
