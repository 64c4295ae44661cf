"""Find the files of a set in a folder by their hashes, wherever they lie and whatever their names.

Looked into: files, and what zip archives (.whl, .zip) and tar archives (.tgz, .tar.gz, .tar) hold.
Only what has the size of a wanted file is read; nothing is unpacked by its own name.
"""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from serguide.voices.weights.digests import new_hash, pieces, written

MOST_FILES: Final = 200_000
"""How many files of a folder are looked at; more is a wrong folder."""

_ZIPS: Final = (".whl", ".zip")
_TARS: Final = (".tgz", ".tar.gz", ".tar")
_SMALL: Final = 1_000_000
_LARGEST_ARCHIVE: Final = 2_000_000_000
_DAMAGED: Final = (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """Say where the bytes of a hash lie.

    member: their name in an archive, or empty; held: the bytes themselves, of small files in
    compressed archives, which can only be read from their beginning.
    """

    path: Path
    member: str = ""
    held: bytes = b""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Give the bytes to read. Raises OSError."""
        if self.held:
            yield io.BytesIO(self.held)
        elif not self.member:
            with self.path.open("rb") as file:
                yield file
        elif self.path.name.lower().endswith(_ZIPS):
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as entry:
                yield entry
        else:
            with tarfile.open(self.path) as packed:
                extracted = packed.extractfile(self.member)
                if extracted is None:
                    raise OSError(f"{self.path} holds no file {self.member}")
                with extracted as entry:
                    yield entry


def search(folder: Path, wanted: Collection[tuple[int, str]]) -> dict[str, FoundFile]:
    """Return where the files of some sizes and hashes lie, by hash; the first of each counts.

    wanted: bytes and written hash of each. What cannot be read is left out.
    """
    by_size: dict[int, set[str]] = {}
    for size, digest in wanted:
        by_size.setdefault(size, set()).add(digest)
    found: dict[str, FoundFile] = {}
    for path in _files(folder):
        name = path.name.lower()
        try:
            if path.stat().st_size in by_size:
                with path.open("rb") as file:
                    _note(found, FoundFile(path), file, by_size[path.stat().st_size])
            elif name.endswith(_ZIPS) and path.stat().st_size < _LARGEST_ARCHIVE:
                _look_into_zip(path, by_size, found)
            elif name.endswith(_TARS) and path.stat().st_size < _LARGEST_ARCHIVE:
                _look_into_tar(path, by_size, found)
        except _DAMAGED:
            continue
        if len(found) == len(wanted):
            break
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield a folder's files, in order, links to folders not followed."""
    count = 0
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            yield Path(root) / name


def _look_into_zip(path: Path, by_size: dict[int, set[str]], found: dict[str, FoundFile]) -> None:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.file_size in by_size:
                with archive.open(info) as entry:
                    _note(found, FoundFile(path, info.filename), entry, by_size[info.file_size])


def _look_into_tar(path: Path, by_size: dict[int, set[str]], found: dict[str, FoundFile]) -> None:
    with tarfile.open(path) as archive:
        for info in archive:
            if info.isreg() and info.size in by_size:
                entry = archive.extractfile(info)
                if entry is not None:
                    held = entry.read() if info.size <= _SMALL else b""
                    read = io.BytesIO(held) if held else entry
                    _note(found, FoundFile(path, info.name, held), read, by_size[info.size])


def _note(
    found: dict[str, FoundFile], where: FoundFile, file: IO[bytes], digests: set[str]
) -> None:
    """Hash what lies somewhere, and keep the place if that is wanted and new."""
    if digests <= found.keys():
        return
    hashes = {digest.partition(":")[0]: new_hash(digest) for digest in digests}
    for piece in pieces(file, 1 << 62):
        for each in hashes.values():
            each.update(piece)
    for each in hashes.values():
        if written(each) in digests:
            found.setdefault(written(each), where)
