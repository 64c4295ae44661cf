"""A long sentence is begun beside a short one, and none is lost or put off for long."""

import heapq
import random

import pytest

from serguide.voices.speaking_order import speaking_order


def clock(seconds, most, workers=2):
    """Return how long it takes to speak in this order, each waiting until there is room."""
    now, speaking, waiting = 0.0, [], list(seconds)
    while waiting or speaking:
        while waiting and len(speaking) < workers:
            if speaking and sum(each for _, each in speaking) + waiting[0] > most:
                break
            length = waiting.pop(0)
            heapq.heappush(speaking, (now + length, length))
        now, _ = heapq.heappop(speaking)
    return now


def script(seed, count=150):
    """Return sentences as a session has them: half of them under 5 s, one in ten over 8."""
    chance = random.Random(seed)
    return [min(12.0, 0.8 + chance.gammavariate(3.0, 1.5)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_it_takes_less_time_than_the_scripts_order(seed):
    seconds = script(seed)
    ordered = [seconds[each] for each in speaking_order(seconds, 13.0, 2)]
    assert sorted(ordered) == sorted(seconds)
    without_bound = clock(seconds, 1e9)
    assert clock(ordered, 13.0) < 1.25 * without_bound
    assert clock(ordered, 13.0) < 0.95 * clock(seconds, 13.0)


def test_the_beginning_is_spoken_first():
    seconds = script(9)
    places = {each: at for at, each in enumerate(speaking_order(seconds, 13.0, 2))}
    assert all(abs(at - each) <= 16 + 2 for each, at in places.items())


@pytest.mark.parametrize("seconds", [[], [3.0], [30.0, 40.0, 1.0], [0.0] * 5])
def test_every_sentence_is_begun_once_whatever_its_length(seconds):
    for workers in (1, 2, 8):
        assert sorted(speaking_order(seconds, 13.0, workers)) == list(range(len(seconds)))
