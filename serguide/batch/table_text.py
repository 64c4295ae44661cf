"""Decode a table's bytes, and say by what it was decoded.

Excel saves CSV in UTF-8 with a byte order mark, in UTF-16 ("Unicode text"), or in the code page of
its system, which no byte of the file names. So what is not UTF-8 is taken as Windows-1250 and
said to be, and `encoding` names another.
"""

from __future__ import annotations

import codecs
import stat
from pathlib import Path
from typing import Final

from serguide.base.errors import Problem, ScriptError
from serguide.base.files.failures import reason_of

LARGEST: Final = 64_000_000
"""Bytes that a table may have: a million rows of sixty."""

OTHERWISE: Final = "cp1250"
"""What a table is taken for that is no Unicode: the code page of Central European Windows."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_DOCUMENTS: Final = {
    b"PK\x03\x04": "an Excel or other office document",
    b"\xd0\xcf\x11\xe0": "an old Excel document",
    b"%PDF": "a PDF",
}


def read_table_text(path: Path, encoding: str | None = None) -> tuple[str, str]:
    """Return a table's text, and the name of the encoding that it was read by.

    encoding: what it is in, None to find out. Raises ScriptError.
    """
    data = _read(path)
    for beginning, called in _DOCUMENTS.items():
        if data.startswith(beginning):
            hint = "in Excel, save it as “CSV UTF-8 (comma delimited)”"
            raise _wrong(path, 1, "B001", f"is {called}, not a table in text", hint)
    if encoding is not None:
        return _decoded(path, data, encoding), encoding
    for mark, codec, called in _MARKS:
        if data.startswith(mark):
            return _decoded(path, data, codec), called
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded(path, data, OTHERWISE), "Windows-1250"


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"holds a byte (0x{data[error.start]:02x}) that is no character in {encoding}"
        hint = "save it as CSV UTF-8, or name its encoding"
        raise _wrong(path, line, "B002", message, hint) from None
    except (LookupError, UnicodeError):
        hint = "name one that Python knows: utf-8, cp1250, cp1252"
        raise _wrong(path, 1, "B002", f"cannot be read as {encoding}", hint) from None


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _wrong(path, 1, "B001", "is no file", "name a table: a .csv or .yaml file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _wrong(path, 1, "B001", "there is no such file", "name a .csv or .yaml") from None
    except (OSError, ValueError) as error:
        message, hint = f"cannot be read: {reason_of(error)}", "check the path and its permissions"
        raise _wrong(path, 1, "B001", message, hint) from None
    if len(data) > LARGEST:
        message, hint = f"is larger than {LARGEST // 1_000_000} MB", "split it into several tables"
        raise _wrong(path, 1, "B001", message, hint)
    return data


def _wrong(path: Path, line: int, code: str, message: str, hint: str) -> ScriptError:
    return ScriptError([Problem(str(path), line, 1, code, message, hint)])
