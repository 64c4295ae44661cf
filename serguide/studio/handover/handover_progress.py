"""Progress of a handing over: how far each part is, and about how long the rest takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from serguide.base.tasks.progress import Progress

_SPEAKING, _MIXING, _WRITING = 0.5, 0.4, 0.1
"""Shares of the work, where all is to be spoken."""

_SOON: Final = 1.0  # seconds before which nobody can tell
_LEAST: Final = 0.03  # of the work


@dataclass(frozen=True, slots=True)
class PartLength:
    """Name a part and its length in samples, estimated."""

    title: str
    frames: int


class HandoverProgress:
    """Turn a render's events into what a page shows; one thread gives, others ask."""

    def __init__(
        self, parts: Sequence[PartLength], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._parts = tuple(parts)
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._spoken = self._mixed = 0.0
        self._speech = (0, 0)
        self._by_title: dict[str, int] = {}
        self._mixed_before = 0
        self._written = 0.0
        self._stage = ""

    def take(self, event: Progress) -> None:
        """Take an event of a render."""
        share = event.done / event.total if event.total else 1.0
        with self._lock:
            if event.stage == "speaking":
                self._spoken, self._speech = share, (event.done, event.total)
            elif event.stage == "mixing":
                # What was not to be spoken any more sends no events.
                self._spoken, self._mixed = 1.0, share
                more = event.done - self._mixed_before
                self._mixed_before = event.done
                self._by_title[event.name] = self._by_title.get(event.name, 0) + more
            self._stage = event.stage

    def write(self, share: float) -> None:
        """Take note of what is made of the finished bundle, 0 to 1."""
        with self._lock:
            self._spoken = self._mixed = 1.0
            self._written, self._stage = share, "writing"

    def snapshot(self) -> dict[str, Any]:
        """Return it as data: shares and fills of the parts, which is worked on, seconds left."""
        with self._lock:
            fills = self._fills()
            whole = self._spoken * _SPEAKING + self._mixed * _MIXING + self._written * _WRITING
            speech = self._speech if self._stage == "speaking" else (0, 0)
            stage = self._stage
        total = sum(part.frames for part in self._parts) or 1
        at = next((n for n, fill in enumerate(fills) if fill < 1.0), len(fills) - 1)
        return {
            "stage": stage,
            "share": round(whole, 4),
            "parts": [
                {"title": part.title, "share": round(part.frames / total, 4), "fill": fill}
                for part, fill in zip(self._parts, fills, strict=True)
            ],
            "part": max(0, at) + 1,
            "of": len(self._parts),
            "spoken": speech[0],
            "sentences": speech[1],
            "left": self._left(whole),
        }

    def _left(self, whole: float) -> int | None:
        elapsed = self._clock() - self._began
        if elapsed < _SOON or whole < _LEAST:
            return None
        return round(elapsed * (1.0 - whole) / whole)

    def _fills(self) -> list[float]:
        """Return how far each part is: sentences are spoken in order, parts mixed by name."""
        total = sum(part.frames for part in self._parts)
        reached, before, left = self._spoken * total, 0, dict(self._by_title)
        fills = []
        for part in self._parts:
            frames = max(1, part.frames)
            spoken = min(1.0, max(0.0, (reached - before) / frames))
            before += part.frames
            mine = min(frames, left.get(part.title, 0))
            left[part.title] = left.get(part.title, 0) - mine
            mixed = 1.0 if self._mixed >= 1.0 else mine / frames
            fills.append(round(0.55 * spoken + 0.45 * mixed, 4))
        return fills
