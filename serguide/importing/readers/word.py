"""Word documents (.docx): insertions taken, deletions dropped, both told; notes as remarks.

Everything that carries words is followed: tables, lists, content controls, links, text boxes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, ImportedParagraph, Remark, Uttered
from serguide.importing.readers.word_package import WordPackage, on, open_package
from serguide.importing.readers.xml_tree import XmlElement
from serguide.importing.readers.zip_parts import ZipParts

_SILENT: Final = frozenset({"instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "tcPr"})
_NOTES: Final = {
    "footnoteReference": ("footnote", "a footnote"),
    "endnoteReference": ("endnote", "an endnote"),
    "commentReference": ("comment", "a comment"),
}
_LETTERS: Final = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def read_word(path: Path, name: str, log: DecisionLog) -> ImportedDocument:
    """Read a Word document. Raises DocumentError."""
    with ZipParts(path, name) as parts:
        package = open_package(parts, name)
    document = ImportedDocument("Word", unit="paragraph")
    _WordReader(package, document, log).read()
    for margin in package.margins:
        log.add(0, "dropped", margin, "a header or footer")
    return document


class _WordReader:
    """Walk the text and write paragraphs."""

    def __init__(self, package: WordPackage, document: ImportedDocument, log: DecisionLog) -> None:
        self._package = package
        self._document = document
        self._log = log
        self._number = 0
        self._now = ImportedParagraph(0)
        self._boxes: list[XmlElement] = []
        self._in_list = False

    def read(self) -> None:
        """Read the whole text."""
        self._blocks(self._package.body)

    def _blocks(self, parent: XmlElement) -> None:
        for element in parent.elements():
            if element.tag == "p":
                self._paragraph(element)
            elif element.tag == "tbl":
                rows = sum(1 for _ in element.elements("tr"))
                self._log.add(
                    self._number + 1, "taken", f"a table of {rows} rows", "read row by row"
                )
                self._blocks(element)
            elif element.tag in ("del", "moveFrom"):
                self._dropped(element)
            elif element.tag == "altChunk":
                self._log.add(self._number, "dropped", "another document", "it is only linked in")
            elif element.tag == "sdt" and self._is_prompt(element):
                self._log.add(self._number + 1, "dropped", element.text(), "an empty form field")
            elif element.tag not in _SILENT:
                self._blocks(element)

    def _paragraph(self, element: XmlElement) -> None:
        self._number += 1
        outer, self._now = self._now, ImportedParagraph(self._number)
        properties = element.first("pPr")
        self._inline(element)
        role = self._role(properties)
        listed = properties is not None and properties.first("numPr") is not None
        if listed and not self._in_list and role != "contents":
            self._log.add(self._number, "taken", "a list", "its marks or numbers are not spoken")
        self._in_list = listed
        text = self._now.text.strip()
        if role == "contents" and text:
            self._log.add(self._number, "dropped", text, "a table of contents")
        elif role == "title" and text and not self._document.title:
            self._document.title = text
            self._log.add(self._number, "taken", text, "the title")
            self._now.parts = [part for part in self._now.parts if isinstance(part, Remark)]
            self._document.paragraphs.append(self._now)
        else:
            level = int(role) if role.isascii() and role.isdigit() else 0
            self._now.heading = level or int(role == "title")
            self._document.paragraphs.append(self._now)
        self._now = outer
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._log.add(
                self._number, "taken", box.text(), "a text box, read behind its paragraph"
            )
            self._blocks(box)

    def _role(self, properties: XmlElement | None) -> str:
        if properties is None:
            return ""
        level = properties.first("outlineLvl")
        if level is not None and level.attributes.get("val", "9") in "012345678":
            return str(int(level.attributes["val"]) + 1)
        style = properties.first("pStyle")
        return self._package.styles.get(style.attributes.get("val", ""), "") if style else ""

    def _inline(self, parent: XmlElement) -> None:
        for element in parent.elements():
            if element.tag == "r":
                self._run(element)
            elif element.tag in ("ins", "moveTo"):
                if text := _spoken(element):
                    what = "an insertion" if element.tag == "ins" else "moved here"
                    self._log.add(self._number, "taken", text, f"{what} under tracked changes")
                self._inline(element)
            elif element.tag in ("del", "moveFrom"):
                self._dropped(element)
            elif element.tag == "sdt" and self._is_prompt(element):
                self._log.add(self._number, "dropped", element.text(), "an empty form field")
            elif element.tag == "AlternateContent":
                self._inline(element.first("Choice") or element.first("Fallback") or element)
            elif element.tag == "t":
                self._say(element.text())
            elif element.tag not in _SILENT:
                self._inline(element)

    def _run(self, run: XmlElement) -> None:
        properties = run.first("rPr")
        if on(properties, "vanish"):
            if text := _spoken(run):
                self._log.add(self._number, "dropped", text, "hidden text")
            return
        if (on(properties, "strike") or on(properties, "dstrike")) and (text := _spoken(run)):
            self._log.add(self._number, "left", text, "struck through, and spoken all the same")
        self._run_parts(run)

    def _run_parts(self, run: XmlElement) -> None:
        for element in run.elements():
            if element.tag == "t":
                self._say(element.text())
            elif element.tag in _LETTERS:
                self._say(_LETTERS[element.tag])
            elif element.tag in _NOTES:
                self._note(element)
            elif element.tag in ("drawing", "pict", "object"):
                self._picture(element)
            elif element.tag == "sym":
                font = element.attributes.get("font", "a font")
                code = element.attributes.get("char", "")
                self._log.add(self._number, "dropped", f"sign {code} of {font}", "a symbol")
            elif element.tag == "AlternateContent":
                self._run_parts(element.first("Choice") or element.first("Fallback") or element)
            elif element.tag == "delText" and (text := element.text()):
                self._log.add(self._number, "dropped", text, "a deletion under tracked changes")

    def _say(self, text: str) -> None:
        parts = self._now.parts
        if parts and isinstance(last := parts[-1], Uttered):
            parts[-1] = Uttered(last.text + text, last.line)
        else:
            parts.append(Uttered(text, self._number))

    def _note(self, element: XmlElement) -> None:
        kind, why = _NOTES[element.tag]
        text = self._package.notes.get((kind, element.attributes.get("id", "")))
        if text:
            self._now.parts.append(Remark(text, self._number, why))
            self._log.add(self._number, "taken", text, f"{why}: a comment in the file, not spoken")

    def _picture(self, element: XmlElement) -> None:
        boxes, waiting = [], [element]
        while waiting:
            each = waiting.pop()
            if each.tag == "txbxContent":
                boxes.append(each)
            else:  # a box within a box comes with it
                waiting.extend(reversed(list(each.elements())))
        self._boxes += boxes
        if not boxes:
            described = next(element.descendants("docPr"), None)
            alt = described.attributes.get("descr", "") if described is not None else ""
            self._log.add(self._number, "dropped", alt or "a picture", "a picture")

    def _dropped(self, element: XmlElement) -> None:
        what = "a deletion" if element.tag == "del" else "moved away"
        if text := _spoken(element) or _deleted(element):
            self._log.add(self._number, "dropped", text, f"{what} under tracked changes")

    def _is_prompt(self, control: XmlElement) -> bool:
        return on(control.first("sdtPr"), "showingPlcHdr")


def _spoken(element: XmlElement) -> str:
    return "".join(each.text() for each in element.descendants("t"))


def _deleted(element: XmlElement) -> str:
    return "".join(each.text() for each in element.descendants("delText"))
