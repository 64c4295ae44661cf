"""Keep the soundscapes open that were heard last: their loops take a moment to read."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from serguide.cache.store import Store
from serguide.render.track_cache import TrackCache
from serguide.script.library import Libraries
from serguide.soundscapes.bed import Bed, open_bed

_MOST: Final = 2
"""Soundscapes in memory; one takes up to 58 MB."""


class OpenBeds:
    """Open soundscapes by name; store: where their loops are kept."""

    def __init__(self, store: Store) -> None:
        self._tracks = TrackCache(store)
        self._open: OrderedDict[tuple[str, Path | None, int], Bed] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str, libraries: Libraries) -> Bed:
        """Return a soundscape. Raises SoundError, ScriptError."""
        path = libraries.find_soundscape(name)
        key = (name, path, path.stat().st_mtime_ns if path else 0)
        with self._lock:
            if key not in self._open:
                self._open[key] = open_bed(
                    name,
                    libraries.find_soundscape,
                    known=libraries.soundscapes(),
                    keep=self._tracks.loops,
                )
            self._open.move_to_end(key)
            while len(self._open) > _MOST:
                self._open.popitem(last=False)
            return self._open[key]
