"""Stream of a part: lines of JSON while it is spoken, then one with its facts, then samples."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator

from serguide.base.errors import SerguideError
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import Progress, ProgressReporter
from serguide.base.units import SAMPLERATE
from serguide.studio.listening.live_part import LivePart

Ready = Callable[[ProgressReporter, Cancel], LivePart]
"""Make a part ready to be heard."""


def part_stream(
    ready: Ready,
    start_of: Callable[[LivePart], int],
    told: Callable[[Exception], object],
    cancel: Cancel,
) -> Iterator[bytes]:
    """Yield `{"speaking": [done, total]}` lines, `{"sound": {…}}`, and samples until the end.

    start_of: where to begin in it, in samples; told: an error as data, for `{"problem": …}`, the
    only line then; cancel: cancelled where nobody reads any more, which ends the work.
    """
    events: queue.SimpleQueue[object] = queue.SimpleQueue()

    def work() -> None:
        try:
            events.put(ready(ProgressReporter(events.put), cancel))
        except Exception as error:
            events.put(error)

    threading.Thread(target=work, name="studio-listening", daemon=True).start()
    try:
        while True:
            event = events.get()
            if isinstance(event, Progress):
                if event.stage == "speaking":
                    yield _line({"speaking": [event.done, event.total]})
                continue
            if isinstance(event, LivePart):
                yield from _sound(event, start_of(event), told)
            elif isinstance(event, Exception):
                yield _line({"problem": told(event)})
            return
    finally:
        cancel.cancel()


def _sound(part: LivePart, start: int, told: Callable[[Exception], object]) -> Iterator[bytes]:
    start = min(max(0, start), part.track.frames)
    samples = part.stems(start)
    try:
        first = next(samples, b"")
    except SerguideError as error:
        yield _line({"problem": told(error)})
        return
    facts = {
        "rate": SAMPLERATE,
        "from": start,
        "frames": part.track.frames,
        "level": part.level_db,
        "spoken": part.spoken,
    }
    yield _line({"sound": facts}) + first
    yield from samples


def _line(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
