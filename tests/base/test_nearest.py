"""What someone may have meant."""

from __future__ import annotations

from serguide.base.nearest import did_you_mean, nearest

NAMES = ("Breathe", "pause", "easy-six", "easy-seven")


def test_the_nearest_comes_first_and_keeps_its_capitals():
    assert nearest("BREATH", NAMES) == ["Breathe"]
    assert nearest("easy-sixx", NAMES, most=3) == ["easy-six", "easy-seven"]
    assert nearest("nothing like it", NAMES) == []


def test_a_hint_is_given_for_a_part_too_but_not_for_a_letter():
    assert did_you_mean("puase", NAMES) == "did you mean `pause`?"
    assert did_you_mean("six", NAMES) == "did you mean `easy-six`?"
    assert did_you_mean("ax", NAMES, otherwise="look again") == "look again"
