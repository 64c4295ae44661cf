"""Store that several machines share, at a URL, with this machine's own store before it.

    URL/objects/3f/3fa9...   one entry, as a folder's store has it: header with SHA-256, payload

Entries come whole or not at all, and each is verified before it is used; so nobody needs a lock
for being right, and what is lost, late or damaged there is made again, like what is not kept.

What was made of a client's values never goes there: it stays in this machine's store, closed to
others and forgotten after 14 days.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from serguide.base.errors import StoreError
from serguide.base.files.owned import owned
from serguide.base.files.remote_folder import RemoteError, RemoteFolder
from serguide.base.files.temporary import new_name
from serguide.base.hints import Hint
from serguide.cache.entries import HEADER_SIZE, header_of, payload_of
from serguide.cache.fallback import FallbackStore
from serguide.cache.size import Size
from serguide.cache.store import Store, default_root

_FIRST: Final = 1 << 20  # bytes; most entries are smaller, and come with one question
_FURTHER: Final = 8 << 20
_READINGS: Final = 3  # times that an entry is read before it is called damaged
_AGAIN: Final = 0.2  # seconds before it is read again
_MISSED: Final = 5.0  # seconds for which nobody is asked again for what was not there
_REST: Final = 30.0  # seconds for which a store is left alone that did not answer
_HINT: Final = "See that it is there, and that this machine may read and write it."


def open_shared(url: str, say: Callable[[str], None]) -> SharedStore:
    """Return the store at a URL, with the user's own on this machine before it.

    say: is told, once each, what either of them cannot do. Raises StoreError where the URL cannot
    be read and written now, UsageError, SerguideError.
    """
    return SharedStore(RemoteFolder(url), FallbackStore(default_root(), say), say)


class SharedStore(Store):
    """Keep entries near, and those that hold nothing of a client far too."""

    def __init__(self, far: RemoteFolder, near: Store, say: Callable[[str], None]) -> None:
        """Join two; see open_shared()."""
        self.root, self.lost = near.root, 0
        self._far, self._near, self._say = far, near, say
        self._there, self._doubted = set[str](), set[str]()
        self._missed: dict[str, float] = {}
        self._rested = 0.0
        try:
            far.probe()
        except RemoteError as error:
            raise self._refused(error) from error

    def get(self, key: str) -> bytes | None:
        """Return the payload of a key, from near or far; None when there is none whole."""
        kept = self._near.get(key)
        if kept is None:
            return self._near.get(key) if self._bring(key) else None
        self._share(key)
        return kept

    def copy_to(self, key: str, out: BinaryIO) -> bool:
        """Write the payload of a key, a piece at a time; return False when there is none whole.

        Raises OSError when `out` cannot be written.
        """
        if not self._near.has(key):
            self._bring(key)
        whole = self._near.copy_to(key, out)
        if whole:
            self._share(key)
        return whole

    def put(self, key: str, payload: bytes, *, private: bool = False) -> None:
        """Keep a payload near, and far too unless it holds what was filled in for a client."""
        self._near.put(key, payload, private=private)
        if not private:
            self._send(
                key,
                HEADER_SIZE + len(payload),
                lambda: self._far.write(
                    _name(key),
                    header_of(key, hashlib.sha256(payload).digest(), len(payload)) + payload,
                ),
            )

    def put_file(self, key: str, source: Path, *, private: bool = False) -> None:
        """Keep a file's bytes under a key, as `put` does, a piece at a time."""
        self._near.put_file(key, source, private=private)
        if not private:
            self._send_entry(key)

    @contextlib.contextmanager
    def sole(self, key: str) -> Iterator[None]:
        """Let one process of this machine at a time make the content of a key."""
        with self._near.sole(key):
            yield

    def has(self, key: str) -> bool:
        """Say whether there is an entry for a key, near or far."""
        if self._near.has(key):
            return True
        if key in self._doubted or self._resting():
            return False
        with self._asked():
            return self._far.size(_name(key)) is not None
        return False

    def set_aside(self, key: str) -> None:
        """Move the entry of a key out of the way near; far, the next one takes its place."""
        self._doubt(key)
        self._near.set_aside(key)

    def mark_private(self, key: str) -> None:
        """Mark an entry that is near: it holds what was filled in for a client, too."""
        self._near.mark_private(key)

    def is_private(self, key: str) -> bool:
        """Say whether the entry of a key, if it is near, holds what was filled in."""
        return self._near.is_private(key)

    def entry(self, key: str) -> Path | None:
        """Return the file that the entry of a key is, where one is near."""
        return self._near.entry(key)

    def size(self) -> Size:
        """Count what is near."""
        return self._near.size()

    def clear(self) -> Size:
        """Remove what is near; what is shared, others may be using."""
        return self._near.clear()

    def private_size(self) -> Size:
        """Count what is near that holds what was filled in for clients."""
        return self._near.private_size()

    def clear_private(self) -> Size:
        """Remove what holds what was filled in for clients; all of it is near."""
        return self._near.clear_private()

    def prune(self, unused_for: float) -> Size:
        """Remove what is near and was not read for so many seconds."""
        return self._near.prune(unused_for)

    def _bring(self, key: str) -> bool:
        """Fetch an entry; return whether it is near now."""
        if key in self._doubted or time.monotonic() < self._missed.get(key, 0.0):
            return False
        if self._resting():
            return False
        with self._asked():
            for reading in range(_READINGS):
                time.sleep(_AGAIN if reading else 0.0)
                try:
                    if self._fetched(key):
                        self._there.add(key)
                        return True
                except FileNotFoundError:
                    self._missed[key] = time.monotonic() + _MISSED
                    return False
                except RemoteError:
                    raise
                except OSError:  # no room here for what is large
                    return False
            self._doubt(key)
            self._lose(f"What {self._far.url} holds is damaged in parts; they are made anew.")
        return False

    def _fetched(self, key: str) -> bool:
        """Read an entry once, and keep it near if it is whole and the key's own."""
        first = self._far.read(_name(key), 0, _FIRST)
        if len(first) < _FIRST:
            payload = payload_of(key, first)
            if payload is not None:
                self._near.put(key, payload)
            return payload is not None
        with owned(self.root / "temp" / new_name()) as path:
            digest, length = hashlib.sha256(), 0
            with path.open("xb") as file:
                for piece in self._pieces(key, first[HEADER_SIZE:]):
                    digest.update(piece)
                    length += file.write(piece)
            if first[:HEADER_SIZE] != header_of(key, digest.digest(), length):
                return False
            self._near.put_file(key, path)
        return True

    def _pieces(self, key: str, piece: bytes) -> Iterator[bytes]:
        start = _FIRST
        while piece:
            yield piece
            piece = self._far.read(_name(key), start, start + _FURTHER)
            start += len(piece)

    def _share(self, key: str) -> None:
        """See that an entry that is near is far too, unless it holds what was filled in."""
        if key not in self._there and not self._near.is_private(key):
            self._send_entry(key)

    def _send_entry(self, key: str) -> None:
        path = self._near.entry(key)
        if path is not None:  # else no disk took it
            with contextlib.suppress(FileNotFoundError):  # nor is it there any longer
                self._send(key, path.stat().st_size, lambda: self._far.put(_name(key), path))

    def _send(self, key: str, size: int, write: Callable[[], None]) -> None:
        """Write an entry far unless one of its size is there that nobody found damaged."""
        if key in self._there or self._resting():
            return
        with self._asked():
            unlike = key in self._doubted or key in self._missed
            if unlike or self._far.size(_name(key)) != size:
                write()
            self._there.add(key)
            self._doubted.discard(key)
            self._missed.pop(key, None)

    def _doubt(self, key: str) -> None:
        self._doubted.add(key)
        self._there.discard(key)

    def _resting(self) -> bool:
        """Tell whether the far store did not answer a moment ago; nobody asks it then."""
        resting = time.monotonic() < self._rested
        self.lost += resting
        return resting

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        """Ask the far store; where it does not answer, go on without it for a while.

        Raises StoreError where it refuses.
        """
        try:
            yield
        except RemoteError as error:
            refused = self._refused(error)
            if not error.transient:
                raise refused from error
            self._rested = time.monotonic() + _REST
            self._lose(f"{refused.message} Going on without it for a while.")

    def _lose(self, message: str) -> None:
        self.lost += 1
        if self.lost == 1:
            self._say(Hint(f"{message} {_HINT}"))

    def _refused(self, error: RemoteError) -> StoreError:
        message = f"The shared store at {self._far.url} cannot be used: {error.strerror}."
        return StoreError(message, _HINT)


def _name(key: str) -> str:
    return f"objects/{key[:2]}/{key}"
