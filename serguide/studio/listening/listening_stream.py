"""Stream of a part: lines of JSON while it is spoken, and samples as soon as they are certain.

{"speaking": [1, 39]}                how many of the missing sentences are spoken
{"sound": {"rate", "from", …}}       once, before the first samples
{"at": 4800, "bytes": 184320}        where in the plan the samples lie that follow, so many bytes
{"problem": {…}}                     the last line, where it cannot go on
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Final

from serguide.base.tasks.cancel import Cancel
from serguide.base.units import SAMPLERATE
from serguide.studio.listening.live_part import LivePart
from serguide.voices.narrate import Narration

_SPOKEN: Final = object()
"""Told when nothing more will be spoken."""


def part_stream(
    open_part: Callable[[], LivePart],
    told: Callable[[Exception], object],
    cancel: Cancel,
) -> Iterator[bytes]:
    """Yield the stream of a part; the first sentence is heard while the next ones are spoken.

    told: an error as data; cancel: cancelled where nobody reads any more, which ends the work.
    """
    events: queue.SimpleQueue[object] = queue.SimpleQueue()

    def work() -> None:
        try:
            part = open_part()
            events.put(part)
            for narration in part.speak(cancel):
                cancel.check()
                events.put(narration)
            events.put(_SPOKEN)
        except Exception as error:
            events.put(error)

    threading.Thread(target=work, name="studio-listening", daemon=True).start()
    try:
        yield from _heard(events)
    except _Failed as failed:
        yield _line({"problem": told(failed.error)})
    except Exception as error:
        yield _line({"problem": told(error)})
    finally:
        cancel.cancel()


class _Failed(Exception):  # noqa: N818  (carries an error from the thread that speaks)
    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _heard(events: queue.SimpleQueue[object]) -> Iterator[bytes]:
    part = events.get()
    if isinstance(part, Exception):
        raise _Failed(part)
    assert isinstance(part, LivePart)
    done, begun, spoken = 0, False, False
    if part.unspoken:
        yield _line({"speaking": [0, part.unspoken]})
    while not part.over:
        for event in _waiting(events):
            if isinstance(event, Exception):
                raise _Failed(event)
            spoken = spoken or event is _SPOKEN
            if isinstance(event, Narration):
                done += part.take_in(event)
                if part.unspoken:
                    yield _line({"speaking": [done, part.unspoken]})
        for at, samples in part.certain():
            if not begun:
                begun = True
                yield _line({"sound": _facts(part, at)})
            yield _line({"at": at, "bytes": len(samples)}) + samples
        if spoken and not part.over:  # nothing will come that could be waited for
            raise AssertionError("a part was spoken to its end, and not all of it could be heard")
    if not begun:
        yield _line({"sound": _facts(part, part.start)})


def _waiting(events: queue.SimpleQueue[object]) -> Iterator[object]:
    """Yield the next event, and those that are there already."""
    yield events.get()
    while not events.empty():
        yield events.get()


def _facts(part: LivePart, start: int) -> dict[str, object]:
    return {
        "rate": SAMPLERATE,
        "from": start,
        "frames": part.track.frames,
        "level": part.level_db,
        "spoken": part.unspoken,
    }


def _line(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
