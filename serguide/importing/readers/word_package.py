"""Package of a Word document: which part is the text, its styles, its notes and comments."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final

from serguide.importing.readers.failing import refuse
from serguide.importing.readers.xml_tree import XmlElement
from serguide.importing.readers.zip_parts import ZipParts

_HEADING: Final = re.compile(r"heading ([1-9])")
_CONTENTS: Final = re.compile(r"toc( heading| ?[1-9])|table of figures")
_USUAL: Final = "word/document.xml"


@dataclass(slots=True)
class WordPackage:
    """Hold what a document's text refers to.

    styles: by id, what a paragraph of it is: `title`, `contents`, or a heading's level; notes:
    texts by kind and id; margins: texts of headers and footers.
    """

    body: XmlElement
    styles: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    margins: list[str] = field(default_factory=list)


def open_package(parts: ZipParts, name: str) -> WordPackage:
    """Return a document's package; name: the file as messages name it. Raises DocumentError."""
    main = next(iter(_related(parts, "", "officeDocument")), _USUAL)
    root = parts.xml(main)
    body = root.first("body") if root is not None else None
    if body is None:
        refuse(name, "is no Word document: it has no text part")
    package = WordPackage(body)
    for part in _related(parts, main, "styles"):
        package.styles.update(_styles(parts.xml(part)))
    for relation, tag in (
        ("footnotes", "footnote"),
        ("endnotes", "endnote"),
        ("comments", "comment"),
    ):
        for part in _related(parts, main, relation):
            package.notes.update(_notes(parts.xml(part), tag))
    for relation in ("header", "footer"):
        for part in _related(parts, main, relation):
            margin = parts.xml(part)
            if margin is not None and (text := _words(margin)):
                package.margins.append(text)
    return package


def on(element: XmlElement | None, tag: str) -> bool:
    """Tell whether a property such as `vanish` is there and not switched off."""
    found = element.first(tag) if element is not None else None
    return found is not None and found.attributes.get("val", "1") not in ("0", "false", "off")


def _related(parts: ZipParts, part: str, relation: str) -> list[str]:
    """Return the parts that a part names by a relation, in order."""
    folder, file = posixpath.split(part)
    root = parts.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    found = []
    for each in root.elements("Relationship") if root is not None else ():
        if each.attributes.get("TargetMode") == "External":
            continue
        if each.attributes.get("Type", "").rpartition("/")[2] == relation:
            target = each.attributes.get("Target", "")
            found.append(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return [each for each in dict.fromkeys(found) if each in parts.names]


def _styles(root: XmlElement | None) -> dict[str, str]:
    """Return what paragraphs of each style are; styles that stand on others are as these."""
    known: dict[str, str] = {}
    base: dict[str, str] = {}
    for style in root.elements("style") if root is not None else ():
        key, named = style.attributes.get("styleId", ""), style.first("name")
        written = (named.attributes.get("val", "") if named is not None else "").lower()
        properties = style.first("pPr")
        level = properties.first("outlineLvl") if properties is not None else None
        if found := _HEADING.fullmatch(written):
            known[key] = found[1]
        elif written == "title" or _CONTENTS.fullmatch(written):
            known[key] = "title" if written == "title" else "contents"
        elif level is not None and level.attributes.get("val", "") in "012345678":
            known[key] = str(int(level.attributes.get("val") or 0) + 1)
        elif (parent := style.first("basedOn")) is not None:
            base[key] = parent.attributes.get("val", "")
    for key in base:
        parent_key, steps = base[key], 0
        while parent_key in base and parent_key not in known and steps < 20:
            parent_key, steps = base[parent_key], steps + 1
        if parent_key in known:
            known.setdefault(key, known[parent_key])
    return known


def _notes(root: XmlElement | None, tag: str) -> dict[tuple[str, str], str]:
    return {
        (tag, note.attributes.get("id", "")): text
        for note in (root.elements(tag) if root is not None else ())
        if (text := _words(note))
    }


def _words(root: XmlElement) -> str:
    """Return what stands in a note: its paragraphs as one text."""
    paragraphs = ("".join(t.text() for t in p.descendants("t")) for p in root.descendants("p"))
    return " ".join(" ".join(paragraphs).split())
