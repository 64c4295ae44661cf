from __future__ import annotations

from itertools import pairwise

import pytest

from serguide.base.units import SAMPLERATE
from serguide.player.model.open_bundle import open_playable
from serguide.player.model.pacer import BreathPhase, breaths_from


def test_the_lungs_fill_and_empty_without_a_jump(bundle):
    breaths = open_playable(bundle).score.breaths
    first = breaths[0]
    run = breaths_from(breaths, first)
    assert [breath.phase for breath in run] == ["in", "out"] * 3
    step = SAMPLERATE // 20
    positions = range(first.start, run[-1].end, step)
    playable = open_playable(bundle)
    fullness = [playable.score.breath_at(at).fullness(at) for at in positions]
    assert min(fullness) == pytest.approx(0, abs=0.01)
    assert max(fullness) == pytest.approx(1, abs=0.01)
    assert max(abs(b - a) for a, b in pairwise(fullness)) < 0.03


def test_holds_and_rests_stand_still():
    hold, rest = BreathPhase(0, 100, "hold"), BreathPhase(0, 100, "rest")
    assert {hold.fullness(at) for at in range(100)} == {1.0}
    assert {rest.fullness(at) for at in range(100)} == {0.0}


def test_seconds_count_down_to_one():
    breath = BreathPhase(SAMPLERATE, 5 * SAMPLERATE, "in")
    at = [SAMPLERATE, SAMPLERATE + 1, 2 * SAMPLERATE, 4 * SAMPLERATE + 1, 5 * SAMPLERATE - 1]
    assert [breath.seconds_left(position) for position in at] == [4, 4, 3, 1, 1]


def test_the_phase_is_the_manifests_at_every_sample(bundle):
    playable = open_playable(bundle)
    for breath in playable.score.breaths:
        assert playable.score.breath_at(breath.start) == breath
        assert playable.score.breath_at(breath.end - 1) == breath
    last = playable.score.breaths[-1]
    assert playable.score.breath_at(last.end) is None
    assert playable.score.breath_at(playable.score.breaths[0].start - 1) is None
