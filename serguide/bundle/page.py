"""index.html: a page that plays a bundle with no script, no network and no server.

Phones may open a local page with scripts switched off, so all that a listener needs stands in
the HTML: the audio, the way back to the room, the parts, the text. The player page of a later
issue adds to this page and takes nothing from it.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from string import Template
from urllib.parse import quote

from serguide.bundle.contents import (
    CAPTIONS,
    COVER,
    MANIFEST,
    Contents,
    decimal_seconds,
    microseconds,
)
from serguide.bundle.prose import Part, minutes, parts_of
from serguide.bundle.words import Words, direction, words_for
from serguide.timeline.model import TrackTimeline
from serguide.units import format_clock, seconds


def page_html(contents: Contents) -> str:
    """Write the page: what it is, how it is used, the audio, the ground, the parts, the text."""
    program = contents.timeline.program
    words = words_for(program.language)
    style = _shipped("page.css")
    about = program.about.strip()
    ground = words.say("ground")
    facts = [
        minutes(contents.timeline, words),
        words.say(f"ends {program.ending}"),
        words.say("offline"),
    ]
    values = {
        "language": escape(program.language),
        "direction": direction(program.language),
        "ui": words.language,
        "ui_direction": direction(words.language),
        "policy": _policy(style),
        "title": escape(program.title),
        "manifest": MANIFEST,
        "cover": COVER,
        "style": style,
        "about": f'<p class="about">{escape(about)}</p>' if about else "",
        "facts": escape(" · ".join(facts)),
        "notice": _notice(words, ground),
        "listen": escape(words.say("listen")),
        "audio": escape(quote(contents.audio.path)),
        "captions": CAPTIONS,
        "captions_label": escape(words.say("captions")),
        "ground_title": escape(ground),
        "ground_about": escape(words.say("ground about")),
        "ground": escape(quote(contents.ground.path)),
        "parts_title": escape(words.say("parts")),
        "parts": "\n".join(_links(contents, words)),
        "read": escape(words.say("read")),
        "transcript": "\n".join(_transcript(contents, words)),
        "read_by": escape(words.say("read by", voice=program.voice)),
    }
    return Template(_shipped("page.html")).substitute(values)


def _policy(style: str) -> str:
    """Return the Content-Security-Policy: this folder's media, this style, and nothing else.

    `file:` stands beside 'self' because browsers differ in whether a local page's own folder is
    its 'self'.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        "default-src 'none'; media-src 'self' file:; img-src 'self' file:; "
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _notice(words: Words, ground: str) -> str:
    text = escape(words.say("notice", ground="\0"))
    return text.replace("\0", f"<strong>{escape(ground)}</strong>")


def _links(contents: Contents, words: Words) -> list[str]:
    """Return the parts as links into the session's audio (W3C Media Fragments: `#t=`)."""
    links = []
    for track, file in zip(contents.timeline.tracks, contents.tracks, strict=True):
        for part in parts_of(track, words):
            at = file.start + (file.delay + part.start if part.start else 0)
            target = f"{quote(contents.audio.path)}#t={decimal_seconds(microseconds(at))}"
            role = "track" if part.level == 1 else "chapter"
            links.append(
                f'<li class="{role}"><a href="{escape(target)}">'
                f'<span class="name" dir="auto">{escape(part.title)}</span> '
                f'<span class="at">{format_clock(seconds(at))}</span></a></li>'
            )
    return links


def _transcript(contents: Contents, words: Words) -> list[str]:
    lines = []
    for track in contents.timeline.tracks:
        lines += _told(track, words)
    ground = contents.timeline.ground
    lines += [f'<h3 lang="{words.language}">{escape(words.say("ground"))}</h3>']
    lines += _told(ground, words, headed=False)
    return lines


def _told(track: TrackTimeline, words: Words, *, headed: bool = True) -> list[str]:
    lines = []
    for part in parts_of(track, words):
        if headed:
            lines.append(_heading(part))
        for paragraph in part.paragraphs:
            role = ' class="breathing"' if paragraph.kind == "breathing" else ""
            tongue = _tongue(paragraph.language) if paragraph.language else ""
            lines.append(f"<p{role}{tongue}>{escape(paragraph.text)}</p>")
    return lines


def _heading(part: Part) -> str:
    level = part.level + 2
    return f"<h{level}{_tongue(part.language)}>{escape(part.title)}</h{level}>"


def _tongue(language: str) -> str:
    return f' lang="{escape(language)}" dir="{direction(language)}"'


def _shipped(name: str) -> str:
    return (resources.files("serguide.bundle") / name).read_text(encoding="utf-8")
