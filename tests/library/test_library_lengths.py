"""Every adult session fits to 10 to 25 minutes and sounds right; estimates only, nothing spoken."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from library_measures import LIBRARIES, in_english, is_session, path_of

from serguide import api
from serguide.audio.oneshots import frames_of
from serguide.base.errors import UsageError
from serguide.base.units import SAMPLERATE, Seconds, samples
from serguide.render.request import RenderRequest
from serguide.safety.checker import Checker
from serguide.script.program import Pause, Rest, SessionProgram
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import SessionTimeline, lay_out
from serguide.timeline.layout import NEAR
from serguide.voices.select import VoiceSelection
from serguide.voices.speakable_names import KNOWN

SHORT = {
    "three-minutes-for-right-now": "for a moment that is too much: help first, and then a person",
    "before-you-drive-home": "a check of wakefulness in a waiting room; more would make drowsy",
    "five-minute-reset": "its name is its length, between two other things",
    "a-work-break": "a break at work that nobody has to notice",
    "on-a-journey": "between two stops; looking inward waits for a place of one's own",
    "after-a-bad-dream": "orientation and company; whoever is up at night should not be kept up",
    "awake-at-three": "one pillow and few words; another thing to follow would keep awake",
    **{f"seven-days-{day}": "one small thing a day, small on purpose" for day in range(1, 8)},
}
"""Made to be short, and why; asked for more, they say the nearest."""

OPENING_THEMSELVES = {
    "before-sleep": ("arriving-here", "night-harbour"),
    "the-gate": ("arriving-here", "the-gatekeeper"),
}
"""Whose first step is optional, because the other opens as wholly: orients, says how to lie and
how to stop, and gives the notice. The check of safety below sees that it does."""

LENGTHS = (10, 12, 15, 17, 20, 25)
BETWEEN = (11, 13, 14, 16, 18, 19, 21, 22, 23, 24)


@cache
def program_of(name: str, minutes: int | None = None) -> SessionProgram:
    length = Seconds(Fraction(60 * minutes)) if minutes else None
    return resolve(path_of(name), LIBRARIES, KNOWN, Overrides(length=length))


def laid(name: str, minutes: int | None = None) -> SessionTimeline:
    program = program_of(name, minutes)
    return lay_out(program, VoiceSelection(program).estimate, frames_of)


def rests(timeline: SessionTimeline) -> list[float]:
    """By how much each rest was stretched."""
    return [
        (placed.end - placed.start) / SAMPLERATE / float(placed.item.length)
        for track in timeline.tracks
        for placed in track.placed
        if isinstance(placed.item, Rest)
    ]


SESSIONS = [name for name in LIBRARIES.names() if is_session(name)]
CHILDREN = [name for name in SESSIONS if program_of(name).tracks[0].audience == "child"]
ADULT = [name for name in SESSIONS if name not in CHILDREN]
BRIEF = [name for name in ADULT if in_english(name) in SHORT]
FITTING = [name for name in ADULT if name not in BRIEF]


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("name", FITTING)
def test_a_session_fits_and_sounds_right(name, minutes):
    timeline = laid(name, minutes)
    assert abs(timeline.fit.residual) <= NEAR
    assert abs(timeline.frames / SAMPLERATE - 60 * minutes) <= 5
    assert min(rests(timeline)) >= 0.6
    first, last = (timeline.tracks[at].program.step for at in (0, -1))
    steps = [track.step for track in program_of(name).tracks]
    assert last == steps[-1]
    assert timeline.tracks[-1].frames >= 60 * SAMPLERATE
    opening = OPENING_THEMSELVES.get(in_english(name), (in_english(steps[0]),))
    assert in_english(first) in opening


@pytest.mark.slow
@pytest.mark.parametrize("minutes", BETWEEN)
@pytest.mark.parametrize("name", FITTING)
def test_it_fits_to_the_minutes_between(name, minutes):
    timeline = laid(name, minutes)
    assert abs(timeline.fit.residual) <= NEAR
    assert min(rests(timeline)) >= 0.6


@pytest.mark.parametrize("minutes", [10, 15, 25])
@pytest.mark.parametrize("name", FITTING)
def test_it_is_as_safe_at_every_length(name, minutes):
    """What is left out takes no notice, caution or return with it."""
    report = Checker(LIBRARIES, None, date(2026, 12, 1)).program(program_of(name, minutes))
    found = [str(problem) for problem in report.problems if problem.severity == "error"]
    assert found == []


@pytest.mark.parametrize("name", FITTING)
def test_at_its_own_length_nothing_is_squeezed(name):
    assert 0.7 <= laid(name).fit.rests <= 1.3


@pytest.mark.parametrize("minutes", [None, 1, 10, 13, 25, 180])
@pytest.mark.parametrize("name", SESSIONS)
def test_written_pauses_are_exact_at_every_length(name, minutes):
    timeline = laid(name, minutes)
    for track in (*timeline.tracks, timeline.ground):
        for placed in track.placed:
            if isinstance(placed.item, Pause):
                assert placed.end - placed.start == samples(placed.item.length)


@pytest.mark.parametrize("name", BRIEF)
def test_a_short_session_says_the_nearest(name, tmp_path):
    request = RenderRequest(name, tmp_path / "out", length=Seconds(Fraction(1500)))
    with pytest.raises(UsageError, match="the nearest is"):
        api.render(request)
    assert not (tmp_path / "out").exists()


def test_short_is_what_is_short():
    assert {in_english(name) for name in BRIEF} == set(SHORT)
    for name in BRIEF:
        assert laid(name).frames / SAMPLERATE <= 10.1 * 60


@pytest.mark.parametrize("name", CHILDREN)
def test_a_childs_session_stays_within_ten_minutes(name):
    assert laid(name).frames <= 10 * 60 * SAMPLERATE


@pytest.mark.parametrize("name", SESSIONS)
def test_a_step_that_may_be_left_out_is_not_the_last(name):
    assert not program_of(name).tracks[-1].optional
