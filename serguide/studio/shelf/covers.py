"""Covers for the studio's pages: the libraries' drawings, as SVG, or as PNG where one is large."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from serguide.base.errors import BundleError, UsageError
from serguide.bundle.cover import COVER_PIXELS, LARGEST_DRAWING
from serguide.drawing.raster import png_of
from serguide.studio.shelf.copying import cover_of
from serguide.studio.shelf.source_cache import known_kind
from serguide.studio.studio import Studio


def cover_response(studio: Studio, file_name: str) -> Response:
    """Return the cover NAME.svg or NAME.png of a script or session; that of its kind without one.

    A page shows it as an image, where nothing inside an SVG runs or is fetched. Raises UsageError,
    BundleError.
    """
    name, _, suffix = file_name.rpartition(".")
    if suffix not in ("svg", "png") or not name:
        raise UsageError("there is no such cover", "go back to the shelf")
    path = cover_of(studio, name) or studio.shelves.art(known_kind(studio, name))
    if path is None:
        raise UsageError("there is no such cover", "go back to the shelf")
    content = _read(path)
    if suffix == "png" or len(content) > LARGEST_DRAWING:
        drawn = png_of(content.decode("utf-8", "replace"), width=COVER_PIXELS)
        return Response(drawn, media_type="image/png")
    return Response(content, media_type="image/svg+xml", headers=_STILL)


_STILL = {"Content-Disposition": "attachment"}
"""An SVG that is opened as a page by itself could run a script: it is saved instead."""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BundleError(f"The cover “{path.name}” cannot be read.", "Remove it.") from error
