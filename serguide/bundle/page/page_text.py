"""Static text of the page: parts as links, numbers to call, the whole transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from serguide.base.cldr import direction
from serguide.base.units import format_clock, seconds
from serguide.bundle.contact_list import first_number, is_one_country
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


def urgent_numbers(notices: Notices, words: InterfaceWords) -> tuple[UrgentNumber, ...]:
    """Return the numbers that stand on the screen of someone who has just come back.

    The emergency and crisis line of the listener's country; where that is not known, the number
    that is put through nearly everywhere: all others are one tap away.
    """
    kinds = ("emergency", "crisis") if is_one_country(notices) else ("emergency",)
    found = [next((each for each in notices.contacts if each.kind == kind), None) for kind in kinds]
    return tuple(
        UrgentNumber(words.say(each.kind), each.number) for each in found if each is not None
    )


def danger_line(notices: Notices, words: InterfaceWords) -> Markup | None:
    """Return the words above all others for who is in danger; None without a number."""
    first = first_number(notices)
    if first is None:
        return None
    number = Markup('<strong dir="ltr">{}</strong>').format(first.number)
    return escape(words.say("call now", number="{number}")).format(number=number)


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
