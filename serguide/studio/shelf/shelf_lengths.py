"""Lengths for the cards: every session and part laid out by estimated speech, then remembered."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serguide.base.errors import ScriptError, SerguideError
from serguide.base.files.file_stamp import FileStamp, stamp_of
from serguide.base.language import primary
from serguide.base.units import seconds
from serguide.catalogue import outline
from serguide.script.expansions import ExpansionCache
from serguide.script.resolve import Overrides
from serguide.studio.shelf.library_places import file_of, files_in
from serguide.studio.shelf.source_cache import kind_of, known_source
from serguide.studio.studio import Studio
from serguide.timeline import SessionTimeline
from serguide.voices.durations import SpeechDurations
from serguide.voices.recorded.recorded_share import recorded_shares
from serguide.voices.select import VoiceSelection

Stamps = tuple[tuple[Path, FileStamp], ...]
"""Every file of the libraries, with when it last changed and its size."""

_NARROWEST: Final = 60
"""Seconds that stand for a length no session can have, to learn the shortest that it can."""

_WIDEST: Final = 6 * 3600


class ShelfLengths:
    """Lay out what lies on the shelf, once for each state of the libraries' files."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamps: Stamps = ()
        self._known: dict[Path, dict[str, object]] = {}
        self._expansions = ExpansionCache()
        self._durations = SpeechDurations(None)

    def each(self, studio: Studio) -> Iterator[dict[str, object]]:
        """Yield name, seconds, and for the therapist's own how many sentences are to be read."""
        shelves = studio.shelves
        files: dict[str, tuple[Path, bool]] = {}
        for library in shelves.libraries:
            for name, path in files_in(library).items():
                files.setdefault(name, (path, library.root == studio.library))
        self._renewed(tuple((path, stamp_of(path)) for path, _ in files.values()))
        order = sorted(files.items(), key=lambda item: _rank(studio, *item[1]))
        for name, (path, mine) in order:
            known = self._known.get(path)
            if known is None:
                known = self._laid_out(studio, name, path, mine=mine)
                self._known[path] = known
            yield known

    def _renewed(self, stamps: Stamps) -> None:
        with self._lock:
            if stamps != self._stamps:
                # A part that changed changes every session that it stands in.
                self._stamps, self._known = stamps, {}
                self._expansions = ExpansionCache()

    def _laid_out(self, studio: Studio, name: str, path: Path, *, mine: bool) -> dict[str, object]:
        told: dict[str, object] = {"name": name}
        try:
            timeline = outline(
                path, studio.shelves, expansions=self._expansions, durations=self._durations
            )
        except SerguideError:
            return told
        told["seconds"] = round(float(seconds(timeline.frames)), 1)
        if mine:
            told["unread"] = _unread(timeline)
        return told


def _rank(studio: Studio, path: Path, mine: bool) -> int:
    """Return 0 for one's own, 1 for sessions in the interface's language, 2 for all else."""
    if mine:
        return 0
    with contextlib.suppress(ScriptError, OSError):
        source = known_source(path)
        if kind_of(source) == "session" and primary(source.model.language) == studio.language:
            return 1
    return 2


def left_out_at(studio: Studio, name: str, asked: int) -> list[str]:
    """Return the titles of the parts that a session leaves out at a length, in seconds.

    Estimated. Raises UsageError, ScriptError.
    """
    return list(_laid_out_at(studio, name, asked).left_out)


def reach(studio: Studio, name: str, asked: int | None = None) -> dict[str, float]:
    """Return, in seconds, how long a session is as written, and the shortest and longest it can be.

    asked: a length; `got` is then the nearest that can be had. Estimated. Raises UsageError,
    ScriptError.
    """

    def long(length: int | None) -> float:
        return float(seconds(_laid_out_at(studio, name, length).frames))

    found = {"written": long(None), "shortest": long(_NARROWEST), "longest": long(_WIDEST)}
    return found | ({"got": long(asked)} if asked else {})


def _laid_out_at(studio: Studio, name: str, length: int | None) -> SessionTimeline:
    overrides = Overrides(length=seconds(length * 48_000)) if length else None
    return outline(file_of(studio, name), studio.shelves, overrides)


def _unread(timeline: SessionTimeline) -> int:
    """Return how many sentences its recorded voice has not read; 0 without one."""
    try:
        shares = recorded_shares(timeline, VoiceSelection(timeline.program).voice_of)
    except SerguideError:
        return 0
    return sum(len(share.others) for share in shares)
