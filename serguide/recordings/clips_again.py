"""Make clips from the originals: for new readings, and again for all whenever that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from serguide.audio.types import Block
from serguide.base.tasks.cancel import Cancel
from serguide.base.units import SAMPLERATE
from serguide.recordings.clip import make_clip, write_clip
from serguide.recordings.noise_reduction import CONTEXT
from serguide.recordings.recording import Recording
from serguide.recordings.room_tone import learn_room
from serguide.recordings.sound_reader import decoded
from serguide.recordings.voice_folder import VoiceFolder


def make_clips(
    folder: VoiceFolder,
    readings: Sequence[Recording] | None = None,
    *,
    made: Callable[[Recording], None] | None = None,
    cancel: Cancel | None = None,
) -> None:
    """Write the clips of readings, None for all of the index, from their originals.

    made: told of each. Each original is decoded twice, once to learn its room, and never held
    whole. Raises RecordingError for an original that is lost or damaged, Cancelled.
    """
    cancel = cancel or Cancel()
    wanted = folder.open_index().recordings if readings is None else readings
    by_original = sorted(wanted, key=lambda each: (each.original, each.start))
    for original, group in groupby(by_original, key=lambda each: each.original):
        path = folder.file(original)
        room = learn_room(_watched(decoded(path), cancel))
        for each, samples, first in _stretches(path, list(group), cancel):
            begin = first / SAMPLERATE
            clip = make_clip(samples, SAMPLERATE, each.start - begin, each.end - begin, room)
            write_clip(folder.path / each.clip, clip)
            if made:
                made(each)


def _watched(blocks: Iterable[Block], cancel: Cancel) -> Iterator[Block]:
    for block in blocks:
        cancel.check()
        yield block


def _stretches(
    path: Path, readings: list[Recording], cancel: Cancel
) -> Iterator[tuple[Recording, Block, int]]:
    """Yield each reading with the sound around it, and the frame at which that begins."""
    spans = [
        (
            each,
            max(0, round(each.start * SAMPLERATE) - CONTEXT),
            round(each.end * SAMPLERATE) + CONTEXT,
        )
        for each in readings
    ]
    held: list[Block] = []
    at = first = 0  # frames decoded, and frames let go of
    for block in _watched(decoded(path), cancel):
        held.append(block)
        at += len(block)
        while spans and at >= spans[0][2]:
            each, begin, end = spans.pop(0)
            sound = np.concatenate(held)
            yield each, sound[begin - first : end - first], begin
            keep = min((span[1] for span in spans), default=at)
            if keep > first:
                held, first = [sound[min(keep, at) - first :]], min(keep, at)
        if spans and len(held) > 256:
            sound = np.concatenate(held)
            keep = min(spans[0][1], at)
            held, first = [sound[max(0, keep - first) :]], max(first, keep)
    for each, begin, _ in spans:
        sound = np.concatenate(held) if held else np.zeros((0, 1), np.float32)
        yield each, sound[max(0, begin - first) :], max(begin, first)
