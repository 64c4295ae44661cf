"""Parts of a zipped document: bounded reading, whatever the archive says of itself."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from serguide.importing.readers.failing import refuse
from serguide.importing.readers.xml_tree import XmlElement, read_xml

LARGEST_PART: Final = 40_000_000
"""Bytes that one part may unpack to; the text of a long book is 20 MB."""

MOST_PARTS: Final = 20_000
_PIECE: Final = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class ZipParts:
    """Read parts of an archive as XML, one after another."""

    def __init__(self, path: Path, name: str) -> None:
        """Open an archive; name: the file as messages name it. Raises DocumentError."""
        self._name = name
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except (*_BROKEN, ValueError, UnicodeError):
            refuse(name, "is a damaged archive, as after a broken download or copy")
        if len(infos) > MOST_PARTS:
            self._zip.close()
            refuse(name, f"holds more than {MOST_PARTS:,} parts")
        self.names = frozenset(info.filename for info in infos)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self._zip.close()

    def xml(self, part: str) -> XmlElement | None:
        """Return a part's root element, or None when there is no such part."""
        return read_xml(self._pieces(part), self._name) if part in self.names else None

    def start(self, part: str) -> bytes:
        """Return the first bytes of a part; nothing when there is no such part."""
        return next(self._pieces(part), b"") if part in self.names else b""

    def _pieces(self, part: str) -> Iterator[bytes]:
        size = 0
        try:
            with self._zip.open(part) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > LARGEST_PART:
                        limit = f"{LARGEST_PART // 1_000_000} MB"
                        refuse(self._name, f"unpacks to more than {limit} of text")
                    yield piece
        except RuntimeError as error:
            locked = "password" in str(error)
            refuse(self._name, "is locked with a password" if locked else "is a damaged archive")
        except _BROKEN:
            refuse(self._name, "is a damaged archive, as after a broken download or copy")
