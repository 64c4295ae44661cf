from __future__ import annotations

import pytest
from samples import TrackMaker

from serguide.audio.levels import SPEECH_LUFS
from serguide.drawing.loudness_curve import FLOOR_LUFS, measured, planned, smoothed


def level_at(levels, track, second):
    return levels[int(second * 48_000 * len(levels) / track.frames)]


def test_planned_levels_follow_the_mix():
    track = TrackMaker("x").rest(10).say("Hello.", seconds=4).rest(20).done()
    levels = planned(track, 400)
    assert level_at(levels, track, 13) == SPEECH_LUFS
    assert level_at(levels, track, 9) == SPEECH_LUFS - 20 + 6
    assert level_at(levels, track, 10.7) == SPEECH_LUFS - 20
    assert levels[0] < level_at(levels, track, 2) < level_at(levels, track, 5)
    assert levels[-1] == pytest.approx(FLOOR_LUFS, abs=1)


def test_without_a_soundscape_rests_are_silent():
    track = TrackMaker("x", bed=False).rest(10).say("Hello.", seconds=4).done()
    assert set(planned(track, 200)) == {FLOOR_LUFS, SPEECH_LUFS}


def test_measured_levels_are_means_and_holes_keep_the_last():
    points = [(0, -20.0), (10, -30.0), (60, -40.0), (99, -90.0)]
    assert measured(points, 0, 100, 4) == [-25.0, -25.0, -40.0, FLOOR_LUFS]
    assert measured([], 0, 100, 2) == [FLOOR_LUFS, FLOOR_LUFS]


def test_smoothing_keeps_a_level_line_and_the_length():
    assert smoothed([-20.0] * 5) == [-20.0] * 5
    assert smoothed([0.0, 3.0, 0.0]) == [1.0, 1.0, 1.0]
