from __future__ import annotations

from fractions import Fraction

import pytest

from serguide.base.errors import ScriptError
from serguide.base.units import SAMPLERATE, Samples, Seconds
from serguide.script.length_words import minutes_words, quiet_words
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import lay_out
from serguide.voices.speakable_names import KNOWN

HEAD = "title: t\nkind: grounding\ncues:\n"


def laid(path, **overrides):
    program = resolve(path, open_libraries([path.parent]), KNOWN, Overrides(**overrides))
    # Half a second a word: a longer phrase moves everything after it.
    words = lambda spoken: Samples(24_000 * len(spoken.spoken.split()))  # noqa: E731
    return lay_out(program, words, lambda _name: Samples(48_000))


def said(timeline, track=0):
    return [event.text for event in timeline.tracks[track].events if event.kind == "say"]


@pytest.fixture(autouse=True)
def ground(write):
    write("five-to-one.yaml", HEAD + "  - say: Back.\n")


@pytest.mark.parametrize(
    ("rest", "words"),
    [("5s", "a few seconds"), ("20s", "about twenty seconds"), ("30s", "about half a minute"),
     ("1m", "about a minute"), ("3m", "about three minutes")],
)  # fmt: skip
def test_the_next_rest_is_said_in_words(write, rest, words):
    path = write("x.yaml", HEAD + f"  - say: It is quiet for {{quiet}}.\n  - rest: {rest}\n")
    assert said(laid(path)) == [f"It is quiet for {words}."]


def test_what_is_said_is_true_as_fitted(write):
    path = write("x.yaml", HEAD + "  - say: Quiet for {quiet}. In all {minutes}.\n  - rest: 1m\n")
    for asked in (40, 50, 64, 75, 90, 110, 125, 150, 180):
        timeline = laid(path, length=Seconds(Fraction(asked)))
        (quiet,) = [e for e in timeline.tracks[0].events if e.kind == "rest"]
        lasts = (quiet.end - quiet.start) / SAMPLERATE
        whole = timeline.frames / SAMPLERATE
        first, second = said(timeline)
        kept = first.removeprefix("Quiet for ").rstrip(".")
        assert quiet_words(lasts, "en", kept) == kept, asked
        minutes = second.removeprefix("In all ").rstrip(".")
        assert minutes_words(whole, "en", minutes) == minutes, asked


def test_each_rest_has_its_own_words_and_a_sentence_begins_with_a_capital(write):
    path = write(
        "x.yaml",
        HEAD
        + '  - say: "{quiet} of nothing."\n  - rest: 10s\n  - say: Now {quiet}.\n  - rest: 2m\n',
    )
    assert said(laid(path)) == ["About ten seconds of nothing.", "Now about two minutes."]


def test_in_a_session_the_minutes_are_those_of_the_whole(write):
    write("a.yaml", HEAD + "  - say: '{minutes} in all.'\n  - rest: 2m\n")
    path = write("s.yaml", "title: s\nlength: 5m\nsteps: [a, a]\n")
    timeline = laid(path)
    assert said(timeline, 0) == said(timeline, 1) == ["Five minutes in all."]


@pytest.mark.parametrize(
    ("language", "words"),
    [("cs", "asi půl minuty"), ("sk", "asi pol minúty"), ("de", "etwa eine halbe Minute"),
     ("fr", "30 secondes"), ("de-AT", "etwa eine halbe Minute")],
)  # fmt: skip
def test_in_the_language_of_the_script(write, language, words):
    path = write(
        "x.yaml", f"language: {language}\n" + HEAD + "  - say: '({quiet})'\n  - rest: 30s\n"
    )
    assert said(laid(path)) == [f"({words})"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "one minute"), (12, "twelve minutes"), (21, "twenty-one minutes"), (60, "60 minutes")],
)
def test_minutes_in_words(number, words):
    assert minutes_words(60 * number, "en") == words


def test_minutes_are_declined():
    assert minutes_words(60, "cs") == "jednu minutu"
    assert minutes_words(180, "sk") == "tri minúty"
    assert minutes_words(21 * 60, "de") == "einundzwanzig Minuten"
    assert minutes_words(300, "cs") == "pět minut"


@pytest.mark.parametrize(
    "cues",
    ["  - say: Quiet for {quiet}.\n", "  - chapter: '{minutes}'\n  - say: a\n",
     "  - rest: 9s\n  - say: 'After {quiet}.'\n"],
)  # fmt: skip
def test_a_length_of_nothing_is_a_problem_with_a_place(write, cues):
    with pytest.raises(ScriptError) as caught:
        laid(write("x.yaml", HEAD + cues))
    assert [problem.code for problem in caught.value.problems] == ["L021"]


def test_a_value_of_that_name_is_a_value(write):
    path = write("x.yaml", "values: {quiet: a little}\n" + HEAD + "  - say: 'For {quiet}.'\n")
    assert said(laid(path)) == ["For a little."]


# Optional steps.

SESSION = "title: s\nsteps:\n  - a\n  - b: {optional: true}\n  - c: {optional: true}\n  - a\n"


@pytest.fixture
def session(write):
    for name in "abc":
        write(f"{name}.yaml", f"title: {name.upper()}\nkind: grounding\ncues:\n"
              "  - say: One two.\n  - rest: {for: 60s, min: 50s, max: 70s}\n")  # fmt: skip
    return write("s.yaml", SESSION)


@pytest.mark.parametrize(
    ("asked", "steps", "left_out"),
    [(240, "abca", ()), (210, "abca", ()), (185, "aba", ("C",)), (120, "aa", ("B", "C"))],
)
def test_optional_steps_go_the_last_first_when_rests_have_no_more_room(
    session, asked, steps, left_out
):
    timeline = laid(session, length=Seconds(Fraction(asked)))
    assert "".join(track.program.step for track in timeline.tracks) == steps
    assert timeline.left_out == left_out
    assert [track.step for track in timeline.program.tracks] == list(steps)
    assert abs(timeline.fit.residual) < 5 * SAMPLERATE


def test_without_a_length_nothing_is_left_out(session):
    assert len(laid(session).tracks) == 4


def test_what_comes_nearest_stands(session):
    """Without C it would be 175 to 214 s, with it 208 to 293: asked 207, both are near."""
    timeline = laid(session, length=Seconds(Fraction(60)))
    assert "".join(track.program.step for track in timeline.tracks) == "aa"
    assert timeline.fit.residual > 0
