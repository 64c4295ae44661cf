"""Fill in the lengths that a session says of itself, so that what is spoken is true as fitted.

`{quiet}` is the length of the rest that follows, `{minutes}` that of the whole. Their words take
time themselves, so a session is laid out, filled and laid out again until nothing changes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Final

from serguide.base.units import SAMPLERATE
from serguide.script.length_words import minutes_words, quiet_words, while_words
from serguide.script.program import Chapter, Item, Rest, SessionProgram, Spoken, TrackProgram
from serguide.script.text import MINUTES, QUIET
from serguide.timeline.model import SessionTimeline, TrackTimeline

_ROUNDS: Final = 6

_Place = tuple[str, int]
"""A track's step and place, and an item's index in it, told as (track key, index)."""

Said = dict[_Place, tuple[str, str]]
"""What is said of the next rest and of the whole, by the item that says it."""


def is_open(program: SessionProgram) -> bool:
    """Tell whether a session says lengths that are not known yet."""
    return any(_open(item) for track in _tracks(program) for item in track.items)


def settle(
    program: SessionProgram, lay: Callable[[SessionProgram], SessionTimeline]
) -> SessionTimeline:
    """Lay a session out with the lengths that it says filled in, and true.

    lay: lays out a program in which every length is filled in. What does not come to rest is
    said as “a while”, which is true of every silence.
    """
    if not is_open(program):
        return lay(program)
    said = _first(program)
    for _ in range(_ROUNDS):
        timeline = lay(_filled(program, said))
        now = _true_of(timeline, program, said)
        if now == said:
            return timeline
        unsettled = {place for place in said if said[place] != now[place]}
        said = now
    vague = {
        place: (while_words(_language(program, place)), minutes)
        if place in unsettled
        else (quiet, minutes)
        for place, (quiet, minutes) in said.items()
    }
    return lay(_filled(program, vague))


def _tracks(program: SessionProgram) -> tuple[TrackProgram, ...]:
    return (*program.tracks, program.ground)


def _open(item: Item) -> bool:
    return isinstance(item, Spoken) and (QUIET in item.text or MINUTES in item.text)


def _keyed(program: SessionProgram) -> Iterator[tuple[str, TrackProgram]]:
    """Yield each track with a key that leaving out other steps does not change."""
    seen: dict[str, int] = {}
    for track in program.tracks:
        seen[track.step] = seen.get(track.step, 0) + 1
        yield f"{track.step}#{seen[track.step]}", track
    yield "ground", program.ground


def _first(program: SessionProgram) -> Said:
    """Guess from the lengths as written."""
    said: Said = {}
    whole = float(program.length or 600)
    for key, track in _keyed(program):
        for index, item in enumerate(track.items):
            if _open(item):
                rest = next((each for each in track.items[index:] if isinstance(each, Rest)), None)
                silence = float(rest.length) if rest else 0.0
                said[key, index] = _words(item, silence, whole, ("", ""))
    return said


def _words(item: Item, silence: float, whole: float, said: tuple[str, str]) -> tuple[str, str]:
    assert isinstance(item, Spoken)
    quiet = quiet_words(silence, item.language, said[0])
    return quiet, minutes_words(whole, item.language, said[1])


def _true_of(timeline: SessionTimeline, program: SessionProgram, said: Said) -> Said:
    """Return what is true of a timeline; of steps that were left out, what was said before."""
    now = dict(said)
    laid = {key: track for (key, _), track in zip(
        _keyed(timeline.program), (*timeline.tracks, timeline.ground), strict=True
    )}  # fmt: skip
    for key, track in _keyed(program):
        if key not in laid:
            continue
        whole = timeline.ground.frames if key == "ground" else timeline.frames
        for index, item in enumerate(track.items):
            if _open(item):
                silence = _silence_after(laid[key], index)
                now[key, index] = _words(item, silence, whole / SAMPLERATE, said[key, index])
    return now


def _silence_after(track: TrackTimeline, index: int) -> float:
    """Return the seconds of the first rest after the item at an index of the program."""
    timed = sum(not isinstance(item, Chapter) for item in track.program.items[:index])
    for placed in track.placed[timed:]:
        if isinstance(placed.item, Rest):
            return (placed.end - placed.start) / SAMPLERATE
    return 0.0


def _filled(program: SessionProgram, said: Said) -> SessionProgram:
    filled = []
    for key, track in _keyed(program):
        items = tuple(
            _fill(item, said[key, index]) if _open(item) else item
            for index, item in enumerate(track.items)
        )
        filled.append(dataclasses.replace(track, items=items))
    *tracks, ground = filled
    return dataclasses.replace(program, tracks=tuple(tracks), ground=ground)


def _fill(item: Item, said: tuple[str, str]) -> Spoken:
    assert isinstance(item, Spoken)
    sounds = tuple(
        dataclasses.replace(
            each,
            start=len(_put(item.spoken[: each.start], said)),
            end=len(_put(item.spoken[: each.end], said)),
        )
        for each in item.sounds
    )
    return dataclasses.replace(
        item, text=_put(item.text, said), spoken=_put(item.spoken, said), sounds=sounds
    )


def _put(text: str, said: tuple[str, str]) -> str:
    for mark, words in zip((QUIET, MINUTES), said, strict=True):
        if text.startswith(mark):
            text = words[0].upper() + words[1:] + text.removeprefix(mark)
        text = text.replace(mark, words)
    return text


def _language(program: SessionProgram, place: _Place) -> str:
    key, index = place
    item = dict(_keyed(program))[key].items[index]
    assert isinstance(item, Spoken)
    return item.language
