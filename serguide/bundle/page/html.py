"""Write index.html: the player page, which also plays without a script.

Phones may open a local page with scripts switched off, so all that a listener needs stands in
the HTML: the audio, the way back to the room, the parts, whom to call, the text. The script in
`static/` makes screens of these and adds its own.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from string import Template
from urllib.parse import quote

from serguide.bundle.captions import captions_vtt, ground_vtt
from serguide.bundle.model import COVER, MANIFEST, WEBMANIFEST, Contents
from serguide.bundle.page.assets import page_script, page_style, shipped
from serguide.bundle.page.page_data import page_data, page_words
from serguide.bundle.page.page_text import contacts, in_danger, parts_list, transcript, urgent
from serguide.bundle.prose import for_whom, minutes
from serguide.bundle.words import InterfaceWords, direction, words_for
from serguide.notices.model import Notices, Practice

SLEEP_MINUTES = (5, 15, 30, 60)
"""What the sleep timer offers, besides the end of a part."""

_LINKS = (
    f'<link rel="publication" href="{MANIFEST}" type="application/ld+json">\n'
    f'<link rel="manifest" href="{WEBMANIFEST}">\n'
    f'<link rel="apple-touch-icon" href="{COVER}">'
)


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
    common = _common(contents, words)
    player = Template(shipped("player.html")).substitute(
        common,
        pacer=_pacer(common, ""),
        ground_pacer=_pacer(common, "ground-"),
        sleep_choices=_sleep_choices(words),
        urgent=urgent(contents.notices, words),
        therapist=_therapist(contents, words),
        missing=escape(words.say("page.broken" if sources.alone else "page.missing")),
    )
    style, early, script = page_style(), shipped("early.js"), page_script()
    return Template(shipped("page.html")).substitute(
        common,
        policy=_policy(style, (early, script)),
        links="" if sources.alone else _LINKS,
        style=style,
        early=early,
        script=script,
        data=page_data(contents, words),
        player=player,
        audio=escape(sources.audio),
        ground=escape(sources.ground),
        ground_link="#ground" if sources.alone else escape(sources.ground),
        cover=escape(sources.cover),
        beside="" if sources.alone else _beside(words),
        captions=data_uri("text/vtt", captions_vtt(contents).encode()),
        ground_captions=data_uri("text/vtt", ground_vtt(contents).encode()),
        parts=parts_list(contents, words, "" if sources.alone else sources.audio),
        contacts=contacts(contents.notices, words),
        danger=in_danger(contents.notices, words),
        transcript=transcript(contents, words),
    )


def data_uri(media_type: str, content: bytes) -> str:
    """Return content as a link that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _common(contents: Contents, words: InterfaceWords) -> dict[str, str]:
    """Return what the templates say, escaped."""
    program = contents.timeline.program
    about = program.about.strip()
    facts = [
        minutes(contents.timeline, words),
        words.say(f"ends {program.ending}"),
        words.say("offline"),
    ]
    said = {f"p_{key}": text for key, text in page_words(words).items() if isinstance(text, str)}
    texts = {
        **said,
        "language": program.language,
        "direction": direction(program.language),
        "ground_language": contents.timeline.ground.program.language,
        "ui": words.language,
        "ui_direction": direction(words.language),
        "title": program.title,
        "facts": " · ".join(facts),
        "listen": words.say("listen"),
        "captions_label": words.say("captions"),
        "ground_title": words.say("ground"),
        "ground_about": words.say("ground about"),
        "parts_title": words.say("parts"),
        "read": words.say("read"),
        "read_by": words.say("read by", voice=program.voice),
    }
    escaped = {key: escape(text) for key, text in texts.items()}
    return {
        **escaped,
        "about": f'<p class="about">{escape(about)}</p>' if about else "",
        "made_for": _made_for(contents.notices, words),
        "practice": _practice(contents.notices.practice, direction(program.language)),
        "notice": _notice(words),
        "cautions": _cautions(contents),
        "back": f'<div class="actions late" data-late hidden lang="{words.language}">'
        f'<button type="button" data-back>{escaped["p_done"]}</button></div>',
    }


def _pacer(common: dict[str, str], prefix: str) -> str:
    """Return a breathing circle; prefix: of its elements' ids."""
    return Template(shipped("pacer.html")).substitute(common, prefix=prefix)


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
            "script-src " + " ".join(_hashed(script) for script in scripts),
            f"style-src {_hashed(style)}",
            "connect-src 'none'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _notice(words: InterfaceWords) -> str:
    text = escape(words.say("notice", ground="\0"))
    return text.replace("\0", f"<strong>{escape(words.say('ground'))}</strong>")


def _made_for(notices: Notices, words: InterfaceWords) -> str:
    """Return whom a session was made for, and by whom; empty where neither is known."""
    told = for_whom(notices, words)
    if not told:
        return ""
    tongue = f'lang="{words.language}" dir="{direction(words.language)}"'
    return f'<p class="made-for" {tongue}>{escape(told)}</p>'


def _practice(practice: Practice, reading: str) -> str:
    """Return the practice's mark and name, as a letter has them at its head.

    The mark is an image: nothing in an SVG runs there, and the policy allows it no address.
    """
    if not practice.name:
        return ""
    mark = f'<img src="{escape(practice.logo)}" alt="">' if practice.logo else ""
    line = f" <span>{escape(practice.line)}</span>" if practice.line else ""
    name = f"<strong>{escape(practice.name)}</strong>"
    return f'<p class="practice" dir="{reading}">{mark}<span>{name}{line}</span></p>'


def _beside(words: InterfaceWords) -> str:
    """Return what to do where the page was parted from its sound; no script is there to notice."""
    return f'<p class="quiet" lang="{words.language}">{escape(words.say("not beside"))}</p>'


def _cautions(contents: Contents) -> str:
    cautions = contents.notices.cautions
    if not cautions:
        return ""
    items = "".join(f"<li>{escape(caution)}</li>" for caution in cautions)
    return f'<ul class="cautions">{items}</ul>'


def _therapist(contents: Contents, words: InterfaceWords) -> str:
    name = contents.notices.supervised_by
    key = "page.tell_name" if name else "page.tell"
    return escape(words.say(key, name=name))


def _sleep_choices(words: InterfaceWords) -> str:
    return "\n".join(
        f'<label><input type="radio" name="sleep" value="{each}">'
        f"<span>{escape(words.count('minutes', each))}</span></label>"
        for each in SLEEP_MINUTES
    )
