"""Content-addressed store of bytes on disk: spoken clips, encoded tracks.

    ROOT/
      objects/3f/3fa9...   one entry: magic, key, length and SHA-256 of the payload, payload
      private/3fa9...      empty: the entry of this name holds what was filled in for a client
      damaged/             entries that were not what they should be, set aside
      temp/                entries that are being written
      locks/               keys that someone is making the content of

An entry's name is the SHA-256 of everything that its content depends on, so that it never needs
to be brought up to date. Several processes of a user may share a store, and make each entry
once; nobody else can read it. A client's entries that nothing used for 14 days are forgotten.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

import platformdirs

from serguide.base.errors import StoreError
from serguide.base.files.atomic import write_once
from serguide.base.files.failures import is_full, next_step, reason_of
from serguide.base.files.locks import sole
from serguide.base.files.owned import reclaim
from serguide.base.files.remote_folder import local_path
from serguide.base.files.temporary import new_name, remove
from serguide.base.hints import Remedy
from serguide.cache.entries import HEADER_SIZE, header_of, payload_of
from serguide.cache.private import (
    CLOSED,
    FORGOTTEN_AFTER,
    SECRET,
    PrivateEntries,
    closed_folder,
)
from serguide.cache.size import Size

CACHE_VARIABLE: Final = "SERGUIDE_CACHE"
"""Environment variable: the folder of the store, in place of the user's cache folder."""

_CANONICAL: Final = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
)
_PIECE: Final = 1 << 20
_PATIENCE: Final = 120.0  # seconds that a process waits for another to make an entry


def default_root() -> Path:
    """Return the store's folder: $SERGUIDE_CACHE, or serguide in the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("serguide", appauthor=False))


def open_url(url: str) -> Store:
    """Open the store at a path, at `file:///…`, or at any URL that fsspec knows: `s3://…`.

    A folder is used as it is; what is elsewhere has the user's own store on this machine before
    it. Raises StoreError where it cannot be used now, UsageError, SerguideError.
    """
    path = local_path(url)
    if path is not None:
        return Store(path)
    from serguide.cache.shared import open_shared

    return open_shared(url, lambda _message: None)


def key_of(mapping: Mapping[str, object]) -> str:
    """Return the key of what a mapping says: SHA-256, in hex, of its canonical JSON.

    Values are what JSON can say; the order in which they stand does not matter.
    """
    return hashlib.sha256(_CANONICAL.encode(mapping).encode("ascii")).hexdigest()


class Store:
    """Keep bytes under keys, whole or not at all.

    lost: how often a store that is shared did not answer, or gave other bytes than were kept.
    """

    lost: int = 0

    _called: ClassVar = "cache"
    _variable: ClassVar = CACHE_VARIABLE
    _clearing: ClassVar[tuple[Remedy, ...]] = (Remedy("clear_cache"),)

    def __init__(self, root: Path) -> None:
        """Open the store in a folder, making it if need be. Raises StoreError."""
        self.root = root
        self._objects, self._damaged = root / "objects", root / "damaged"
        self._temp, self._locks = root / "temp", root / "locks"
        self._private = PrivateEntries(root / "private", self._places, self._temp)
        with self._said("opened"):
            root.mkdir(CLOSED, parents=True, exist_ok=True)
            for folder in (self._objects, self._damaged, self._temp, self._locks):
                closed_folder(folder)
            self._private.open(path.name for path in self._files(self._objects))
            # Asks the file system itself; permission bits do not tell for every one.
            with tempfile.TemporaryFile(dir=self._temp):
                pass
        self._sweep()

    def get(self, key: str) -> bytes | None:
        """Return the payload of a key, or None when there is none that is whole.

        An entry that is damaged, cut, emptied or another key's is set aside. Raises
        StoreError when the disk cannot be read.
        """
        path = self._path(key)
        with self._said("read"):
            try:
                content = path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
            except IsADirectoryError:
                content = b""
        payload = payload_of(key, content)
        if payload is None:
            self.set_aside(key)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # so that `prune` knows what is in use
        return payload

    def put(self, key: str, payload: bytes, *, private: bool = False) -> None:
        """Keep a payload under a key, on the disk when this returns; the first writer wins.

        private: it holds what was filled in for a client. Raises StoreError, and leaves nothing
        behind, when it cannot be written.
        """
        if private:
            self._mark(key)
        if self.get(key) is None:
            self._write(key, hashlib.sha256(payload).digest(), len(payload), [payload])

    def put_file(self, key: str, source: Path, *, private: bool = False) -> None:
        """Keep a file's bytes under a key, as `put` does, a piece at a time."""
        if private:
            self._mark(key)
        if self.has(key):
            with Path(os.devnull).open("wb") as nowhere:
                if self.copy_to(key, nowhere):
                    return
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
            length = file.tell()
            file.seek(0)
            self._write(key, digest, length, _pieces(file))

    def copy_to(self, key: str, out: BinaryIO) -> bool:
        """Write the payload of a key, a piece at a time; return False when there is none whole.

        What was written by then is of no use. Raises StoreError when the disk cannot be read,
        OSError when `out` cannot be written.
        """
        path = self._path(key)
        with contextlib.ExitStack() as stack:
            with self._said("read"):
                try:
                    file = stack.enter_context(path.open("rb"))
                    size = os.fstat(file.fileno()).st_size - HEADER_SIZE
                    head = file.read(HEADER_SIZE)
                except (FileNotFoundError, NotADirectoryError):
                    return False
                except IsADirectoryError:
                    self.set_aside(key)
                    return False
            digest = hashlib.sha256()
            for piece in self._read(file):
                digest.update(piece)
                out.write(piece)
        if head != header_of(key, digest.digest(), max(0, size)):
            self.set_aside(key)
            return False
        with contextlib.suppress(OSError):
            os.utime(path)
        return True

    @contextlib.contextmanager
    def sole(self, key: str) -> Iterator[None]:
        """Let one process, and one thread, at a time make the content of a key.

        Whoever comes in looks with `get` first: the one before may have put it there. Nobody
        waits for a process that was killed; keys may be held within one another only in an
        order that everyone keeps. Raises StoreError.
        """
        self._path(key)
        with contextlib.ExitStack() as stack:
            with self._said("written"):
                self._locks.mkdir(CLOSED, parents=True, exist_ok=True)
                stack.enter_context(sole(self._locks / key, _PATIENCE))
            yield

    def has(self, key: str) -> bool:
        """Say whether there is an entry for a key; only `get` says whether it is whole."""
        path = self._path(key)
        with self._said("read"):
            return path.exists()

    def set_aside(self, key: str) -> None:
        """Move the entry of a key, which is not what it should be, out of the way."""
        with self._said("changed"), contextlib.suppress(FileNotFoundError):
            self._damaged.mkdir(CLOSED, parents=True, exist_ok=True)
            remove(self._damaged / key)
            self._path(key).replace(self._damaged / key)

    def mark_private(self, key: str) -> None:
        """Mark an entry, if there is one: it holds what was filled in for a client, too."""
        if self.has(key):
            self._mark(key)

    def is_private(self, key: str) -> bool:
        """Say whether the entry of a key, if there is one, holds what was filled in."""
        with self._said("read"):
            return self._private.marked(key)

    def entry(self, key: str) -> Path | None:
        """Return the file that the entry of a key is, header and all; None where there is none."""
        return self._path(key) if self.has(key) else None

    def size(self) -> Size:
        """Return how many entries there are, and how many bytes they and the damaged take."""
        entries = total = 0
        for path in self._files(self._objects):
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_size
                entries += 1
        for path in self._files(self._damaged):
            with contextlib.suppress(FileNotFoundError):
                total += path.stat().st_size
        return Size(entries, total)

    def clear(self) -> Size:
        """Remove every entry, and what was set aside; return what was there."""
        before = self.size()
        for folder in (self._objects, self._damaged):
            for path in self._files(folder):
                self._remove(path)
        return before

    def private_size(self) -> Size:
        """Return how many entries hold what was filled in for clients, and their bytes."""
        with self._said("read"):
            return self._private.size()

    def clear_private(self) -> Size:
        """Remove the entries that hold what was filled in for clients; return what was there."""
        with self._said("changed"):
            return self._private.forget()

    def prune(self, unused_for: float) -> Size:
        """Remove entries that were not read for so many seconds; return what was removed."""
        newest_to_go = time.time() - unused_for
        entries = total = 0
        for folder in (self._objects, self._damaged):
            for path in self._files(folder):
                with contextlib.suppress(FileNotFoundError):
                    status = path.stat()
                    if status.st_mtime <= newest_to_go:
                        self._remove(path)
                        entries, total = entries + 1, total + status.st_size
        return Size(entries, total)

    def _write(self, key: str, digest: bytes, length: int, pieces: Iterable[bytes]) -> None:
        path = self._path(key)
        header = header_of(key, digest, length)
        with self._said("written"):
            path.parent.mkdir(CLOSED, parents=True, exist_ok=True)
            self._temp.mkdir(CLOSED, parents=True, exist_ok=True)
            temp = self._temp / new_name()
            write_once(path, chain([header], pieces), temp=temp, mode=SECRET)

    def _read(self, file: BinaryIO) -> Iterator[bytes]:
        pieces = _pieces(file)
        while True:
            with self._said("read"):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def _path(self, key: str) -> Path:
        if len(key) != 64 or key.strip("0123456789abcdef"):
            raise ValueError(f"{key!r} is not a key; use key_of")
        return self._objects / key[:2] / key

    def _sweep(self) -> None:
        """Remove what killed processes have left half-written, and clients' unused entries."""
        with self._said("opened"):
            for path in sorted(self._temp.iterdir()):
                reclaim(path)
            for path in self._files(self._locks):
                with sole(path, 0.0):
                    pass
            self._private.forget(FORGOTTEN_AFTER)

    def _mark(self, key: str) -> None:
        self._path(key)
        with self._said("written"):
            self._private.mark(key)

    def _files(self, folder: Path) -> Iterator[Path]:
        with self._said("read"):
            yield from sorted(path for path in folder.rglob("*") if path.is_file())

    def _remove(self, path: Path) -> None:
        with self._said("changed"):
            path.unlink(missing_ok=True)

    def _places(self, key: str) -> tuple[Path, ...]:
        """Return where the entry of a key may lie."""
        return self._path(key), self._damaged / key

    @contextlib.contextmanager
    def _said(self, done: str) -> Iterator[None]:
        """Turn an error of the operating system into one that says what to do."""
        try:
            yield
        except OSError as error:
            remedies = self._clearing if is_full(error) else ()
            clear = "clear the cache, or " if remedies else ""
            otherwise = f"{clear}set {self._variable} to another folder"
            raise StoreError(
                f"The {self._called} in {self.root} cannot be {done}: {reason_of(error)}.",
                next_step(error, otherwise, *remedies),
            ) from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
