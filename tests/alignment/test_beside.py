"""What is said right before or after a reading without belonging to one; nothing is heard."""

import numpy as np
import pytest

from serguide.alignment.activity import Activity
from serguide.alignment.aligned import Pass
from serguide.alignment.beside import said_beside
from serguide.alignment.edges import Edges


def spoken(*runs):
    speech = np.zeros(2_000, np.bool_)
    for start, end in runs:
        speech[round(start * 100) : round(end * 100)] = True
    level = np.zeros(2_000, np.float32)
    return Activity(level, level, speech)


def run(sentence, start, end, *, whole=True):
    return Pass(sentence, ((start, end),), whole)


def beside(activity, others, start=5.0, end=6.0):
    own = run(3, start, end)
    return said_beside(activity, [own, *others], own, Edges(start, end, start, end))


@pytest.mark.parametrize(("runs", "said"), [
    ([(5.0, 6.0)], ""),
    ([(2.0, 4.7), (5.0, 6.0), (6.3, 9.0)], ""),
    ([(4.7, 6.2)], ""),
    ([(5.0, 8.0)], "something else is said just after it"),
    ([(5.0, 6.0), (6.1, 9.0)], "something else is said just after it"),
    ([(4.0, 6.0)], "something else is said just before it"),
])  # fmt: skip
def test_a_reading_ends_with_a_pause(runs, said):
    assert beside(spoken(*runs), []) == said


def test_other_readings_are_nothing_else():
    flowing = spoken((2.0, 9.0))
    assert beside(flowing, [run(2, 2.0, 4.9), run(4, 6.1, 9.0)]) == ""
    assert beside(flowing, [run(2, 2.0, 4.9)]) == "something else is said just after it"
    broken_off = run(4, 6.1, 9.0, whole=False)
    assert beside(flowing, [run(2, 2.0, 4.9), broken_off])
    begun_again = run(3, 4.0, 4.9, whole=False)
    assert beside(spoken((4.0, 6.0)), [begun_again]) == ""
