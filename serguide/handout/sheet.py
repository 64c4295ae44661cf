"""Gather what a handout says, of a bundle's manifest, in the words of its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from serguide.base.cldr import language_name
from serguide.base.language import primary
from serguide.bundle.manifest_reading import Manifest
from serguide.bundle.prose import for_whom
from serguide.bundle.words import InterfaceWords
from serguide.handout.calls import Calls, calls_of, contacts_in
from serguide.handout.words import handout_words
from serguide.notices.contacts import contacts_for, elsewhere, locale_of
from serguide.notices.model import NO_PRACTICE, Notices, Practice

ROOM_LINES = 5
"""So many lines lead back to the room."""

GivenForms: TypeAlias = Literal["all", "page", "sound"]
"""What a client is given: the bundle, or what is not known; a page; the session's sound alone."""

_WAYS: Final[dict[GivenForms, str]] = {
    "all": "handout.way",
    "page": "handout.way page",
    "sound": "handout.way sound",
}
_LONGEST_ABOUT = 320  # characters; a sheet has one page
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold the texts of a handout's page, and the words that it is written in.

    language: the session's (BCP 47), words.language: the sheet's; client: whom it was made for,
    or empty; note: of the language, or empty; locale: whose numbers to call are shown.
    """

    words: InterfaceWords
    language: str
    title: str
    about: str
    facts: str
    made_for: str
    client: str
    practice: Practice
    parts: tuple[str, ...]
    how: tuple[str, ...]
    cautions: tuple[str, ...]
    room: tuple[str, ...]
    calls: Calls
    elsewhere: str
    supervised_by: str
    note: str
    locale: str


def sheet_of(
    manifest: Manifest,
    practice: Practice = NO_PRACTICE,
    locale: str | None = None,
    given: GivenForms = "all",
) -> Sheet:
    """Return what a handout says of a bundle.

    practice: instead of the bundle's, whose mark its manifest does not hold; locale: whose
    numbers to call are shown (`AT`, `de-AT`), None for those of the bundle; given: what goes along
    with it. Raises UsageError for a locale that is none.
    """
    words = handout_words(manifest.language)
    notices = _notices(manifest, words, practice, locale)
    details = manifest.serguide
    frames = details.tracks[-1].end - details.tracks[0].start
    minutes = words.count("minutes", max(1, round(frames / details.samplerate / 60)))
    titles = tuple(track.title for track in details.tracks)
    return Sheet(
        words=words,
        language=manifest.language,
        title=manifest.name,
        about=_brief(manifest.description),
        facts=f"{minutes} · {words.say(f'ends {details.ending}')}",
        made_for=for_whom(notices, words),
        client=notices.made_for,
        practice=notices.practice,
        parts=titles if 1 < len(titles) <= _MOST_PARTS else (),
        how=(
            words.say(f"handout.when {details.ending}", minutes=minutes),
            *(words.say(f"handout.{key}") for key in ("where", "eyes", "stop")),
            words.say(_WAYS[given], ground=words.say("ground"), file=details.ground),
            words.say("handout.open"),
        ),
        cautions=notices.cautions,
        room=tuple(words.say(f"handout.room {number}") for number in range(1, ROOM_LINES + 1)),
        calls=calls_of(notices, words),
        elsewhere=elsewhere(words.language),
        supervised_by=notices.supervised_by,
        note=_of_language(manifest.language, words),
        locale=notices.locale,
    )


def _notices(
    manifest: Manifest, words: InterfaceWords, practice: Practice, locale: str | None
) -> Notices:
    told = manifest.serguide.notices
    place = locale_of(manifest.language, locale) if locale else told.locale or manifest.language
    shown = () if locale else tuple(contacts_in(told.contacts, words))
    return Notices(
        locale=place,
        contacts=shown or contacts_for(place),
        cautions=told.cautions,
        supervised_by=told.supervised_by,
        made_for=told.made_for,
        practice=practice if practice.name else Practice(told.practice.name, told.practice.line),
    )


def _of_language(language: str, words: InterfaceWords) -> str:
    if primary(language) == words.language:
        return ""
    return words.say("handout.recording in", language=language_name(words.language, language))


def _brief(text: str) -> str:
    """Return as many of a text's first sentences as a sheet has room for; at least one."""
    words = text.split()
    kept, length = 0, 0
    for number, word in enumerate(words, 1):
        length += len(word) + 1
        if length > _LONGEST_ABOUT and kept:
            break
        if word.rstrip("”“\"')»").endswith((".", "!", "?", "…")) or number == len(words):
            kept = number
    return " ".join(words[:kept])
