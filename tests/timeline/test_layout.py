from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from serguide.base.errors import ScriptError
from serguide.base.units import MP3_FRAME, Samples, samples
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import lay_out
from serguide.timeline.layout import (
    BARE_EDGE,
    CUE_GAP,
    EDGE,
    FADE_IN,
    SENTENCE_GAP,
    VALUE_GRID,
)
from serguide.voices.speakable_names import KNOWN

WORD = Samples(4_800)


def a_second_a_word(spoken):
    return Samples(48_000 * len(spoken.text.split()))


@pytest.fixture
def laid(write, tmp_path):
    def laid(cues, head="", duration_of=a_second_a_word, **overrides):
        path = write(
            "scripts/t.yaml", f"title: t\nkind: grounding\n{head}cues:\n" + "".join(
                f"  - {cue}\n" for cue in cues
            ),
        )  # fmt: skip
        program = resolve(path, open_libraries([tmp_path]), KNOWN, Overrides(**overrides))
        return lay_out(program, duration_of, lambda _: samples(5))

    return laid


def spans(timeline):
    return [(e.kind, e.start - BARE_EDGE, e.end - BARE_EDGE) for e in timeline.tracks[0].events]


def test_every_cue_has_its_samples(laid):
    timeline = laid(["say: One. Two.", "pause: 6s", "say: Three", "sound: bowl", "say: Four"])
    s = 48_000
    gap, cue = SENTENCE_GAP, CUE_GAP
    assert spans(timeline) == [
        ("say", 0, s),
        ("say", s + gap, 2 * s + gap),
        ("pause", 2 * s + gap, 8 * s + gap),
        ("say", 8 * s + gap, 9 * s + gap),
        ("sound", 9 * s + gap + cue, 14 * s + gap + cue),
        ("say", 14 * s + gap + cue, 15 * s + gap + cue),
    ]


@pytest.mark.parametrize("pause", ["1ms", "2.50", "0s", "12.345678s", "1m30s"])
def test_pauses_are_exact(laid, pause):
    from serguide.base.units import parse_time

    timeline = laid(["say: a", f"pause: {pause}", "say: b"])
    first, silence, second = timeline.tracks[0].events
    assert silence.end - silence.start == round(parse_time(pause) * 48_000)
    assert (silence.start, silence.end) == (first.end, second.start)


@pytest.mark.parametrize(
    ("breath", "cycle"),
    [
        ("in: 4s, out: 6s", Fraction(10)),
        ("in: 1.00001s, out: 2.00002s", Fraction(300003, 100000)),
        ("in: 3.333333333s, hold: 1ms, out: 4.1s, rest: 7ms", Fraction("7.441333333")),
    ],
)
def test_an_hour_of_breaths_does_not_drift(laid, breath, cycle):
    count = int(3600 / cycle)
    timeline = laid([f"breathe: {{{breath}, cycles: {count}, guide: tone}}"])
    events = timeline.tracks[0].events
    starts = [e.start for e in events if e.phase == "in"]
    assert len(starts) == count
    assert starts == [starts[0] + round(n * cycle * 48_000) for n in range(count)]
    assert all(a.end == b.start for a, b in pairwise(events))


def test_guide_words_begin_with_their_phase_and_stop(laid):
    timeline = laid(["breathe: {in: 4s, out: 6s, cycles: 5, guide: words, guide_cycles: 2}"])
    events = timeline.tracks[0].events
    said = [(e.text, e.start) for e in events if e.kind == "say"]
    phases = [(e.phase, e.start) for e in events if e.kind == "breathe"]
    assert said == [("In." if p == "in" else "Out.", start) for p, start in phases[:4]]
    assert [e.tone for e in events if e.kind == "breathe"] == [False] * 4 + [True] * 6


def test_a_guide_word_longer_than_its_phase_is_named(laid):
    with pytest.raises(ScriptError, match=r"“In\.” takes 1s, its phase `in` lasts 0\.9s"):
        laid(["breathe: {in: 0.9s, out: 6s, cycles: 5}"])


def test_tracks_are_whole_frames_between_digital_silence(laid):
    bare = laid(["say: a"]).tracks[0]
    bedded = laid(["say: a"], "soundscape: quiet-drone\n").tracks[0]
    for track in (bare, bedded):
        assert track.frames % MP3_FRAME == 0
    assert bare.events[0].start == BARE_EDGE
    assert bedded.events[0].start == EDGE + FADE_IN
    assert bedded.frames - bedded.events[-1].end >= bedded.fade_out + EDGE


def test_chapters(laid):
    track = laid(["chapter: First", "say: a", "chapter: Then", "pause: 2s"]).tracks[0]
    assert track.chapters == ((0, "First"), (track.events[0].end, "Then"))


@pytest.mark.parametrize("minutes", [3, 5, 7, 9])
def test_fitted_within_a_frame(laid, minutes):
    timeline = laid(
        ["say: a b c", "rest: 60s", "breathe: {in: 4s, out: 6s, cycles: 6..30}", "rest: 40s"],
        length=Fraction(minutes * 60),
    )
    assert -2 * MP3_FRAME <= timeline.fit.residual <= 0
    long, short = [e.end - e.start for e in timeline.tracks[0].events if e.kind == "rest"]
    assert long / short == pytest.approx(1.5, rel=0.01)


@pytest.mark.parametrize("seconds", [20, 60, 90, 151, 400])
def test_pauses_stay_exact_however_it_is_fitted(laid, seconds):
    """Only rests and breaths give way, also where their range is spent."""
    cues = [
        "say: One. [2s] Two. [1.2345678s] Three. Four.", "pause: 6s", "rest: {for: 30s, max: 60s}",
        "say: Five [300ms] six.", "pause: 12.345678s", "breathe: {in: 4s, out: 6s, cycles: 2..12}",
        "rest: 20s", "pause: 1ms", "say: Seven.",
    ]  # fmt: skip
    natural = laid(cues).tracks[0].events
    timeline = laid(cues, length=Fraction(seconds))
    events = timeline.tracks[0].events
    assert timeline.frames != sum(track.frames for track in laid(cues).tracks)
    pauses = [event.end - event.start for event in events if event.kind == "pause"]
    assert pauses == [samples(Fraction(n)) for n in ("2", "1.2345678", "6", "0.3", "12.345678",
                                                     "0.001")]  # fmt: skip
    between = [b.start - a.end for a, b in pairwise(events) if a.kind == b.kind == "say"]
    assert between == [b.start - a.end for a, b in pairwise(natural) if a.kind == b.kind == "say"]
    assert set(between) == {SENTENCE_GAP}


@pytest.mark.parametrize(("seconds", "sign"), [(10, 1), (1000, -1)])
def test_when_the_range_is_spent_it_says_by_how_much(laid, seconds, sign):
    timeline = laid(["say: a", "rest: {for: 60s, min: 40s, max: 90s}"], length=Fraction(seconds))
    rest = timeline.tracks[0].events[-1]
    assert rest.end - rest.start == samples(40 if sign > 0 else 90)
    assert timeline.fit.residual * sign > 0
    assert timeline.fit.got == timeline.frames


def test_a_steps_own_length_and_the_sessions(write, tmp_path):
    for name in ("a", "b"):
        write(f"scripts/{name}.yaml", f"title: {name}\nkind: grounding\ncues:\n  - rest: 60s\n")
    path = write("scripts/s.yaml", "title: s\nlength: 4m\nsteps:\n  - a: {length: 90s}\n  - b\n")
    program = resolve(path, open_libraries([tmp_path]), KNOWN)
    timeline = lay_out(program, a_second_a_word, lambda _: samples(5))
    a, b = timeline.tracks
    assert abs(a.frames - samples(90)) <= MP3_FRAME
    assert abs(a.frames + b.frames - samples(240)) <= 2 * MP3_FRAME
    assert [step for step, _ in timeline.step_fits] == ["a"]


def test_a_session_longer_than_a_day(laid):
    with pytest.raises(ScriptError, match="longer than a day"):
        laid(["pause: 1440m", "pause: 1m"])


def test_the_length_that_is_fitted_is_the_length_that_is_laid_out(laid):
    cues = [
        "say: One. Two [300ms] three.", "say: Four.", "sound: bowl", "pause: 1.7s",
        "chapter: c", "rest: 3.3s", "breathe: {in: 4.1s, out: 5.7s, cycles: 3..9}", "say: Five.",
    ]  # fmt: skip
    for head in ("", "soundscape: quiet-drone\n"):
        timeline = laid(cues, head)
        assert timeline.fit.natural == timeline.frames
        timeline = laid(cues, head, length=Fraction(120))
        assert timeline.fit.got == timeline.frames != timeline.fit.natural


def test_what_makes_a_session_longer_than_a_day_is_told_where_it_stands(write):
    head = "title: t\nkind: breathing\ncues:\n  - say: One.\n"
    write("five-to-one.yaml", head)
    write("long.yaml", head + "  - breathe: {in: 4s, out: 6s, cycles: 9000}\n")
    path = write("s.yaml", "title: s\nsteps: [five-to-one, long]\n")
    program = resolve(path, open_libraries([path.parent]), KNOWN)
    with pytest.raises(ScriptError) as caught:
        lay_out(program, lambda _spoken: Samples(48_000), lambda _name: Samples(48_000))
    (problem,) = caught.value.problems
    assert (problem.path.rpartition("/")[2], problem.line) == ("long.yaml", 5)


@pytest.mark.parametrize("length", [24_001, 30_000, 47_999])
def test_names_of_nearly_the_same_length_leave_the_rest_where_it_was(laid, length):
    def lay(word):
        def duration_of(spoken):
            return Samples(48_000 + word if "Ana" in spoken.text else 48_000)

        cues = ['say: "{name}, here. [2s] Sit. And rest."', "rest: 3s", "say: Back."]
        timeline = laid(cues, 'values: {name: ""}\n', duration_of, values={"name": "Ana"})
        return timeline.frames, spans(timeline)

    frames, found = lay(length)
    pause = next(span for span in found if span[0] == "pause")
    assert pause[2] - pause[1] == 96_000, "exact"
    assert pause[1] == found[0][2], "and right behind the words"
    (calm, settled) = lay(48_000)
    assert (frames, found[3:]) == (calm, settled[3:])
    behind = found[3][1] - found[2][2]
    assert SENTENCE_GAP <= behind < SENTENCE_GAP + VALUE_GRID
