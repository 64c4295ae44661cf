"""Store that falls back to a temporary folder when its disk is full, read-only, failing or gone.

Nothing that is heard depends on what is kept: what cannot be kept, or read, is made again. So
while something is rendered, a failing disk is told of, and is no reason to stop.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from serguide.base.errors import StoreError
from serguide.base.files.failures import next_step, reason_of
from serguide.base.files.owned import LOCK, held, reclaim
from serguide.base.files.temporary import NAME, new_name, remove
from serguide.base.hints import Hint, remedies_of
from serguide.cache.store import Store, default_root

_Place = Literal["folder", "temporary"]


def open_store(root: Path | None, say: Callable[[str], None]) -> Store:
    """Return the store in a folder (None: default_root) for a rendering.

    say: is told, once, why the folder does not do; what is wanted from the store then comes
    from a temporary one, and its methods raise no StoreError.
    """
    return FallbackStore(default_root() if root is None else root, say)


class TemporaryStore(Store):
    """Keep bytes in a private folder that is removed when the program ends."""

    _called = "temporary store"
    _variable = "TMPDIR"
    _clearing = ()

    def __init__(self) -> None:
        """Make the folder. Raises StoreError."""
        folder = Path(tempfile.gettempdir())
        root = folder / new_name()
        try:
            with contextlib.ExitStack() as stack:
                stack.enter_context(held(root))
                stack.callback(remove, root)
                root.mkdir(mode=0o700)
                # A client's words may be in those that killed processes have left.
                for path in folder.glob("serguide-*"):
                    if re.fullmatch(f"{NAME}({re.escape(LOCK)})?", path.name):
                        reclaim(path)
                weakref.finalize(self, stack.pop_all().close)
        except OSError as error:
            raise StoreError(
                f"There is no room for temporary files: {reason_of(error)}.",
                next_step(error, "set TMPDIR to another folder"),
            ) from error
        super().__init__(root)


class FallbackStore(Store):
    """Keep what can be kept: in the folder, else for the time of the program, else not at all."""

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        """Open the store in a folder, or tell `say` why that cannot be."""
        self._say = say
        self._lock = threading.Lock()
        self._failed: set[_Place] = set()
        self._spare: TemporaryStore | None = None
        with self._forgiven("folder"):
            super().__init__(root)

    def get(self, key: str) -> bytes | None:
        """Return the payload of a key, or None when there is none that is whole."""
        spare = self._spare_with(key)
        with self._forgiven("temporary" if spare else "folder"):
            return spare.get(key) if spare else super().get(key)
        return None

    def put(self, key: str, payload: bytes, *, private: bool = False) -> None:
        """Keep a payload under a key where that is possible; the first writer wins."""
        with self._or_else(lambda spare: spare.put(key, payload)):
            super().put(key, payload, private=private)

    def put_file(self, key: str, source: Path, *, private: bool = False) -> None:
        """Keep a file's bytes under a key, as `put` does, a piece at a time."""
        with self._or_else(lambda spare: spare.put_file(key, source)):
            super().put_file(key, source, private=private)

    def mark_private(self, key: str) -> None:
        """Mark an entry where that is possible."""
        with self._forgiven("folder"):
            super().mark_private(key)

    def copy_to(self, key: str, out: BinaryIO) -> bool:
        """Write the payload of a key, a piece at a time; return False when there is none whole.

        What was written by then is of no use. Raises OSError when `out` cannot be written.
        """
        spare = self._spare_with(key)
        with self._forgiven("temporary" if spare else "folder"):
            return spare.copy_to(key, out) if spare else super().copy_to(key, out)
        return False

    @contextlib.contextmanager
    def sole(self, key: str) -> Iterator[None]:
        """Let one process, and one thread, at a time make the content of a key, if possible.

        Where no lock can be made, work may be done twice; it is never done wrongly.
        """
        with contextlib.ExitStack() as stack:
            with self._or_else(lambda spare: stack.enter_context(spare.sole(key))):
                stack.enter_context(super().sole(key))
            yield

    def has(self, key: str) -> bool:
        """Say whether there is an entry for a key; only `get` says whether it is whole."""
        with self._forgiven("folder"):
            return self._spare_with(key) is not None or super().has(key)
        return False

    def is_private(self, key: str) -> bool:
        """Say whether the entry of a key holds what was filled in; where nobody can tell, it does.

        What a temporary store holds counts as a client's too: it has no marks.
        """
        with self._forgiven("folder"):
            return self._spare_with(key) is not None or super().is_private(key)
        return True

    def entry(self, key: str) -> Path | None:
        """Return the file that the entry of a key is, where one is kept."""
        spare = self._spare_with(key)
        with self._forgiven("temporary" if spare else "folder"):
            return spare.entry(key) if spare else super().entry(key)
        return None

    def set_aside(self, key: str) -> None:
        """Move the entry of a key, which is not what it should be, out of the way."""
        spare = self._spare_with(key)
        with self._forgiven("temporary" if spare else "folder"):
            if spare:
                spare.set_aside(key)
            else:
                super().set_aside(key)

    def _spare_with(self, key: str) -> TemporaryStore | None:
        """Return the temporary store if it holds a key: then the folder's entry was of no use."""
        return self._spare if self._spare is not None and self._spare.has(key) else None

    @contextlib.contextmanager
    def _or_else(self, use: Callable[[TemporaryStore], object]) -> Iterator[None]:
        """Do the block; where it fails, something with a temporary store; else nothing."""
        try:
            yield
        except StoreError as error:
            self._tell("folder", error)
            with self._forgiven("temporary"):
                use(self._opened_spare())

    @contextlib.contextmanager
    def _forgiven(self, place: _Place) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._tell(place, error)

    def _opened_spare(self) -> TemporaryStore:
        with self._lock:
            if self._spare is None:
                self._spare = TemporaryStore()
            return self._spare

    def _tell(self, place: _Place, error: StoreError) -> None:
        """Tell the first error of each place."""
        with self._lock:
            if place in self._failed:
                return
            self._failed.add(place)
        said = (
            f"{error.message} Going on without it; what it cannot hold is not kept for next time."
        )
        self._say(Hint(f"{said} {error.hint}", *remedies_of(error.hint)))
