"""What is found in a short take, reading by reading: the last whole one, nothing that is wrong."""

import numpy as np
import pytest
from espeak_takes import speaker, spoken
from needed import missing

from serguide.alignment.find import find_readings
from serguide.alignment.recogniser import INSTALL, installed
from serguide.alignment.take_sound import RATE, take_of

LINES = [
    "These few minutes are for arriving.",
    "Some people like to close their eyes.",
    "The chair will carry your weight for a while.",
    "Perhaps there is a sound from far away.",
    "You can come back whenever you want.",
]


@pytest.fixture(scope="module")
def say():
    if not installed():
        missing("soundswallower", INSTALL)
    return speaker("espeak:en-us", "en", 1.15)


def found_in(samples, lines=LINES, language="en"):
    return {each.sentence: each for each in find_readings(
        take_of(samples), lines, language, lambda _: None)}  # fmt: skip


def near(reading, place):
    return abs(reading.speech_start - place[0]) < 0.15 and abs(reading.speech_end - place[1]) < 0.3


def test_every_sentence_is_found_where_it_is(say):
    samples, places = spoken(say, LINES)
    found = found_in(samples)
    assert {number: each.state for number, each in found.items()} == dict.fromkeys(range(5), "good")
    assert all(near(found[number], places[number]) for number in range(5))


def test_the_last_whole_reading_counts_and_a_false_start_does_not(say):
    broken = say(LINES[1])[: int(0.5 * len(say(LINES[1])))]
    samples, places = spoken(say, [LINES[0], broken, LINES[1], LINES[2], LINES[1], LINES[2]])
    found = found_in(samples)
    assert near(found[1], places[4])
    assert near(found[2], places[5])
    assert found[2].takes == 2


def test_a_skipped_line_is_missing_and_a_title_is_nothing(say):
    title = "An evening by the river, written in November."
    samples, places = spoken(say, [title, LINES[0], LINES[2], LINES[4]])
    found = found_in(samples)
    assert sorted(found) == [0, 2, 4]
    assert near(found[0], places[1])


@pytest.mark.parametrize("instead", [
    "The train to the coast leaves at a quarter past nine.",
    "Some people like to open their umbrellas.",
])  # fmt: skip
def test_another_sentence_is_never_good(say, instead):
    samples, _ = spoken(say, [LINES[0], instead, LINES[2], LINES[3]])
    found = found_in(samples)
    assert 1 not in found or found[1].state == "doubtful"
    assert all(found[number].state == "good" for number in (0, 2, 3))


@pytest.mark.parametrize("pause", [0.05, 0.2, 0.4])
def test_a_knock_between_words_is_told(say, pause):
    clip = say(LINES[2])
    half = len(clip) // 2
    knock = np.random.default_rng(1).normal(0, 0.4, RATE // 4) * np.exp(
        -np.linspace(0, 4, RATE // 4)
    )
    quiet = np.zeros(round(pause * RATE))
    knocked = np.concatenate((clip[:half], quiet, knock, quiet, clip[half:])).astype(np.float32)
    samples, _ = spoken(say, [LINES[0], LINES[1], knocked, LINES[3]])
    found = found_in(samples)
    assert (found[2].state, found[2].why) == ("doubtful", "something knocked after “your”")
    assert [found[number].state for number in (0, 1, 3)] == ["good"] * 3


def test_a_long_pause_between_words_is_no_knock(say):
    clip = say(LINES[2])
    half = len(clip) // 2
    paused = np.concatenate((clip[:half], np.zeros(RATE // 2, np.float32), clip[half:]))
    found = found_in(spoken(say, [LINES[0], LINES[1], paused, LINES[3]])[0])
    assert found[2].state == "good", found[2].why


def test_a_short_sentence_within_other_words_is_not_good(say):
    lines = [*LINES[:2], "It is."]
    samples, places = spoken(
        say, [LINES[0], "Well, it is nearly the price of last winter.", LINES[1]]
    )
    found = found_in(samples, lines)
    assert 2 not in found or found[2].state == "doubtful"
    samples, places = spoken(say, [LINES[0], "It is.", LINES[1]])
    found = found_in(samples, lines)
    assert found[2].state == "good", found[2].why
    assert near(found[2], places[1])


def test_soft_clipped_and_cut_off_are_told(say):
    samples, _ = spoken(say, LINES[:3], noise=0.0)
    assert {each.why for each in found_in(samples * 0.02).values()} == {"too soft"}
    loud = np.clip(samples * 8.0, -1.0, 1.0)
    assert "too loud: it is clipped" in {each.why for each in found_in(loud).values()}
    ended = samples[: len(samples) - RATE - int(0.25 * len(say(LINES[2])))]
    found = found_in(ended)
    assert found[2].state == "doubtful"


def test_silence_and_an_empty_list_give_nothing(say):
    assert found_in(np.zeros(3 * RATE, np.float32)) == {}
    assert found_in(spoken(say, LINES[:1])[0], []) == {}


def test_unknown_words_are_found_by_their_phonemes(say):
    lines = ["Zoë listens to the Vltava.", "Serguide is nothing but sound.", LINES[2]]
    found = found_in(spoken(say, lines)[0], lines)
    assert sorted(found) == [0, 1, 2]


def test_french_has_a_model_of_its_own():
    if not installed():
        missing("soundswallower", INSTALL)
    lines = [
        "Ces quelques minutes sont pour arriver.",
        "Tu peux fermer les yeux, ou les garder ouverts.",
        "La chaise porte ton poids.",
    ]
    samples, places = spoken(speaker("espeak:fr-fr+m3", "fr"), [lines[0], lines[1], lines[0]])
    found = found_in(samples, lines, "fr")
    assert near(found[0], places[2])
    assert found[0].takes == 2
    assert near(found[1], places[1])
    assert 2 not in found


def test_without_the_recogniser_all_that_is_found_is_doubtful(monkeypatch, say):
    """Comparing with espeak takes one sentence for another now and then."""
    samples, places = spoken(say, [*LINES, LINES[0]])
    # As on a machine for which there is no wheel.
    monkeypatch.setattr("serguide.alignment.find.installed", lambda: False)
    found = found_in(samples)
    assert found
    assert {each.state for each in found.values()} == {"doubtful"}
    assert all(each.why for each in found.values())
    assert near(found[2], places[2])
