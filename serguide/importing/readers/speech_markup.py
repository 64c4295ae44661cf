"""SSML as Azure, Amazon Polly, Google and ElevenLabs take it: breaks, aliases, words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import (
    ImportedDocument,
    ImportedParagraph,
    Part,
    Remark,
    Uttered,
    WrittenPause,
)
from serguide.importing.readers.failing import refuse
from serguide.importing.readers.xml_tree import COMMENT, XmlElement, XmlText, read_xml

STRENGTHS: Final = {
    "none": Fraction(0),
    "x-weak": Fraction(1, 4),
    "weak": Fraction(1, 2),
    "medium": Fraction(3, 4),
    "strong": Fraction(1),
    "x-strong": Fraction(5, 4),
}
"""Seconds of a break by its strength, as Azure documents them; the standard names none."""

AS_ON_AZURE: Final = "the strength's length on Azure; the standard names none"

_TIME: Final = re.compile(r"\+?(\d{1,6}(?:\.\d{1,4})?|\.\d{1,4})\s*(ms|s)")
_BLANK: Final = re.compile(r"\n[ \t\r]*\n\s*")
_MEND: Final = "Mend it there; in SSML a lone & is written &amp; and a lone < is written &lt;."
_PLAIN: Final = frozenset({"s", "w", "token", "speak", "seq", "par", "media", "voice"})
_UNSPOKEN: Final = frozenset({"metadata", "meta", "lexicon", "lookup", "mark", "bookmark", "desc"})
_PLACED: Final = ("Leading", "Leading-exact", "Tailing", "Tailing-exact")


def break_length(attributes: dict[str, str]) -> Fraction | None:
    """Return the seconds of a `<break>` by its time or strength; None for a time that is none."""
    if "time" in attributes:
        found = _TIME.fullmatch(attributes["time"].strip())
        if not found:
            return None
        return Fraction(found[1]) / (1000 if found[2] == "ms" else 1)
    return STRENGTHS.get(attributes.get("strength", "medium"))


def read_speech_markup(data: bytes, name: str, log: DecisionLog) -> ImportedDocument:
    """Read SSML. Raises DocumentError."""
    root = read_xml([data], name, _MEND, comments=True)
    if root.tag != "speak":
        refuse(name, f"is XML of another kind: it begins with <{root.tag[:40]}>, not <speak>")
    document = ImportedDocument("SSML", language=root.attributes.get("lang", ""))
    reader = _SpeechMarkupReader(document, log)
    reader.read_all(root)
    return document


class _SpeechMarkupReader:
    """Walk the elements and write paragraphs."""

    def __init__(self, document: ImportedDocument, log: DecisionLog) -> None:
        self._document = document
        self._log = log
        self._parts: list[Part] = []
        self._tails: list[WrittenPause] = []

    def read_all(self, root: XmlElement) -> None:
        """Read the whole text."""
        self._read(root)
        self._parts += self._tails
        self._end()

    def _read(self, parent: XmlElement) -> None:
        for child in parent.children:
            if isinstance(child, XmlText):
                self._text(child)
            elif child.tag == "break":
                self._break(child)
            elif child.tag == "silence":
                self._silence(child)
            elif child.tag in ("p", "paragraph"):
                self._end()
                self._read(child)
                self._end()
            elif child.tag == COMMENT:
                words = " ".join(child.text().split())
                self._parts.append(Remark(words, child.line, "a comment"))
                told = "a comment: a comment in the file, not spoken"
                self._log.add(child.line, "taken", words, told)
            elif child.tag == "audio":
                written = f"{_tag(child)} {child.text().strip()}".strip()
                self._log.add(
                    child.line, "dropped", written, "a sound file, and words in its place"
                )
            elif child.tag in _UNSPOKEN:
                written = f"{_tag(child)} {child.text().strip()}".strip()
                self._log.add(child.line, "dropped", written, "is not heard")
            else:
                self._wrapped(child)

    def _end(self) -> None:
        if self._parts:
            line = self._parts[0].line
            self._document.paragraphs.append(ImportedParagraph(line, self._parts))
            self._parts = []

    def _text(self, text: XmlText) -> None:
        at, line = 0, text.line
        for found in _BLANK.finditer(text):
            self._say(text[at : found.start()], line)
            if any(isinstance(part, Uttered) and part.text.strip() for part in self._parts):
                self._end()
            line += text.count("\n", at, found.end())
            at = found.end()
        self._say(text[at:], line)

    def _say(self, text: str, line: int) -> None:
        if text.strip() or (text and self._parts):
            self._parts.append(Uttered(text, line))

    def _break(self, element: XmlElement) -> None:
        length = break_length(dict(element.attributes))
        written = _tag(element)
        if length is None:
            self._log.add(element.line, "dropped", written, "a break of no length that is known")
            return
        why = "" if "time" in element.attributes else AS_ON_AZURE
        self._parts.append(WrittenPause(written, element.line, length, why=why))

    def _silence(self, element: XmlElement) -> None:
        found = _TIME.fullmatch(element.attributes.get("value", "").strip())
        written = _tag(element)
        if not found or element.attributes.get("type") not in _PLACED:
            told = "serguide sets its own silence between sentences"
            self._log.add(element.line, "dropped", written, told)
            return
        length = Fraction(found[1]) / (1000 if found[2] == "ms" else 1)
        pause = WrittenPause(written, element.line, length)
        if element.attributes["type"].startswith("Leading"):
            self._parts.append(pause)
        else:
            self._tails.append(pause)

    def _wrapped(self, element: XmlElement) -> None:
        """Read an element that changes how its words sound; the words are kept."""
        outer, self._tails = self._tails, []
        if element.tag == "sub" and (alias := element.attributes.get("alias", "").strip()):
            written = " ".join(element.text().split())
            if written:
                self._document.pronounce[written] = alias
                self._log.add(element.line, "taken", written, f"pronounced “{alias}”")
        elif element.tag not in _PLAIN or set(element.attributes) - {"version", "id"}:
            told = "not taken over; its words are" if element.text().strip() else "not taken over"
            self._log.add(element.line, "dropped", _tag(element), told)
        self._read(element)
        self._parts += self._tails
        self._tails = outer


def _tag(element: XmlElement) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in element.attributes.items())
    return f"<{element.tag}{attributes}>"
