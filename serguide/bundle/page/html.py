"""index.html: the player page, and what of it plays with no script at all.

Phones may open a local page with scripts switched off, so all that a listener needs stands in
the HTML (`templates/`): the audio, the way back to the room, the parts, whom to call, the text.
The script in `static/` makes screens of these and adds its own.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup, escape

from serguide.base.templates import templates
from serguide.bundle.captions import captions_vtt, ground_vtt
from serguide.bundle.contact_list import countries_of, first_number
from serguide.bundle.model import COVER, Contents
from serguide.bundle.page.assets import page_script, page_style, shipped
from serguide.bundle.page.page_data import page_data, page_words
from serguide.bundle.page.page_text import (
    danger_line,
    page_parts,
    telephone,
    tongue,
    urgent_numbers,
)
from serguide.bundle.prose import for_whom, minutes, parts_of
from serguide.bundle.words import InterfaceWords, words_for
from serguide.drawing.palette import NIGHT
from serguide.notices.contacts import elsewhere
from serguide.voices.credits import credits_of

SLEEP_MINUTES = (5, 15, 30, 60)
"""What the sleep timer offers, besides the end of a part."""


@dataclass(frozen=True, slots=True)
class PageSources:
    """Say where a page finds sound and cover: links into its folder, or data URIs.

    alone: the page has no folder about it.
    """

    audio: str
    ground: str
    cover: str
    alone: bool = False


def page_html(contents: Contents, sources: PageSources | None = None) -> str:
    """Write the page; sources: the bundle's own files when None."""
    sources = sources or PageSources(quote(contents.audio.path), quote(contents.ground.path), COVER)
    words = words_for(contents.timeline.program.language)
    style, early, script = page_style(), shipped("early.js"), page_script()
    return (
        page_templates()
        .get_template("page.html")
        .render(
            _said(contents, words),
            policy=Markup(_policy(style, (early, script))),
            # What is shipped, and data without a `<`, stand as they are.
            style=Markup(style),
            early=Markup(early),
            script=Markup(script),
            data=Markup(page_data(contents, words)),
            alone=sources.alone,
            missing=words.say("page.broken" if sources.alone else "page.missing"),
            audio=sources.audio,
            ground=sources.ground,
            ground_link="#ground" if sources.alone else sources.ground,
            cover=sources.cover,
            captions=data_uri("text/vtt", captions_vtt(contents).encode()),
            ground_captions=data_uri("text/vtt", ground_vtt(contents).encode()),
            parts=page_parts(contents, words, "" if sources.alone else sources.audio),
            ground_prose=parts_of(contents.timeline.ground, words),
        )
    )


@cache
def page_templates() -> Environment:
    """Return the page's templates, with what they call."""
    environment = templates("serguide.bundle.page")
    environment.globals.update(tongue=tongue, telephone=telephone)
    return environment


def data_uri(media_type: str, content: bytes) -> str:
    """Return content as a link that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def source_hash(text: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _said(contents: Contents, words: InterfaceWords) -> dict[str, object]:
    """Return what the templates say of a session, in its words and in the interface's."""
    program, notices = contents.timeline.program, contents.notices
    facts = [
        minutes(contents.timeline, words),
        words.say(f"ends {program.ending}"),
        words.say("offline"),
    ]
    tell = "page.tell_name" if notices.supervised_by else "page.tell"
    return {
        "say": words.say,
        "count": words.count,
        "page": page_words(words),
        "ui": words.language,
        "language": program.language,
        "ground_language": contents.timeline.ground.program.language,
        "title": program.title,
        "about": program.about.strip(),
        "voice": "; ".join(map(str, credits_of(program))),
        "facts": " · ".join(facts),
        "made_for": for_whom(notices, words),
        "practice": notices.practice,
        "danger": danger_line(notices, words),
        "danger_number": first_number(notices),
        "notice": _notice(words),
        "cautions": notices.cautions,
        "countries": countries_of(notices, words),
        "elsewhere": elsewhere(words.language),
        "urgent": urgent_numbers(notices, words),
        "therapist": words.say(tell, name=notices.supervised_by),
        "sleep_minutes": SLEEP_MINUTES,
        "night": NIGHT,
    }


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return the Content-Security-Policy: this folder's media, these texts, and nothing else.

    `file:` stands beside 'self' because browsers differ in whether a local page's own folder is
    its 'self'; `data:` and `blob:` are for a page that holds its sound itself.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "media-src 'self' file: data: blob:",
            "img-src 'self' file: data:",
            "script-src " + " ".join(source_hash(script) for script in scripts),
            f"style-src {source_hash(style)}",
            "connect-src 'none'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _notice(words: InterfaceWords) -> Markup:
    """Return the safety notice, the name of the way back standing out in it."""
    strong = Markup("<strong>{}</strong>").format(words.say("ground"))
    return escape(words.say("notice", ground="{ground}")).format(ground=strong)
