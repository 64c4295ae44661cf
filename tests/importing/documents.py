"""Documents for the import tests: the cases, and Word and OpenDocument files made of XML."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

from serguide.importing.assumptions import Assumptions
from serguide.importing.drafting.yaml_writer import script_yaml
from serguide.importing.importer import draft_document

CASES = Path(__file__).parent / "cases"

ASSUMED = {
    "brackets-of-notes-spoken.txt": Assumptions(brackets="spoken"),
    "ellipses-as-punctuation.txt": Assumptions(lengths=(("ellipsis", Fraction(0)),)),
    "split-into-scripts.md": Assumptions(split=True),
}
"""Cases that are imported otherwise than by the defaults."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = {
    "Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "TOC1": "toc 1",
    "Nadpis1": "heading 1",
}  # fmt: skip


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """Return an archive of parts by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _relations(*targets):
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def _word_part(root, inside):
    spaces = (
        f'xmlns:w="{_WORD}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {spaces}>{inside}</w:{root}>'


def word(body):
    """Return a .docx of a body's XML, with styles, a footnote, a comment and a header."""

    def paragraph(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"), ("footnotes", "footnotes.xml"),
                ("comments", "comments.xml"), ("header", "header1.xml"),
            ),
            "word/document.xml": _word_part("document", body),
            "word/styles.xml": _word_part("styles", styles),
            "word/footnotes.xml": _word_part(
                "footnotes", f'<w:footnote w:id="2">{paragraph("Any shed will do.")}</w:footnote>'
            ),
            "word/comments.xml": _word_part(
                "comments", f'<w:comment w:id="0">{paragraph("Is this true?")}</w:comment>'
            ),
            "word/header1.xml": _word_part("hdr", paragraph("A practice in Brno")),
        }
    )  # fmt: skip


def word_of(paragraphs):
    """Return a .docx of plain paragraphs."""
    rows = (
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    return word(f"<w:body>{''.join(rows)}</w:body>")


def open_document(text):
    """Return an .odt of its text's XML."""
    kinds = ["office", "text", "table", "draw", "dc"]
    spaces = " ".join(
        f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds
    )
    content = (
        f'<office:document-content {spaces} xmlns:svg="urn:svg">'
        f"<office:body>{text}</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content})


def made(case, folder):
    """Return a case as the file that a person has, in a folder."""
    name = case.name.removesuffix(".xml")
    path = folder / name
    data = case.read_bytes()
    if name.endswith(".docx"):
        data = word(data.decode())
    elif name.endswith(".odt"):
        data = open_document(data.decode())
    path.write_bytes(data)
    return path


def golden(case):
    """Return where a case's script lies."""
    return CASES / f"{re.sub(r'[.].*', '', case.name)}.yaml"


def cases():
    """Return the documents, in order."""
    return sorted(path for path in CASES.iterdir() if path.suffix != ".yaml")


def imported(case, folder):
    """Return the YAML of a case; several scripts are parted by `---`, and its decisions."""
    drafts, log = draft_document(made(case, folder), ASSUMED.get(case.name, Assumptions()))
    return "---\n".join(script_yaml(draft) for draft in drafts), log.decisions


if __name__ == "__main__":  # write the scripts anew; then read every one of them
    import tempfile

    for each in cases():
        with tempfile.TemporaryDirectory() as place:
            golden(each).write_text(imported(each, Path(place))[0], encoding="utf-8")
