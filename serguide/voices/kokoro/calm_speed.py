"""Keep Kokoro's phrases calm: a style's speed is right for sentences on the average.

Some of many short words would come at up to 147 words a minute, where rule W121 allows 130. Only
what was spoken tells: the estimate of one sentence is off by a tenth. So what came too fast is
spoken once more, slower, and rarely twice; of the library's sentences about one in twelve.
"""

from __future__ import annotations

from typing import Final

from serguide.base.word_count import count_words

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
    share = _share_of_calm(text, seconds, asked)
    return pace if share is None else min(pace, max(_SLOWEST * asked, pace / share))


def calm_seconds(text: str, seconds: float, pace: float) -> float:
    """Return how long a text takes when it is calm, of which so many seconds are estimated."""
    return seconds * (_share_of_calm(text, seconds, pace) or 1.0)


def _share_of_calm(text: str, seconds: float, asked: float) -> float | None:
    """Return by what a text is over the calm speed; None where it is slow enough, or too short."""
    words = count_words(text)
    speed, most = words * 60 / seconds, max(1.0, asked)
    if words < _FEWEST_WORDS or speed <= _MOST * most:
        return None
    return speed / (_CALM * most)
