"""Dispatch of documents: which reader a file wants, by its first bytes and then by its name."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Final

from serguide.base.files.failures import reason_of
from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument
from serguide.importing.drafting.cleaning import unix_lines
from serguide.importing.readers.encodings import decode
from serguide.importing.readers.failing import AS_TEXT, refuse
from serguide.importing.readers.zip_parts import ZipParts

LARGEST_ARCHIVE: Final = 200_000_000
"""Bytes of a zipped document; its pictures are never unpacked."""

LARGEST_FILE: Final = 32_000_000
"""Bytes of any other document; RTF holds its pictures as text."""

LARGEST_TEXT: Final = 2_000_000
"""Characters of a text: some thirty hours of speech."""

_SIGNATURES: Final = {
    b"%PDF": "is a PDF, which keeps no paragraphs",
    b"\xd0\xcf\x11\xe0": "is an old Word document (.doc), or a new one locked with a password",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"GIF8": "is a picture",
    b"ID3": "is a sound file",
    b"RIFF": "is a sound file",
    b"OggS": "is a sound file",
    b"fLaC": "is a sound file",
}
_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_SCRIPT: Final = re.compile(r"(?m)^(?:cues|steps)[ \t]*:")
_HEAD: Final = 8_192  # bytes in which a document says what it is
_SPEAK: Final = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<!?(?:DOCTYPE )?speak\b", re.S
)
_HTML: Final = re.compile(r"\s*<(?:!doctype html|html)\b", re.I)


def read_document(path: Path, encoding: str, log: DecisionLog) -> ImportedDocument:
    """Read a document of any known format. Raises DocumentError."""
    name = str(path)
    head, size = _look(path, name)
    for signature, what in _SIGNATURES.items():
        if head.startswith(signature):
            refuse(name, what)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if size > LARGEST_ARCHIVE:
            refuse(name, f"is larger than {LARGEST_ARCHIVE // 1_000_000} MB")
        return _zipped(path, name, log)
    if size > LARGEST_FILE:
        step = "Import the text alone; a script of an hour has some 50 KB."
        refuse(name, f"is larger than {LARGEST_FILE // 1_000_000} MB", step)
    try:
        data = path.read_bytes()
    except OSError as error:
        refuse(name, f"cannot be read: {reason_of(error)}", "Check its permissions.")
    return _unzipped(data, path.suffix.lower(), name, encoding, log)


def _look(path: Path, name: str) -> tuple[bytes, int]:
    """Return a file's first bytes and its size."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            refuse(name, "is a folder", "Name the documents in it.")
        if not stat.S_ISREG(status.st_mode):
            refuse(name, "is not an ordinary file", "Name a document.")
        with path.open("rb") as file:
            return file.read(16), status.st_size
    except FileNotFoundError:
        refuse(name, "is not there", "Check its name, and the folder that you are in.")
    except (OSError, ValueError) as error:
        refuse(name, f"cannot be read: {reason_of(error)}", "Check the path and its permissions.")


def _zipped(path: Path, name: str, log: DecisionLog) -> ImportedDocument:
    with ZipParts(path, name) as parts:
        kind, names = parts.start("mimetype"), parts.names
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        from serguide.importing.readers.open_document import read_open_document

        return read_open_document(path, name, log)
    if "[Content_Types].xml" not in names or not any(each.startswith("word/") for each in names):
        refuse(name, "is an archive, and neither a Word nor an OpenDocument text")
    from serguide.importing.readers.word import read_word

    return read_word(path, name, log)


def _unzipped(
    data: bytes, suffix: str, name: str, encoding: str, log: DecisionLog
) -> ImportedDocument:
    if data.startswith(b"{\\rtf"):
        from serguide.importing.readers.rich_text import read_rich_text

        return read_rich_text(data, name, log)
    if suffix == ".ssml" or _SPEAK.match(data[:_HEAD].lstrip()):
        from serguide.importing.readers.speech_markup import read_speech_markup

        if len(data) > LARGEST_TEXT:
            refuse(name, f"is larger than {LARGEST_TEXT // 1_000_000} MB")
        return read_speech_markup(data, name, log)
    if suffix in (".docx", ".odt", ".rtf"):
        refuse(name, f"is no {suffix} document, whatever its name says", AS_TEXT)
    text = unix_lines(decode(data, name, encoding, log))
    if len(text) > LARGEST_TEXT:
        step = "Import the text in parts; a script of an hour has some 50,000 characters."
        refuse(name, f"holds more than {LARGEST_TEXT:,} characters", step)
    if suffix in (".yaml", ".yml") and _SCRIPT.search(text):
        refuse(name, "is a script or session already", "Put it into a library, and check it.")
    if _HTML.match(text):
        refuse(name, "is a web page", "Copy its text into a .txt file, or save it as .docx.")
    return _text(text, suffix, name, log)


def _text(text: str, suffix: str, name: str, log: DecisionLog) -> ImportedDocument:
    from serguide.importing.readers.phrase_file import is_phrase_file, read_phrase_file
    from serguide.importing.readers.plain_text import read_plain_text

    if is_phrase_file(text):
        return read_phrase_file(text, log)
    if suffix in _MARKDOWN:
        from serguide.importing.readers.markdown_text import read_markdown

        return read_markdown(text, name, log)
    return read_plain_text(text, log)
