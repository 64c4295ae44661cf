"""Cache keys and cache access for rendered tracks."""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import numpy as np

from serguide.audio.curve import Point
from serguide.audio.duck import plan_duck
from serguide.audio.loudness.meter import Energies
from serguide.audio.mix import TrackMix
from serguide.audio.pieces import Piece
from serguide.audio.types import BLOCK_FRAMES
from serguide.cache.store import Store, key_of
from serguide.cache.versions import stamp
from serguide.encode.base import Format, explained
from serguide.script.program import Spoken
from serguide.timeline.layout import EDGE
from serguide.timeline.model import Event, TrackTimeline


class TrackKeys:
    """Name what is kept of a track by all that changes its samples, and no more.

    bed: the identity of its soundscape. Titles, captions and the place in the session are left
    out: they are written beside the samples.
    """

    def __init__(
        self,
        track: TrackTimeline,
        bed: Mapping[str, object] | None,
        format_: Format,
        clip_key: Callable[[Spoken], str],
    ) -> None:
        self._track = track
        self._clip_key = clip_key
        scene = track.program.bed
        self._format = format_
        self._bed = bed
        self._same = {
            **_named(format_),
            "bed": [dict(bed), scene.level_db] if bed and scene else None,
        }

    def in_format(self, format_: Format) -> TrackKeys:
        """Return the keys of the same track in another format."""
        return TrackKeys(self._track, self._bed, format_, self._clip_key)

    def whole(self) -> str:
        """Return the key of the whole track."""
        track = self._track
        splice = self._format.splice is not None
        return key_of(
            {
                **self._same,
                # Pieces are cut around these, which moves bytes.
                **({"close": self.values} if splice and self.values else {}),
                "what": "track",
                "steps": self._steps(0, track.frames, splice=splice),
                "frames": track.frames,
                "fades": [track.fade_in, track.fade_out],
                "events": self._events(0, track.frames),
            }
        )

    def piece(self, piece: Piece, gain: float) -> str:
        """Return the key of a piece, which what is far enough away does not change.

        gain: of the voice.
        """
        track = self._track
        # What the limiter sees coming, in whole blocks.
        end = piece.last + 2 * BLOCK_FRAMES
        positions = [point.at for point in self._duck]
        near = slice(
            max(0, bisect_right(positions, piece.first) - 1), bisect_left(positions, end) + 1
        )
        fades_out = end > track.frames - EDGE - track.fade_out
        return key_of(
            {
                **self._same,
                "what": "piece",
                "steps": self._steps(piece.first, end),
                "piece": [piece.first, piece.start, piece.end, piece.last],
                "gain": gain,
                "duck": [[point.at, point.gain_db] for point in self._duck[near]],
                "fade_in": track.fade_in if piece.first < EDGE + track.fade_in else None,
                "fade_out": [track.frames, track.fade_out] if fades_out else None,
                "events": self._events(piece.first, end),
            }
        )

    @cached_property
    def values(self) -> list[tuple[int, int]]:
        """Return where what was filled in for a client is heard, from first sample to end."""
        return [
            (event.start, event.end)
            for event in self._track.events
            if event.spoken is not None and event.spoken.private
        ]

    def private(self, first: int = 0, end: int | None = None) -> bool:
        """Say whether what is heard between two samples holds what was filled in for a client."""
        end = self._track.frames if end is None else end
        heard = self._sounding(first, end)
        return any(event.spoken is not None and event.spoken.private for event in heard)

    def _steps(self, first: int, end: int, *, splice: bool = False) -> dict[str, str | int]:
        """Return the versions of what shapes the samples from first to end, and of nothing else."""
        names = ["track", self._format.name]
        if splice:
            names.append("splice")
        if self._same["bed"]:
            names += ["duck", "fades"]
        events = self._sounding(first, end)
        if any(event.kind == "sound" for event in events):
            names.append("one-shots")
        if any(event.tone for event in events):
            names.append("guide tone")
        return stamp(*names)

    @cached_property
    def _duck(self) -> tuple[Point, ...]:
        return plan_duck(self._track).points

    def _events(self, first: int, end: int) -> list[list[object]]:
        """Return what sounds between two samples."""
        return [
            [
                event.kind,
                event.start,
                event.end,
                event.text if event.kind == "sound" else "",
                event.phase if event.tone else None,
                event.spoken.volume_db if event.spoken else event.volume_db,
                self._clip_key(event.spoken) if event.spoken else "",
            ]
            for event in self._sounding(first, end)
        ]

    def _sounding(self, first: int, end: int) -> list[Event]:
        """Return the events that are heard between two samples."""
        return [
            event
            for event in self._track.events
            if (event.kind in ("say", "sound") or event.tone)
            and event.start < end
            and event.end > first
        ]


@dataclass(frozen=True, slots=True)
class TrackJob:
    """Name the file that a track goes into, and the keys that it is kept under.

    in_session: it is a part of the session's one file.
    """

    mix: TrackMix
    path: str
    keys: TrackKeys
    key: str
    in_session: bool

    def in_format(self, format_: Format) -> TrackJob:
        """Return the job that makes the same track in another format."""
        keys = self.keys.in_format(format_)
        path = PurePosixPath(self.path).with_suffix(format_.suffix).as_posix()
        return TrackJob(self.mix, path, keys, keys.whole(), self.in_session)

    @property
    def frames(self) -> int:
        """Return the track's length in samples."""
        return self.mix.timeline.frames

    @property
    def title(self) -> str:
        """Return the track's title, to show."""
        return self.mix.timeline.program.title

    @property
    def bed_name(self) -> str:
        """Return the soundscape's name, empty for none."""
        bed = self.mix.timeline.program.bed
        return bed.name if bed else ""


@dataclass(frozen=True, slots=True, eq=False)
class TrackMeasures:
    """Hold what was measured on a track; voice: of the stem at its level in the mix."""

    mix: Energies
    voice: Energies
    true_peak_db: float


def session_key(jobs: Sequence[TrackJob], format_: Format, *, stems: bool = False) -> str:
    """Return the key of one file that tracks are encoded into, one after another.

    stems: with voice and bed of each apart.
    """
    tracks = [job.in_format(format_).key for job in jobs]
    apart = {"stems": stamp("stems")} if stems else {}
    return key_of({"what": "session", **_named(format_), "tracks": tracks, **apart})


class TrackCache:
    """Keep sound files, and what was measured on them, in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def track(self, key: str, path: Path, *, private: bool) -> TrackMeasures | None:
        """Write a kept track to a path; return its measures, or None when it is not kept."""
        if private:
            self._store.mark_private(_notes(key))
        notes = self._store.get(_notes(key))
        if notes is None or not self.file(key, path, private=private):
            return None
        found = json.loads(notes)
        mix, voice = (_energies(found[name]) for name in ("mix", "voice"))
        return TrackMeasures(mix, voice, float(found["true_peak"]))

    def keep(self, key: str, path: Path, measured: TrackMeasures, *, private: bool) -> None:
        """Keep a track's file, and its measures; private: it holds a client's values."""
        notes = {
            "mix": base64.b64encode(measured.mix.tobytes()).decode("ascii"),
            "voice": base64.b64encode(measured.voice.tobytes()).decode("ascii"),
            "true_peak": repr(measured.true_peak_db),
        }
        self._store.put_file(key, path, private=private)
        self._store.put(_notes(key), json.dumps(notes).encode("ascii"), private=private)

    def file(self, key: str, path: Path, *, private: bool) -> bool:
        """Write a kept file to a path; return False, and leave none, when it is not kept."""
        if private:
            self._store.mark_private(key)
        with explained(path):
            with path.open("wb") as out:
                whole = self._store.copy_to(key, out)
            if not whole:
                path.unlink()
        return whole

    def loops(self, identity: Mapping[str, object], make: Callable[[], bytes]) -> bytes:
        """Return a soundscape's loops, made and kept unless they are."""
        return self._made({"what": "loops", **identity}, make)

    def cover(self, description: bytes, make: Callable[[], bytes]) -> bytes:
        """Return a cover's PNG, made and kept unless it is."""
        drawn = hashlib.sha256(description).hexdigest()
        return self._made({"what": "cover", "of": drawn, **stamp("cover")}, make)

    def _made(self, identity: Mapping[str, object], make: Callable[[], bytes]) -> bytes:
        key = key_of(identity)
        kept = self._store.get(key)
        if kept is None:
            with self._store.sole(key):
                kept = self._store.get(key)
                if kept is None:
                    kept = make()
                    self._store.put(key, kept)
        return kept

    def keep_file(self, key: str, path: Path, *, private: bool) -> None:
        """Keep a file; private: it holds a client's values."""
        self._store.put_file(key, path, private=private)


def _named(format_: Format) -> dict[str, str]:
    """Return what a key says of a format; its variant only where there is one."""
    return {"format": format_.name, **({"variant": format_.variant} if format_.variant else {})}


def _notes(key: str) -> str:
    return key_of({"what": "measures", "track": key, **stamp("meter", "true peak")})


def _energies(text: str) -> Energies:
    return np.frombuffer(base64.b64decode(text), np.float64)
