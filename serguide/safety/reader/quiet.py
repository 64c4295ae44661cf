"""Texts of the built-in library that the reader has read and not warned of.

They need not be read again on every machine: `check` of the whole library would take minutes.
Made by `python -m serguide.safety.reader.quiet`, after the classifier and whenever the library
has changed: what is known to be quiet is not read again, unless the classifier is another. A text
that is not in it is read as any other.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

FILE: Final = "quiet.bin"
"""Beside this module: a fingerprint of the classifier, and after it one of each text."""

_BYTES = 8


def unread(texts: Iterable[str]) -> list[str]:
    """Return those of some texts, each once, that are not known to be quiet."""
    known = _known()
    return [text for text in dict.fromkeys(texts) if _fingerprint(text.encode()) not in known]


@cache
def _known() -> frozenset[bytes]:
    """Return the fingerprints; none where they were made for another classifier."""
    file = resources.files(__package__) / FILE
    data = file.read_bytes() if file.is_file() else b""
    parts = [data[start : start + _BYTES] for start in range(0, len(data), _BYTES)]
    return frozenset(parts[1:] if parts[:1] == [_of_classifier()] else [])


def _of_classifier() -> bytes:
    from serguide.safety.reader.head import FILE as HEAD

    return _fingerprint((resources.files(__package__) / HEAD).read_bytes())


def _fingerprint(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_BYTES]


def main() -> None:
    """Read what is new in the built-in library, and write what was not warned of."""
    from serguide.cache.store import Store, default_root
    from serguide.safety.checker import Checker
    from serguide.safety.reader.verdicts import Reading, SecondReader
    from serguide.script.library import open_libraries

    class Listener(SecondReader):
        """Remembers what it was silent about."""

        silent: set[str]

        def read(
            self,
            texts: Collection[str],
            windows: Collection[str] = (),
            private: Collection[str] = (),
        ) -> dict[str, Reading]:
            answers = super().read(texts, windows, private)
            # What is filled in here is of the built-in scripts themselves, and nobody's.
            self.silent |= {*texts, *windows} - answers.keys()
            return answers

    listener = Listener(Store(default_root()))
    listener.silent = set()
    libraries = open_libraries([])
    checker = Checker(libraries, None, date.today(), None, listener)
    for name, path in sorted(libraries.names().items()):
        checker.file(path)
        print(name, len(listener.silent), file=sys.stderr)
    prints = sorted(_fingerprint(text.encode()) for text in listener.silent)
    (Path(__file__).parent / FILE).write_bytes(b"".join([_of_classifier(), *prints]))


if __name__ == "__main__":
    main()
