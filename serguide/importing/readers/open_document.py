"""OpenDocument texts (.odt): insertions taken, deletions dropped, both told; notes as remarks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, ImportedParagraph, Remark, Uttered
from serguide.importing.readers.failing import refuse
from serguide.importing.readers.xml_tree import XmlElement
from serguide.importing.readers.zip_parts import ZipParts

_CONTENTS: Final = frozenset({"table-of-content", "illustration-index", "alphabetical-index"})
_MOST_SPACES: Final = 100


def read_open_document(path: Path, name: str, log: DecisionLog) -> ImportedDocument:
    """Read an OpenDocument text. Raises DocumentError."""
    with ZipParts(path, name) as parts:
        if "META-INF/manifest.xml" in parts.names and "encryption-data" in str(
            parts.start("META-INF/manifest.xml")
        ):
            refuse(name, "is locked with a password")
        root = parts.xml("content.xml")
    body = root.first("body") if root is not None else None
    text = body.first("text") if body is not None else None
    if root is None or text is None:
        refuse(name, "is no OpenDocument text: it has no text part")
    document = ImportedDocument("OpenDocument", unit="paragraph")
    _OpenDocumentReader(document, log, _titles(root)).read(text)
    return document


def _titles(root: XmlElement) -> frozenset[str]:
    """Return the names of the styles that stand on the one for titles."""
    styles = root.first("automatic-styles")
    based = {
        style.attributes.get("name", "")
        for style in (styles.elements("style") if styles is not None else ())
        if style.attributes.get("parent-style-name") == "Title"
    }
    return frozenset({"Title", *based})


class _OpenDocumentReader:
    """Walk the text and write paragraphs."""

    def __init__(
        self, document: ImportedDocument, log: DecisionLog, titles: frozenset[str]
    ) -> None:
        self._document = document
        self._log = log
        self._titles = titles
        self._number = 0
        self._now = ImportedParagraph(0)
        self._inserted: str | None = None
        self._changes: dict[str, str] = {}

    def read(self, parent: XmlElement) -> None:
        """Read what stands below an element."""
        for element in parent.elements():
            if element.tag in ("p", "h"):
                self._paragraph(element)
            elif element.tag == "tracked-changes":
                self._tracked(element)
            elif element.tag in _CONTENTS:
                text = " ".join(element.text().split())
                self._log.add(self._number, "dropped", text, "a table of contents")
            elif element.tag == "list":
                self._log.add(
                    self._number + 1, "taken", "a list", "its marks or numbers are not spoken"
                )
                self.read(element)
            elif element.tag == "table":
                rows = sum(1 for _ in element.descendants("table-row"))
                self._log.add(
                    self._number + 1, "taken", f"a table of {rows} rows", "read row by row"
                )
                self.read(element)
            elif element.tag in ("change-start", "change-end", "change"):
                self._change(element)
            else:
                self.read(element)

    def _tracked(self, element: XmlElement) -> None:
        for region in element.elements("changed-region"):
            key = region.attributes.get("id", "")
            for change in region.elements("insertion", "deletion"):
                words = (p.text() for p in change.descendants("p", "h"))
                self._changes[key] = change.tag if change.tag == "insertion" else " ".join(words)

    def _paragraph(self, element: XmlElement) -> None:
        self._number += 1
        outer, self._now = self._now, ImportedParagraph(self._number)
        self._inline(element)
        found, self._now = self._now, outer
        titled = element.attributes.get("style-name", "") in self._titles
        if element.tag == "h":
            level = element.attributes.get("outline-level", "1")
            found.heading = int(level) if _is_number(level) and len(level) < 3 else 1
        elif titled and not self._document.title and found.text.strip():
            self._document.title = found.text.strip()
            self._log.add(found.line, "taken", self._document.title, "the title")
            found.parts = [part for part in found.parts if isinstance(part, Remark)]
        self._document.paragraphs.append(found)

    def _inline(self, parent: XmlElement) -> None:
        for child in parent.children:
            if isinstance(child, str):
                self._say(" ".join(child.split("\n")))
            elif child.tag == "s":
                count = child.attributes.get("c", "1")
                many = int(count) if _is_number(count) and len(count) < 4 else 1
                self._say(" " * min(many, _MOST_SPACES))
            elif child.tag in ("tab", "line-break", "soft-page-break"):
                self._say(" ")
            elif child.tag in ("note", "annotation"):
                self._note(child)
            elif child.tag in ("change-start", "change-end", "change"):
                self._change(child)
            elif child.tag in ("frame", "custom-shape"):
                self._frame(child)
            elif child.tag in ("hidden-text", "placeholder"):
                what = "hidden text" if child.tag == "hidden-text" else "an empty form field"
                self._log.add(self._number, "dropped", child.text(), what)
            elif child.tag not in ("annotation-end", "bookmark", "ruby-text"):
                self._inline(child)

    def _say(self, text: str) -> None:
        if self._inserted is not None:
            self._inserted += text
        parts = self._now.parts
        if parts and isinstance(last := parts[-1], Uttered):
            parts[-1] = Uttered(last.text + text, last.line)
        else:
            parts.append(Uttered(text, self._number))

    def _note(self, note: XmlElement) -> None:
        why = "a comment" if note.tag == "annotation" else "a footnote"
        body = note if note.tag == "annotation" else note.first("note-body") or note
        text = " ".join(" ".join(p.text() for p in body.descendants("p", "h")).split())
        if text:
            self._now.parts.append(Remark(text, self._number, why))
            self._log.add(self._number, "taken", text, f"{why}: a comment in the file, not spoken")

    def _change(self, mark: XmlElement) -> None:
        kind = self._changes.get(mark.attributes.get("change-id", ""))
        if kind is None:
            return
        if mark.tag == "change-start" and kind == "insertion":
            self._inserted = ""
        elif mark.tag == "change-end" and self._inserted is not None:
            text, self._inserted = self._inserted, None
            self._log.add(self._number, "taken", text, "an insertion under tracked changes")
        elif mark.tag == "change" and kind and kind != "insertion":
            self._log.add(self._number, "dropped", kind, "a deletion under tracked changes")

    def _frame(self, frame: XmlElement) -> None:
        boxes = list(frame.descendants("text-box"))[:1]
        for box in boxes:
            self._log.add(
                self._number, "taken", box.text(), "a text box, read before its paragraph"
            )
            self.read(box)
        if not boxes:
            described = next(frame.descendants("desc", "title"), None)
            alt = described.text() if described is not None else ""
            self._log.add(self._number, "dropped", alt or "a picture", "a picture")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
