"""What of `static/` a page holds, and what its types say of the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from samples import contents_of, small_session

import serguide.bundle.page
from serguide.bundle.model import BALANCE
from serguide.bundle.page.assets import (
    STYLES,
    page_script,
    page_style,
    shipped,
    without_comments,
)
from serguide.bundle.page.html import page_html
from serguide.bundle.page.installable import worker_js

STATIC = Path(serguide.bundle.page.__file__).parent / "static"


def test_comments_with_lines_of_their_own_are_left_out():
    text = (
        "/** What it does. */\n\n"
        "/**\n * Returns.\n *\n * @param {number} a\n */\n"
        "export const two = (a) => a * 2; // twice\n"
        "  // why\n"
        '  const link = "https://a/*b*/c";\n'
    )
    assert without_comments(text) == (
        'export const two = (a) => a * 2; // twice\n  const link = "https://a/*b*/c";\n'
    )


def test_a_comment_before_code_on_its_line_takes_nothing_along():
    text = "call(\n  /** @type {any} */ (one),\n  two,\n);\n/* next */\n"
    assert without_comments(text) == "call(\n  /** @type {any} */ (one),\n  two,\n);\n"


def test_a_template_literal_over_several_lines_is_refused():
    with pytest.raises(ValueError, match="several lines: const text = `a"):
        without_comments("const text = `a\n// no comment\n`;\n")


@pytest.mark.parametrize("made", [page_script, page_style, lambda: worker_js(CONTENTS)])
def test_a_page_holds_no_comment(made):
    assert not re.search(r"^\s*(//|/\*)|@param|@type", made(), re.M)


def test_every_style_is_in_the_page_once_and_one_declaration_a_line():
    assert sorted(STYLES) == sorted(path.stem for path in (STATIC / "style").iterdir())
    assert len(set(STYLES)) == len(STYLES)
    for name in STYLES:
        assert without_comments(shipped(f"style/{name}.css")) in page_style()
    declarations = [line for line in page_style().splitlines() if line.startswith("  ")]
    assert max(line.count(";") for line in declarations) == 1


class Elements(HTMLParser):
    """Tags by id, and how often an id stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def handle_starttag(self, tag, attrs):
        if name := dict(attrs).get("id"):
            self.tags[name] = tag
            self.counts[name] += 1


CONTENTS = contents_of(small_session())


def test_the_page_has_each_element_that_its_script_asks_for():
    """The type check holds scripts against `PageTags`; this holds `PageTags` against the page."""
    body = shipped("types.d.ts").partition("interface PageTags {")[2].partition("}")[0]
    typed = dict(re.findall(r'^  "?([\w-]+)"?: "(\w+)";$', body, re.M))
    assert len(typed) == body.count(";") > 50
    page = Elements()
    # With voice and bed apart it has all that any page has.
    page.feed(page_html(replace(CONTENTS, balance=replace(CONTENTS.audio, path=BALANCE))))
    assert {name: page.tags.get(name) for name in typed} == typed
    assert {name for name, count in page.counts.items() if count > 1} == set()
    plain = Elements()
    plain.feed(page_html(CONTENTS))
    assert {name for name in typed if name not in plain.tags} == {
        name for name in typed if name.startswith("balance")
    }
