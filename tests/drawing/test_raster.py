from __future__ import annotations

from importlib import resources

import pytest

from serguide.base.errors import BundleError
from serguide.drawing.raster import png_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'


def text(words, family="serif"):
    return f'{HEAD}<text x="4" y="28" font-size="24" font-family="{family}">{words}</text></svg>'


def test_width_is_in_pixels():
    png = png_of(text("Tim"), width=240)
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (240, 80)


@pytest.mark.parametrize("words", ["Evening", "Večer žluťoučký", "Вечер", "Βράδυ", "Tối nay"])
def test_shipped_letters_are_drawn_with_shipped_fonts(words):
    # Drawn twice, the same; and unlike the empty picture that a missing font leaves.
    assert png_of(text(words)) == png_of(text(words)) != png_of(text(" "))


def test_serif_and_sans_serif_are_two_fonts():
    assert png_of(text("Evening")) != png_of(text("Evening", "sans-serif"))


def test_fonts_come_with_their_licence_and_stay_small():
    folder = resources.files("serguide.drawing") / "fonts"
    files = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    assert b"SIL OPEN FONT LICENSE" in files["OFL.txt"]
    assert sum(map(len, files.values())) < 400_000


@pytest.mark.parametrize("broken", ["", "no svg", "<svg>", HEAD])
def test_what_is_no_svg_is_one_clear_error(broken):
    with pytest.raises(BundleError, match="cannot be drawn"):
        png_of(broken)
