"""One palette: the page's style sheet and the terminal's say what palette.py says."""

from __future__ import annotations

import re
from importlib import resources

from serguide.bundle.page.assets import page_style
from serguide.drawing import palette

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def properties(css, selector):
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", css)[1]
    found = re.findall(r"--([\w-]+):\s*([^;]+);", block)
    return {name: value.strip() for name, value in found if name not in ("sans", "serif")}


def test_the_page_has_the_palettes_colours():
    css = page_style()
    assert properties(css, ":root") == palette.DARK
    assert properties(css, ':root[data-theme="light"]') == palette.LIGHT


def test_nothing_else_on_the_page_has_colours_of_its_own():
    css = page_style()
    rest = re.sub(r":root(\[[^]]*\])?\s*\{[^}]*\}", "", css)
    # Deeper than night, for sleeping; and black on paper.
    assert set(COLOUR.findall(rest)) <= {"#06080b", "#000", palette.NIGHT}
    folder = resources.files("serguide.bundle.page") / "templates"
    assert not any(COLOUR.search(each.read_text(encoding="utf-8")) for each in folder.iterdir())


def test_the_terminal_names_its_colours():
    sheet = (resources.files("serguide.player.ui") / "terminal.tcss").read_text(encoding="utf-8")
    rules = re.sub(r"^\s*#[\w-]+.*\{|/\*.*?\*/", "", sheet, flags=re.M | re.S)
    assert COLOUR.findall(rules) == []
