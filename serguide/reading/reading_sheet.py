"""Write a reading sheet: one HTML page to print, or to read from a tablet."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import Final

from serguide.base.cldr import direction, length_in_units
from serguide.base.templates import templates
from serguide.bundle.words import InterfaceWords
from serguide.reading.words import reading_words
from serguide.recordings.recording import Recording, SentenceKey
from serguide.recordings.sentences import ReadingList, Sentence

MADE_BY: Final = '<meta name="generator" content="serguide reading sheet">'
"""Stands in every sheet, so that only a sheet is ever written over."""

_BREATH: Final = 1.5  # seconds; a shorter gap is what sentences have anyway
_LONG: Final = 8.0  # seconds from which a silence is a rest


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Hold a sentence as it stands on the sheet; silence: what comes after, in words."""

    sentence: Sentence
    silence: str
    rest: bool
    state: str


def sheet_html(
    reading: ReadingList, recorded: Mapping[SentenceKey, Recording] | None = None
) -> str:
    """Return the page of a reading list; recorded: what there is already of it, ticked."""
    style = files("serguide.reading").joinpath("templates/reading_sheet.css").read_text("utf-8")
    words = reading_words(reading.language)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        templates("serguide.reading")
        .get_template("reading_sheet.html")
        .render(
            title=reading.title,
            language=reading.language,
            direction=direction(reading.language),
            parts=list(_parts(reading, recorded or {}, words)),
            words=words,
            length=", ".join(
                [
                    words.count("sheet.sentences", len(reading.sentences)),
                    words.count("sheet.minutes", max(1, round(_spoken(reading) / 60))),
                ]
            ),
            with_values=reading.with_values,
            made_by=MADE_BY,
            style=style,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        )
    )


def _parts(
    reading: ReadingList, recorded: Mapping[SentenceKey, Recording], words: InterfaceWords
) -> Iterator[tuple[str, list[SheetLine]]]:
    """Yield each script's name in words, and its lines."""
    for script, group in groupby(reading.sentences, key=lambda each: each.script):
        yield (
            script.replace("-", " ").capitalize(),
            [_line(each, recorded, words) for each in group],
        )


def _line(
    each: Sentence, recorded: Mapping[SentenceKey, Recording], words: InterfaceWords
) -> SheetLine:
    found = recorded.get(each.key)
    rest = each.pause >= _LONG
    time = length_in_units(words.language, max(1, round(each.pause)))
    silence = words.say("sheet.rest" if rest else "sheet.pause", time=time)
    return SheetLine(
        each, silence if each.pause > _BREATH else "", rest, found.state if found else ""
    )


def _spoken(reading: ReadingList) -> float:
    """Return about how many seconds the sentences take, read calmly."""
    return sum(1.5 + len(each.spoken) / 11.0 for each in reading.sentences)
