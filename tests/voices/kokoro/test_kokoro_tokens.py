from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serguide.voices.kokoro.kokoro_phonemes import phonemes
from serguide.voices.kokoro.kokoro_tokens import (
    MOST,
    RUN,
    has_sound,
    longest_run,
    runs,
    tokens_of,
    vocabulary,
)

PAGE = "If you like, close your eyes, or rest them on one spot. " * 30


def test_a_page_is_cut_after_sentences():
    found = list(runs(phonemes(PAGE, "en-us")))
    assert len(found) > 3
    assert all(run.endswith(".") for run in found)
    assert " ".join(found) == phonemes(PAGE, "en-us")


@pytest.mark.parametrize("text", [PAGE.replace(". ", ", "), "word " * 900, "1234567890" * 40])
def test_a_long_sentence_is_cut_under_the_limit_and_nothing_is_lost(text):
    said = phonemes(text, "en-us")
    found = list(runs(said))
    assert max(len(tokens_of(run)) for run in found) <= RUN < MOST
    assert "".join(" ".join(found).split()) == "".join(said.split())


@settings(max_examples=60, deadline=None)
@given(st.text("aɪˈ ,.ː—xʃ", max_size=400), st.integers(5, 60))
def test_every_run_is_short_enough_and_has_something_to_be_heard(said, most):
    found = list(runs(said, most))
    assert all(len(tokens_of(run)) <= most and has_sound(run) for run in found)
    assert [each for each in "".join(found) if each in "aɪxʃ"] == [
        each for each in said if each in "aɪxʃ"
    ]


@pytest.mark.parametrize(("speed", "tokens"), [(0.25, 60), (0.5, 120), (1.3, 240)])
def test_slow_speech_is_cut_shorter_because_memory_grows_with_its_seconds(speed, tokens):
    assert longest_run(speed) == tokens


def test_marks_alone_make_no_run():
    assert not list(runs(". , … ˈ"))


def test_the_vocabulary_is_the_model_s():
    known = vocabulary()
    assert len(known) == len(set(known.values())) == 114
    assert max(known.values()) < 178
    assert tokens_of("a~b") == [known["a"], known["b"]]
