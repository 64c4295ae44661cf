"""The page's own text: parts as links, whom to call, all that is said."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from serguide.base.units import format_clock, seconds
from serguide.bundle.contact_list import countries_of
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
    """Return whom to call, by country, each number with where it is from and when checked."""
    lines = [f"<p>{escape(words.say('call about'))}</p>"]
    countries = countries_of(notices, words)
    for country in countries:
        if len(countries) > 1:
            lines.append(f"<h3>{escape(country.name)}</h3>")
        lines.append('<ul class="calls">')
        for line in country.lines:
            lines.append(
                f'<li><a href="tel:{quote(_dialled(line.number), safe="+*")}">'
                f'<strong dir="ltr">{escape(line.number)}</strong> '
                f"<span>{escape(line.for_whom)}</span></a> "
                f"<small>{escape(line.source)}</small></li>"
            )
        lines.append("</ul>")
    lines.append(f"<p>{escape(elsewhere(words.language))}</p>")
    return "\n".join(lines)


def urgent(notices: Notices, words: InterfaceWords) -> str:
    """Return the numbers that stand on the screen of someone who has just come back.

    The emergency and crisis line of one country; of several, every emergency number, each with
    the countries that it is for: the crisis lines are one tap away.
    """
    several = len({contact.country for contact in notices.contacts}) > 1
    links = []
    for kind in ("emergency",) if several else ("emergency", "crisis"):
        numbers: dict[str, list[str]] = {}
        for contact in notices.contacts:
            if contact.kind == kind:
                numbers.setdefault(contact.number, []).append(contact.country)
        found = numbers.items() if several else list(numbers.items())[:1]
        links += [
            f'<a href="tel:{quote(_dialled(number), safe="+*")}">'
            f"{escape(', '.join(countries) if several else words.say(kind))} "
            f'<span dir="ltr">{escape(number)}</span></a>'
            for number, countries in found
        ]
    said = f"{escape(words.say('emergency'))}: " if several else ""
    return f'<p class="urgent">{said}{" ".join(links)}</p>' if links else ""


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
