"""The page around a sealed envelope: asks for the passphrase, then makes way for the player.

Nothing in it says anything of the session: its words are the same for all, in the session's
language, and the hashes in its policy are those of every player page of the same serguide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from importlib import resources
from typing import Final

from markupsafe import Markup, escape

from serguide.bundle.page.assets import lock_script, lock_style, shipped
from serguide.bundle.page.html import data_uri, page_templates, source_hash
from serguide.bundle.page.page_text import telephone
from serguide.bundle.words import InterfaceWords, words_for
from serguide.drawing.palette import NIGHT

ELEMENT: Final = "serguide-sealed"
"""The id of the element that holds the envelope."""

PREFIX: Final = "lock."
"""Begins the keys of the page's words."""

_PLACE: Final = "\0"


def lock_page(
    envelope: Mapping[str, int | str], player: str, language: str, *, hosted: bool = False
) -> tuple[bytes, ...]:
    """Return the page in pieces.

    player: the player page inside, whose scripts the policy has to let run; language: of the
    session (BCP 47); hosted: there are a service worker and a web app manifest beside it.
    """
    words = words_for(language)
    style, early, script = lock_style(), shipped("lock_early.js"), lock_script()
    inner = _Sources(player)
    icon = lock_icon()
    page = (
        page_templates()
        .get_template("lock.html")
        .render(
            say=words.say,
            danger=_dialled(words.say("lock.danger")),
            language=words.language,
            policy=Markup(
                _policy([*inner.styles, style], [*inner.scripts, early, script], hosted=hosted)
            ),
            style=Markup(style),
            early=Markup(early),
            script=Markup(script),
            words=Markup(_table(words)),
            drawing=Markup(icon.replace("<svg ", '<svg class="keyhole" aria-hidden="true" ', 1)),
            icon=data_uri("image/svg+xml", icon.encode()),
            night=NIGHT,
            hosted=hosted,
            element=ELEMENT,
            envelope=Markup(_PLACE),
        )
    )
    head, _, tail = page.partition(_PLACE)
    return head.encode(), json.dumps(dict(envelope)).encode(), tail.encode()


def _dialled(text: str) -> Markup:
    """Return a text in which each number to call, such as 112, is a link that calls it."""
    link = Markup('<a href="{}"><strong dir="ltr">{}</strong></a>')
    pieces = re.split(r"\b(\d{3})\b", text)
    return Markup().join(
        link.format(telephone(piece), piece) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )


def lock_icon() -> str:
    """Return the drawing of every sealed page, as SVG."""
    return (resources.files("serguide.bundle.page") / "static" / "keyhole.svg").read_text("utf-8")


class _Sources(HTMLParser):
    """Collect the texts of a page's scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._within: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text that counts; data blocks are no scripts."""
        kinds = dict(attrs)
        if tag == "style":
            self._within = self.styles
        elif tag == "script" and kinds.get("type") in (None, "", "module"):
            self._within = self.scripts
        else:
            return
        self._within.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if tag in ("style", "script"):
            self._within = None

    def handle_data(self, data: str) -> None:
        """Take what stands in a script or style; it may come in pieces."""
        if self._within is not None:
            self._within[-1] += data


def _policy(styles: list[str], scripts: list[str], *, hosted: bool) -> str:
    """Return the Content-Security-Policy; the player's own comes on top of it."""
    here = " 'self'" if hosted else ""
    none = "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "media-src blob: data:",
            f"img-src data:{here}",
            "script-src " + " ".join(source_hash(script) for script in scripts),
            "style-src " + " ".join(source_hash(style) for style in styles),
            "connect-src 'none'",
            f"worker-src{here or f' {none}'}",
            f"manifest-src{here or f' {none}'}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _table(words: InterfaceWords) -> str:
    """Return the page's words as JSON that may stand inside HTML."""
    table = {
        key.removeprefix(PREFIX): phrase
        for key, phrase in words.table.items()
        if key.startswith(PREFIX)
    }
    return json.dumps(table, ensure_ascii=False).replace("<", "\\u003c")
