"""Static text of the page: parts as links, numbers to call, the whole transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from serguide.base.cldr import direction
from serguide.base.units import format_clock, seconds
from serguide.bundle.model import Contents, decimal_seconds, microseconds
from serguide.bundle.prose import ProsePart, parts_of
from serguide.bundle.words import InterfaceWords
from serguide.notices.model import Notices


@dataclass(frozen=True, slots=True)
class PagePart:
    """Hold a part as the page links to it: prose, first sample in the session, clock, link."""

    prose: ProsePart
    at: int
    clock: str
    link: str


@dataclass(frozen=True, slots=True)
class UrgentNumber:
    """Hold a number that stands on the screen, and what it is for."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class UrgentNumbers:
    """Hold the numbers for someone who has just come back; heading: of them all, or empty."""

    heading: str
    numbers: tuple[UrgentNumber, ...]


def page_parts(contents: Contents, words: InterfaceWords, audio: str) -> tuple[PagePart, ...]:
    """Return the parts, each with a link into the audio (W3C Media Fragments: `#t=`).

    audio: a link to the session's audio, or empty: then a part links to its text.
    """
    return tuple(
        PagePart(
            prose,
            at,
            format_clock(seconds(at)),
            f"{audio}#t={decimal_seconds(microseconds(at))}" if audio else f"#text-{number}",
        )
        for number, (at, prose) in enumerate(_placed(contents, words))
    )


def urgent_numbers(notices: Notices, words: InterfaceWords) -> UrgentNumbers:
    """Return the numbers that stand on the screen of someone who has just come back.

    The emergency and crisis line of one country; of several, every emergency number, each with
    the countries that it is for: the crisis lines are one tap away.
    """
    several = len({contact.country for contact in notices.contacts}) > 1
    found: list[UrgentNumber] = []
    for kind in ("emergency",) if several else ("emergency", "crisis"):
        numbers: dict[str, list[str]] = {}
        for contact in notices.contacts:
            if contact.kind == kind:
                numbers.setdefault(contact.number, []).append(contact.country)
        found += [
            UrgentNumber(", ".join(countries) if several else words.say(kind), number)
            for number, countries in list(numbers.items())[: None if several else 1]
        ]
    return UrgentNumbers(words.say("emergency") if several else "", tuple(found))


def tongue(language: str) -> Markup:
    """Return the attributes of an element whose text is in a language."""
    return Markup('lang="{}" dir="{}"').format(language, direction(language))


def telephone(number: str) -> str:
    """Return the link that dials a number as it is written for people."""
    dialled = "".join(character for character in number if character in "+*#0123456789")
    return f"tel:{quote(dialled, safe='+*')}"


def _placed(contents: Contents, words: InterfaceWords) -> Iterator[tuple[int, ProsePart]]:
    """Yield every part and the sample of the session that it begins at."""
    for track, file in zip(contents.timeline.tracks, contents.tracks, strict=True):
        for part in parts_of(track, words):
            yield file.start + (file.delay + part.start if part.start else 0), part
