"""Static text of the page: parts as links, numbers to call, the whole transcript."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from serguide.base.units import format_clock, seconds
from serguide.bundle.contact_list import (
    CountryContacts,
    countries_of,
    first_number,
    is_one_country,
)
from serguide.bundle.model import Contents, decimal_seconds, microseconds
from serguide.bundle.prose import ProsePart, parts_of
from serguide.bundle.words import InterfaceWords, direction
from serguide.notices.contacts import elsewhere
from serguide.notices.model import Notices
from serguide.timeline.model import TrackTimeline


def parts_list(contents: Contents, words: InterfaceWords, audio: str) -> str:
    """Return the parts as list items that link into the audio (W3C Media Fragments: `#t=`).

    audio: a link to the session's audio, or empty: then a part links to its text.
    """
    items = []
    for number, (at, part) in enumerate(_placed(contents, words)):
        target = f"{audio}#t={decimal_seconds(microseconds(at))}" if audio else f"#text-{number}"
        role = "track" if part.level == 1 else "chapter"
        items.append(
            f'<li class="{role}"><a href="{escape(target)}" data-at="{at}">'
            f'<span class="name"{tongue(part.language)}>{escape(part.title)}</span> '
            f'<span class="at">{format_clock(seconds(at))}</span></a></li>'
        )
    return "\n".join(items)


def transcript(contents: Contents, words: InterfaceWords) -> str:
    """Return all that is said, the ground track's words last."""
    lines: list[str] = []
    for number, (_, part) in enumerate(_placed(contents, words)):
        level = part.level + 2
        title = escape(part.title)
        lines.append(f'<h{level} id="text-{number}"{tongue(part.language)}>{title}</h{level}>')
        lines += _paragraphs(part)
    lines.append(
        f'<h3 id="text-ground" tabindex="-1" data-head lang="{words.language}">'
        f"{escape(words.say('ground'))}</h3>"
    )
    lines += _told(contents.timeline.ground, words)
    return "\n".join(lines)


def contacts(notices: Notices, words: InterfaceWords) -> str:
    """Return whom to call: the listener's own numbers, or 112 and, one tap away, all countries'."""
    lines = [f"<p>{escape(words.say('call about'))}</p>"]
    first, *others = countries_of(notices, words) or (None,)
    if first is not None:
        lines += _calls(first)
    if others:
        lines.append(f"<p>{escape(words.say('call anywhere'))}</p>")
        lines.append(f"<details><summary>{escape(words.say('call countries'))}</summary>")
        for country in others:
            lines += [f"<h3>{escape(country.name)}</h3>", *_calls(country)]
        lines.append("</details>")
    lines.append(f"<p>{escape(elsewhere(words.language))}</p>")
    return "\n".join(lines)


def urgent(notices: Notices, words: InterfaceWords) -> str:
    """Return the numbers that stand on the screen of someone who has just come back.

    The emergency and crisis line of the listener's country; where that is not known, the number
    that is put through nearly everywhere: all others are one tap away.
    """
    kinds = ("emergency", "crisis") if is_one_country(notices) else ("emergency",)
    found = [next((each for each in notices.contacts if each.kind == kind), None) for kind in kinds]
    links = " ".join(
        f'<a href="{_link(each.number)}">{escape(words.say(each.kind))} '
        f'<span dir="ltr">{escape(each.number)}</span></a>'
        for each in found
        if each is not None
    )
    return f'<p class="urgent">{links}</p>' if links else ""


def in_danger(notices: Notices, words: InterfaceWords) -> str:
    """Return the line above all others for someone who is in danger; empty without a number."""
    first = first_number(notices)
    if first is None:
        return ""
    number = f'<strong dir="ltr">{escape(first.number)}</strong>'
    told = escape(words.say("call now", number="\0")).replace("\0", number)
    return f'<a class="danger" href="{_link(first.number)}" {_interface(words)}>{told}</a>'


def _calls(country: CountryContacts) -> Iterator[str]:
    yield '<ul class="calls">'
    for line in country.lines:
        terms = f"<span>{escape(line.terms)}</span>" if line.terms else ""
        yield (
            f'<li><a href="{_link(line.number)}"><strong dir="ltr">{escape(line.number)}</strong> '
            f"<span>{escape(line.for_whom)}</span></a> {terms} "
            f"<small>{escape(line.source)}</small></li>"
        )
    yield "</ul>"


def _interface(words: InterfaceWords) -> str:
    """Return the attributes of an element whose text is in the interface's language."""
    return f'lang="{words.language}" dir="{direction(words.language)}"'


def _link(number: str) -> str:
    return f"tel:{quote(_dialled(number), safe='+*')}"


def tongue(language: str) -> str:
    """Return the attributes of an element whose text is in a language."""
    return f' lang="{escape(language)}" dir="{direction(language)}"'


def _placed(contents: Contents, words: InterfaceWords) -> Iterator[tuple[int, ProsePart]]:
    """Yield every part and the sample of the session that it begins at."""
    for track, file in zip(contents.timeline.tracks, contents.tracks, strict=True):
        for part in parts_of(track, words):
            yield file.start + (file.delay + part.start if part.start else 0), part


def _told(track: TrackTimeline, words: InterfaceWords) -> Iterator[str]:
    for part in parts_of(track, words):
        yield from _paragraphs(part)


def _paragraphs(part: ProsePart) -> Iterator[str]:
    for paragraph in part.paragraphs:
        role = ' class="breathing"' if paragraph.kind == "breathing" else ""
        spoken_in = tongue(paragraph.language) if paragraph.language else ""
        yield f"<p{role}{spoken_in}>{escape(paragraph.text)}</p>"


def _dialled(number: str) -> str:
    return "".join(character for character in number if character in "+*#0123456789")
