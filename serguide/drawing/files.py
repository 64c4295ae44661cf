"""Save a drawing, whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from serguide.base.errors import UsageError


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
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temp.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temp.replace(path)
    except OSError as error:
        raise UsageError(
            f"The drawing cannot be written to “{path}”: {error.strerror or error}.",
            "Name a file in a folder that can be written.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temp.unlink()
