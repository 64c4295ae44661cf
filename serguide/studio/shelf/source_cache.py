"""Scripts as they are read for the shelf, each anew only when its file has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from serguide.base.errors import ScriptError, UsageError
from serguide.base.files.file_stamp import FileStamp, stamp_of
from serguide.script.reading import ScriptSource, read_source
from serguide.studio.shelf.library_places import file_of
from serguide.studio.studio import Studio

_MOST: Final = 2_000  # files that are remembered


class _Sources:
    """Remember what files hold, by when they last changed and how large they are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, tuple[FileStamp, ScriptSource | ScriptError]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, path: Path) -> ScriptSource:
        stamp = stamp_of(path)
        with self._lock:
            kept = self._kept.get(path)
        if kept is None or kept[0] != stamp:
            found: ScriptSource | ScriptError
            try:
                found = read_source(path)
            except ScriptError as error:
                found = error
            kept = (stamp, found)
            with self._lock:
                self._kept[path] = kept
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        if isinstance(kept[1], ScriptError):
            raise kept[1]
        return kept[1]


_sources = _Sources()


def known_source(path: Path) -> ScriptSource:
    """Return what a file holds. Raises ScriptError with its problems, OSError."""
    return _sources.of(path)


def kind_of(source: ScriptSource) -> str:
    """Return a script's kind, or `session`."""
    return getattr(source.model, "kind", "session")


def known_kind(studio: Studio, name: str) -> str:
    """Return the kind of what has a name; `session` for what cannot be read."""
    try:
        return kind_of(known_source(file_of(studio, name)))
    except (ScriptError, UsageError, OSError):
        return "session"
