"""Compose drafts of a document: chapters of headings, cues of paragraphs."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

from serguide.base.printable import seen
from serguide.base.units import format_time
from serguide.importing.assumptions import CALLED, Assumptions
from serguide.importing.decisions import DecisionLog
from serguide.importing.document import (
    Blank,
    Breaths,
    ImportedDocument,
    ImportedParagraph,
    Part,
    Remark,
    Uttered,
    WrittenPause,
)
from serguide.importing.drafting.draft import Draft, DraftCue, DraftKind
from serguide.importing.drafting.paragraph_parts import ends_sentence
from serguide.importing.drafting.say_text import SayText, without_quotes
from serguide.importing.notation.scanner import DOTS
from serguide.script.stage_directions import directions

OWN_CUE: Final = Fraction(5)
"""Seconds from which a silence between sentences is a cue, and not inline."""

_LOOKS_LIKE: Final = re.compile(r"(?i)\b(?:pause|pauza|pausa|silence|stille|ticho|silencio)\b")


_ABOUT_ITSELF: Final = re.compile(
    r"(?i)\s*(?:duration|length|time|author|date|source|copyright|materials|dauer|autorin|autor|datum|"
    r"quelle|délka|zdroj|dĺžka|durée|auteur|duración|fuente|©)[^\n:]{0,20}(?::|\d{4})[^\n]{0,60}"
)


class _Follows(NamedTuple):
    """Tell what comes behind a part: a silence before any words; any words at all."""

    silence: bool
    words: bool


class Composer:
    """Compose the drafts of one document; stem: its file's name, a title for want of another."""

    def __init__(
        self, document: ImportedDocument, stem: str, assumptions: Assumptions, log: DecisionLog
    ) -> None:
        self._document = document
        self._assumptions = assumptions
        self._log = log
        self._drafts = [Draft(document.title or _title_of(stem))]
        self._titled = bool(document.title)
        self._say = SayText()
        self._comments: list[str] = []
        self._above: list[str] = []

    def compose(self) -> list[Draft]:
        """Return the drafts that have something to say; those without are told."""
        levels = [p.heading for p in self._document.paragraphs if p.heading]
        top = min(levels, default=0)
        for paragraph in self._document.paragraphs:
            if paragraph.heading:
                self._heading(paragraph, top, single=levels.count(top) == 1)
            else:
                self._paragraph(paragraph)
        self._now.comments += self._comments
        if not self._titled:
            self._log.add(0, "proposed", self._drafts[0].title, "the title, by the file's name")
        for draft in self._drafts:
            draft.pronounce = {
                word: spoken
                for word, spoken in self._document.pronounce.items()
                if spoken and word in draft.spoken
            }
        return [draft for draft in self._drafts if draft.spoken]

    @property
    def _now(self) -> Draft:
        return self._drafts[-1]

    def _heading(self, paragraph: ImportedParagraph, top: int, *, single: bool) -> None:
        """Begin a chapter, or a script; the first heading of all is the title if it is alone."""
        title = " ".join(_shown(paragraph.parts).replace(DOTS, "…").split())
        if not any(char.isalnum() for char in title):
            self._parts(paragraph.parts)
            return
        begun = bool(self._now.cues)
        if paragraph.heading == top and self._assumptions.split:
            if begun:
                self._now.comments += self._comments
                self._comments = []
                self._drafts.append(Draft(title))
            self._now.title, self._titled = title, True
            self._log.add(paragraph.line, "taken", title, "a heading: the title of a script")
        elif paragraph.heading == top and single and not begun and not self._titled:
            self._now.title, self._titled = title, True
            self._log.add(paragraph.line, "taken", title, "a heading: the title")
        else:
            self._chapter(title, paragraph.line, "a heading")
        self._parts(self._beside_heading(paragraph.parts))

    def _beside_heading(self, parts: list[Part]) -> list[Part]:
        """Return what a heading has beside its words; a length there is no silence."""
        found: list[Part] = []
        for part in parts:
            if isinstance(part, WrittenPause) and part.unsaid != "ellipsis":
                told = "a length in a heading: a comment, no silence"
                self._log.add(part.line, "taken", part.written, told)
                found.append(Remark(part.written, part.line))
            elif isinstance(part, Blank):
                self._log.add(part.line, "left", part.written, "stands in a heading, and stays")
            elif isinstance(part, Remark | Breaths):
                found.append(part)
        return found

    def _chapter(self, title: str, line: int, what: str) -> None:
        text = SayText()
        text.words(title)
        written = "".join(piece for piece in text.pieces if isinstance(piece, str))
        self._cue("chapter", " ".join(written.split()))
        self._log.add(line, "taken", title, f"{what}: a chapter")

    def _paragraph(self, paragraph: ImportedParagraph) -> None:
        parts = paragraph.parts
        if len(parts) == 1 and isinstance(label := parts[0], Remark) and label.why == "a label":
            self._chapter(label.text, label.line, "a label")
            return
        if found := _LOOKS_LIKE.search(paragraph.text):
            line = paragraph.line + (
                paragraph.text.count("\n", 0, found.start()) if self._document.unit == "line" else 0
            )
            self._log.add(line, "left", found[0], "looks like a pause, and stands among words")
        if found := _ABOUT_ITSELF.match(paragraph.text):
            told = "looks like a note about the document, and is spoken"
            self._log.add(paragraph.line, "left", found[0].strip(), told)
        self._parts(parts)

    def _parts(self, parts: list[Part]) -> None:
        for part, what_follows in zip(parts, _following(parts), strict=True):
            if isinstance(part, Uttered):
                self._say.words(part.text)
            elif isinstance(part, Blank):
                self._say.blank(part.name)
                told = f"the placeholder {{{part.name}}}, empty until filled in"
                self._log.add(part.line, "taken", part.written, told)
                if part.name not in self._now.values:
                    self._now.values.append(part.name)
            elif isinstance(part, Remark):
                self._remark(part)
            elif isinstance(part, Breaths):
                self._flush()
                self._cue("breathe", breaths=part)
            else:
                self._pause(part, what_follows)
        self._flush(parts[0].line if parts else 0)

    def _remark(self, remark: Remark) -> None:
        if remark.why == "a label":
            told = "a label among words: a comment, not spoken"
            self._log.add(remark.line, "taken", remark.text, told)
        if ends_sentence(self._say.plain):
            self._flush()
            self._comments.append(remark.text)
        else:
            self._above.append(remark.text)

    def _pause(self, pause: WrittenPause, following: _Follows) -> None:
        if pause.unsaid == "ellipsis" and following.silence:
            told = "punctuation; the pause behind it counts"
            self._log.add(pause.line, "taken", pause.written, told)
            return
        length = self._length(pause)
        if not length:
            return
        own = length >= OWN_CUE and ends_sentence(self._say.plain)
        if self._say.is_spoken and following.words and not own:
            self._say.pause(length)
            return
        self._flush(pause.line)
        self._cue("rest" if pause.unsaid else "pause", length=length)

    def _length(self, pause: WrittenPause) -> Fraction:
        """Return the seconds of a pause, and note how they were found."""
        if pause.unsaid is None:
            length = pause.length or Fraction(0)
            became = f"a pause of {format_time(length)}" if length else "no pause: it has no length"
            if pause.why:
                self._log.add(pause.line, "assumed", pause.written, f"{became}: {pause.why}")
            else:
                self._log.add(pause.line, "taken", pause.written, became)
            return length
        each = self._assumptions.length(pause.unsaid)
        source = "given" if self._assumptions.asked_for(pause.unsaid) else "the default"
        became = f"{format_time(each)}, {source} for {CALLED[pause.unsaid]}"
        if pause.count > 1:
            became = f"{pause.count} times {became}"
        if not each:
            became = f"no pause, {source} for {CALLED[pause.unsaid]}"
        self._log.add(pause.line, "assumed", pause.written, became)
        return each * pause.count

    def _flush(self, line: int = 0) -> None:
        """End the say cue that is being collected."""
        say, self._say = self._say, SayText()
        comments, self._above = self._above, []
        self._comments += comments
        if not say.is_spoken:
            if say.plain.strip(f" \n{DOTS}"):
                written = say.plain.replace(DOTS, "…").strip()
                self._log.add(line, "dropped", written, "nothing in it can be spoken")
            for piece in say.pieces:
                if isinstance(piece, Fraction):
                    self._cue("rest", length=piece)
            return
        for segment in say.segments():
            if isinstance(segment, Fraction):
                self._cue("pause", length=segment)
                continue
            text = without_quotes(segment)
            if text != segment:
                self._log.add(line, "taken", segment, "said without the quotation marks around it")
            for direction in directions(text):  # whatever no pass has found, is never spoken
                self._log.add(line, "dropped", direction.written, "a stage direction")
                self._comments.append(direction.written)
                text = " ".join(text.replace(direction.written, " ", 1).split())
            if any(char.isalnum() for char in text):
                self._cue("say", text)

    def _cue(
        self,
        kind: DraftKind,
        text: str = "",
        length: Fraction = Fraction(0),
        breaths: Breaths | None = None,
    ) -> None:
        comments, self._comments = tuple(self._comments), []
        cues = self._now.cues
        if length and cues and cues[-1].kind == kind and not comments:
            cues[-1].length += length
        else:
            cues.append(DraftCue(kind, text, length, breaths, comments))


def _title_of(stem: str) -> str:
    """Return a title for a file's name."""
    words = " ".join(seen(stem).replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or "Imported"


def _following(parts: list[Part]) -> list[_Follows]:
    """Return what comes behind each part."""
    found: list[_Follows] = []
    silence, words = False, False
    for part in reversed(parts):
        found.append(_Follows(silence, words))
        if isinstance(part, WrittenPause):
            silence = True
        elif isinstance(part, Uttered | Blank) and _said(part):
            silence, words = False, True
    return found[::-1]


def _shown(parts: list[Part]) -> str:
    """Return a heading's words, its blanks as they were written."""
    return "".join(
        part.text if isinstance(part, Uttered) else part.written
        for part in parts
        if isinstance(part, Uttered | Blank)
    )


def _said(part: Uttered | Blank) -> bool:
    return isinstance(part, Blank) or any(char.isalnum() for char in part.text)
