"""From timed words to runs through sentences: whole ones, and those that were broken off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from serguide.alignment.aligned import Pass
from serguide.alignment.recogniser import Segment


def passes_of(segments: Iterable[Segment], offset: float, lengths: Sequence[int]) -> list[Pass]:
    """Return the runs through sentences, in order.

    offset: seconds at which the stretch begins; lengths: how many words each sentence has.
    """
    found: list[Pass] = []
    sentence, words = -1, list[tuple[float, float]]()

    def finish() -> None:
        if words:
            found.append(Pass(sentence, tuple(words), len(words) == lengths[sentence]))

    for segment in segments:
        if segment.place is None:
            continue
        if segment.place[1] == 0:
            finish()
            sentence, words = segment.place[0], []
        words.append((offset + segment.first / 100, offset + segment.last / 100))
    finish()
    return found
