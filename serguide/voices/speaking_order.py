"""Order in which sentences are begun, where only so many seconds are spoken at once.

A voice whose memory grows with what it speaks at once has a bound on it. In the script's order
two long sentences often meet, and one waits while a processor has nothing to do; so a long one
is begun beside a short one, as far as the sentences near it allow (best fit with a window).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

_AHEAD: Final = 16
"""Sentences that are looked at, and by how many places one may come late: few, so that a
script's beginning is still spoken first."""


def speaking_order(seconds: Sequence[float], most: float, workers: int) -> list[int]:
    """Return places in `seconds` in the order in which they had better be begun.

    seconds: estimated, of each sentence; most: of all that are spoken at once; workers: that
    speak, in time that grows with the seconds.
    """
    waiting = list(range(len(seconds)))
    speaking: list[tuple[float, float]] = []
    now, order = 0.0, list[int]()
    while waiting:
        room = most - sum(length for _, length in speaking)
        overdue = len(order) - waiting[0] >= _AHEAD
        near = waiting[: 1 if overdue else _AHEAD]
        fitting = [each for each in near if seconds[each] <= room] if speaking else near[:1]
        if len(speaking) < workers and fitting:
            chosen = max(fitting, key=lambda each: seconds[each])
            waiting.remove(chosen)
            order.append(chosen)
            heapq.heappush(speaking, (now + seconds[chosen], seconds[chosen]))
        else:
            now, _ = heapq.heappop(speaking)
    return order
