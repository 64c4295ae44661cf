"""Values are escaped wherever markup is written; nothing that is missing is left out quietly."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from serguide.base.templates import templates
from serguide.bundle.page.html import page_templates
from serguide.drawing.svg import element, words


def test_html_is_escaped_and_text_is_not():
    html = page_templates().get_template("urgent.html")
    number = {"label": "<b>&", "number": '1"2'}
    said = html.render(urgent=[number])
    assert "<b>" not in said
    assert "&lt;b&gt;&amp;" in said
    assert "1&#34;2" in said
    assert templates("serguide.bundle").from_string("{{ it }}").render(it="<") == "&lt;"
    assert templates("serguide.bundle").autoescape("transcript.txt") is False


def test_a_missing_name_is_an_error():
    with pytest.raises(UndefinedError):
        page_templates().get_template("urgent.html").render()


def test_what_is_drawn_is_escaped_once():
    inner = element("text", words('<b>&"\x07'), fill='"')
    assert inner == '<text fill="&#34;">&lt;b&gt;&amp;&#34;</text>'
    assert element("g", inner) == f"<g>{inner}</g>"
    assert element("g", "<x>" + inner) == f"<g>&lt;x&gt;{inner}</g>"
    assert isinstance(inner, Markup)
