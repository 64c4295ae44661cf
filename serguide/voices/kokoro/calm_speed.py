"""Keep Kokoro's phrases calm: a style's speed is right for sentences on the average.

Some of many short words would come at up to 147 words a minute, where rule W121 allows 130. Only
what was spoken tells: the estimate of one sentence is off by a tenth. So what came too fast is
spoken once more, slower, and rarely twice; of the library's sentences about one in twelve.
"""

from __future__ import annotations

from typing import Final

_MOST: Final = 130.0
"""Words a minute of a calm phrase; see rule W121."""

_CALM: Final = 122.0
"""Words a minute to which a fast phrase is slowed: the model follows a speed to some 5 %."""

_SLOWEST: Final = 0.75
"""Of the pace that was asked for; slower would sound less natural than fast words do."""

MOST_TRIES: Final = 2
"""Times that a fast phrase is spoken anew."""

_FEWEST_WORDS: Final = 4
"""Words below which the speed of what is said says nothing."""


def calmer_pace(text: str, seconds: float, pace: float, asked: float) -> float:
    """Return the pace at which a text is calm: the same as it had, or slower.

    seconds, pace: how long it was, and at which pace; asked: the pace that was asked for, which
    over 1 is meant to be fast.
    """
    words = _words(text)
    speed = words * 60 / seconds if words >= _FEWEST_WORDS else 0.0
    most = max(1.0, asked)
    if speed <= _MOST * most:
        return pace
    return min(pace, max(_SLOWEST * asked, pace * _CALM * most / speed))


def least_seconds(text: str, pace: float) -> float:
    """Return how long a text takes at least; 0 for one of few words."""
    words = _words(text)
    return words * 60 / (_CALM * max(1.0, pace)) if words >= _FEWEST_WORDS else 0.0


def _words(text: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in text.split())
