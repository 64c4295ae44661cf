"""Text files as bytes -> text: UTF-8, UTF-16, UTF-32, and the code pages of Windows."""

from __future__ import annotations

import codecs
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.drafting.language_guess import guess_language
from serguide.importing.readers.failing import refuse

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's little-endian one begins as UTF-16's does."""

_SAVE_AGAIN: Final = "Save it again with the encoding “UTF-8”, or name its encoding."


def decode(data: bytes, name: str, encoding: str, log: DecisionLog) -> str:
    """Return a file's text; encoding: what it is said to be, or empty. Raises DocumentError."""
    if encoding:
        return _as(data, encoding, name)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            if marked != "utf-8-sig":
                log.add(0, "taken", marked.upper(), "decoded; its byte order mark says so")
            return _as(data, marked, name)
    if b"\0" in data:
        return _without_mark(data, name, log)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data, name, log)


def _as(data: bytes, encoding: str, name: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        refuse(name, f"cannot be read as “{encoding}”, which is no encoding", _SAVE_AGAIN)
    try:
        text = data.decode(encoding)
    except (UnicodeError, ValueError, LookupError):
        refuse(name, f"is not {encoding.upper()} text all through", _SAVE_AGAIN)
    return text


def _without_mark(data: bytes, name: str, log: DecisionLog) -> str:
    """Decode UTF-16 that does not say so: every other byte of western text is NUL."""
    half = max(1, len(data) // 2)
    high, low = data[1::2].count(0) / half, data[0::2].count(0) / half
    if len(data) % 2 or max(high, low) <= 0.4 or min(high, low) >= 0.05:
        refuse(name, "is no text: it holds bytes that are zero")
    encoding = "utf-16-le" if high > low else "utf-16-be"
    log.add(0, "taken", encoding.upper(), "decoded; it has no mark, every other byte is zero")
    return _as(data, encoding, name)


def _code_page(data: bytes, name: str, log: DecisionLog) -> str:
    """Decode text of Windows: the Czech and Slovak page where the words are of those."""
    texts = {}
    for page in ("cp1252", "cp1250"):
        try:
            texts[page] = data.decode(page)
        except UnicodeDecodeError:
            continue
    if not texts:
        refuse(name, "is text in no encoding that is known here", _SAVE_AGAIN)
    central = "cp1250" in texts and guess_language(texts["cp1250"]).language in ("cs", "sk")
    page = "cp1250" if central or "cp1252" not in texts else "cp1252"
    became = "decoded: not UTF-8, and read as this by its words; look at the accents"
    log.add(0, "assumed", page, became)
    return texts[page]
