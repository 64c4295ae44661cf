"""Rasterise SVG to PNG with resvg and bundled fonts, the same on every machine."""

from __future__ import annotations

import unicodedata
from importlib import resources

import resvg_py

from serguide.base.errors import BundleError
from serguide.drawing.svg_limits import require_drawable

SERIF = "Noto Serif"
SANS = "Noto Sans"
_FONTS = ("NotoSerif-Latin.ttf", "NotoSans-Latin.ttf")


def png_of(svg: str, *, width: int | None = None) -> bytes:
    """Draw an SVG as PNG; width in pixels, or None for the SVG's own.

    `serif` and `sans-serif` are the shipped fonts, which know Latin, Greek and Cyrillic letters.
    Only text in other scripts is looked up in this machine's fonts. Raises BundleError when the
    SVG cannot be drawn, and as require_drawable().
    """
    require_drawable(svg, width)
    folder = resources.files("serguide.drawing") / "fonts"
    fonts = [str(folder / name) for name in _FONTS] if "<text" in svg else None
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                width=width,
                skip_system_fonts=not _needs_other_fonts(svg),
                font_files=fonts,
                serif_family=SERIF,
                sans_serif_family=SANS,
                font_family=SANS,
            )
        )
    except ValueError as error:
        raise BundleError(
            f"A picture cannot be drawn: {error}", "Check that the file is a valid SVG."
        ) from error


def _needs_other_fonts(svg: str) -> bool:
    return "<text" in svg and any(
        unicodedata.category(character)[0] in "LM" and not _shipped(ord(character))
        for character in svg
    )


def _shipped(code: int) -> bool:
    return code < 0x500 or 0x1E00 <= code < 0x1F00
