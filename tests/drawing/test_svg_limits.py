"""A cover from anybody takes neither the machine along nor a file of the user's."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

import serguide
from serguide.base.errors import BundleError
from serguide.drawing.raster import png_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
BOX = HEAD + 'viewBox="0 0 100 100">'


def png(width, height):
    """Return the head of a PNG that states a size."""
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)
    return "data:image/png;base64," + base64.b64encode(start + bytes(40)).decode()


@pytest.mark.parametrize(("svg", "why"), [
    (BOX + "<g>" * 200_000 + "</g>" * 200_000 + "</svg>", "nested"),
    (BOX + "<g/>" * 300_001 + "</svg>", "too many"),
    (BOX + '<image href="/etc/passwd.png" width="9" height="9"/></svg>', "outside"),
    (BOX + '<image xlink:href="file:///a.png"/></svg>', "outside"),
    (BOX + '<image href="\\\\host\\share\\a.png"/></svg>', "outside"),
    (BOX + '<rect style="fill:url(http://a.example/b)"/></svg>', "outside"),
    (BOX + "<style>@import 'b.css';</style></svg>", "outside"),
    (BOX + "<style>rect{fill:url( 'b.svg#c')}</style></svg>", "outside"),
    (BOX + f'<image href="{png(60_000, 60_000)}"/></svg>', "16 million"),
    (BOX + '<image href="data:image/svg+xml;base64,PHN2Zy8+"/></svg>', "outside"),
    (BOX + '<filter id="f"><feTurbulence numOctaves="1000000"/></filter></svg>', "finer"),
    (HEAD + 'width="1" height="1000000"/>', "16 million"),
    (HEAD + 'viewBox="0 0 1 1000000"/>', "16 million"),
    ('<!DOCTYPE svg [<!ENTITY a "b">]>' + BOX + "</svg>", "document type"),
    (BOX, "no XML"),
], ids=lambda value: value[-20:] if isinstance(value, str) else "")  # fmt: skip
def test_what_would_do_harm_is_refused_in_words(svg, why):
    with pytest.raises(BundleError, match="cannot be drawn") as told:
        png_of(svg, width=400)
    assert why in told.value.message


@pytest.mark.parametrize("inside", [
    '<linearGradient id="g"/><rect width="9" height="9" fill="url(#g)"/><use href="#g"/>',
    '<rect id="r" width="9" height="9"/><use xlink:href="#r"/><style>rect{fill:url("#r")}</style>',
    '<filter id="f"><feTurbulence numOctaves="3"/></filter><text>url(s) and more</text>',
])  # fmt: skip
def test_what_lies_inside_is_drawn(inside):
    assert png_of(BOX + inside + "</svg>", width=96).startswith(b"\x89PNG")


def test_every_drawing_of_the_library_is_drawn():
    drawings = sorted(Path(serguide.__file__).parent.parent.glob("imagery/**/*.svg"))
    assert len(drawings) > 40
    for path in drawings:
        assert png_of(path.read_text(encoding="utf-8"), width=64)
