"""The covers: one for every scene and session, quiet, and all of one family."""

from __future__ import annotations

import itertools
import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from serguide.drawing import palette
from serguide.script.library import open_libraries
from serguide.script.variants import without_language

LIBRARIES = open_libraries([])
ROOT = Path(__file__).parents[2]
ART = ROOT / "imagery" / "art"
NAMES = sorted(path.stem for path in ART.glob("*.svg"))
WANTED = sorted(
    path.stem
    for folder in (ROOT / "imagery" / "scenes", ROOT / "scripts" / "sessions")
    for path in folder.glob("*.yaml")
)
COLOURS = [
    np.array([int(value[at : at + 2], 16) for at in (1, 3, 5)], float)
    for name, value in vars(palette).items()
    if name.isupper() and isinstance(value, str) and name != "WATER"
]


def off_palette(colour):
    """Tell how far a colour lies from the mixtures of two colours of the palette, 0 to 255."""
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)
    return min(_distance(wanted, *pair) for pair in itertools.combinations(COLOURS, 2))


def _distance(point, one, other):
    along = other - one
    part = np.clip(np.dot(point - one, along) / np.dot(along, along), 0, 1)
    return float(np.abs(point - (one + part * along)).max())


@pytest.mark.parametrize("name", WANTED)
def test_every_scene_and_session_has_its_own(name):
    """In another language it shares the cover of the English one."""
    language = LIBRARIES.names()[name].read_text(encoding="utf-8").partition("\nlanguage: ")[2][:2]
    assert without_language(name, language) in NAMES


def test_no_two_are_alike():
    assert len({(ART / f"{name}.svg").read_bytes() for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_one_is_small_quiet_and_of_the_palette(name):
    svg = (ART / f"{name}.svg").read_text(encoding="utf-8")
    assert len(svg.encode()) < 6_000
    assert 'viewBox="0 0 400 400"' in svg
    assert re.search(r"<title>[^<]{8,}</title>", svg)
    for loud in ("<text", "<image", "<animate", "<script", "<filter", "href", "url(http"):
        assert loud not in svg
    written = re.findall(r'(?:fill|stroke|stop-color)="([^"]+)"', svg)
    colours = {each for each in written if not each.startswith(("url(#", "none"))}
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    far = {colour: distance for colour in colours if (distance := off_palette(colour)) > 16}
    assert far == {}


def test_the_measure_of_the_palette_finds_strangers():
    assert off_palette(palette.EMBER) == 0
    for stranger in ("#ff0000", "#ffffff", "#000000", "#00ff00", "#3030ff", "#ffff00"):
        assert off_palette(stranger) > 16, stranger


def test_the_sheet_of_covers_shows_each_of_them_twice(monkeypatch):
    """Large, and as small as a list shows it; in words that stand in the drawing as drawings."""
    make = runpy.run_path(str(ROOT / "docs" / "pictures" / "make.py"))
    monkeypatch.setitem(make["covers"].__globals__, "png_of", lambda svg, width: svg.encode())
    drawing = ElementTree.fromstring(make["covers"]())
    pictures = [image.get("href") for image in drawing.iter("{http://www.w3.org/2000/svg}image")]
    assert len(pictures) == 2 * len(set(pictures)) == 2 * len(set(WANTED) & set(NAMES))
    titles = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert "Porch by the river" in titles
