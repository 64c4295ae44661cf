"""What every voice must do: our own, and those that installed packages bring."""

from __future__ import annotations

import needed
import numpy as np
import pytest

from serguide.audio.types import Clip
from serguide.base.errors import VoiceError
from serguide.base.units import SAMPLERATE
from serguide.script.program import Origin, Spoken
from serguide.voices.base import Voice
from serguide.voices.finish.quality import quality_problem
from serguide.voices.narrate import clip_key
from serguide.voices.natural import ENGINES
from serguide.voices.registry import describe_voice, engine_names, open_voice

SENTENCES = (
    "If you like, close your eyes, or rest them on one spot.",
    "There is nothing to do just now.",
    "Perhaps a little warmth is there, in the palms of your hands.",
    "Let your shoulders be as heavy as they are.",
    "And when you want to stop, you simply stop.",
    "Out.",
)
AWKWARD = {
    "apostrophes": "Don't hurry; it's the river's pace, isn't it?",
    "typographic": "“Don’t hurry”, she said – ‘all’s well’…",
    "accents": "Zoë’s café, naïve Příliš žluťoučký kůň, Ångström.",
    "decomposed": "Zoe\u0308 at the cafe\u0301, slowly.",
    "emoji": "A warm sun 🌞 rises over the sea 🌊 now.",
    "right to left": "The word שלום means peace, and سلام as well.",
    "newlines": "First line here.\nSecond line here.\r\n\r\nThird line here.",
    "markup": "A <b>calm</b> voice & a [[quiet]] room, 5 < 6.",
    "controls": "A calm\x01 voice\x00 in a quiet\x1b room.",
    "one letter": "I",
    "one word": "Rest.",
}


def engines() -> list[object]:
    """Every engine that speaks any text; those whose sentences take seconds each are slow.

    Recordings say what was read: test_recorded_voice.py tries them.
    """
    natural = pytest.mark.slow
    return [
        pytest.param(name, marks=natural) if name in ENGINES else name
        for name in sorted(engine_names())
        if name != "recorded"
    ]


@pytest.fixture(params=engines())
def voice(request: pytest.FixtureRequest) -> Voice:
    if request.param == "gtts":
        request.getfixturevalue("gtts_server")
    if request.param in ENGINES:
        request.getfixturevalue("natural_voices")
    described = describe_voice(request.param)
    if not described.installed():
        needed.missing(request.param, str(described.install))
    return open_voice(request.param, "en")


def check_shape(clip: Clip) -> None:
    assert clip.samplerate == SAMPLERATE
    assert clip.samples.dtype == np.float32
    assert clip.samples.ndim == 2
    assert clip.channels == 1
    assert clip.frames > 0
    assert np.isfinite(clip.samples).all()
    assert np.abs(clip.samples).max() <= 1.0


def same(one: Clip, other: Clip) -> bool:
    return np.array_equal(one.samples, other.samples)


def test_is_a_voice_that_its_name_opens_again(voice: Voice) -> None:
    assert isinstance(voice, Voice)
    again = open_voice(voice.name, voice.language)
    assert again.name == voice.name
    assert again.identity() == voice.identity()
    assert again.sends_to == voice.sends_to


def test_identity_is_plain_data(voice: Voice) -> None:
    identity = voice.identity()
    assert identity["engine"] == voice.name.partition(":")[0]
    assert all(isinstance(value, str | int | float) for value in identity.values())
    sentence = Spoken(SENTENCES[0], SENTENCES[0], "en", Origin("scripts/x.yaml", 7), 1)
    assert voice.identity(sentence) == voice.identity(sentence)
    assert clip_key(voice, sentence) == clip_key(voice, sentence)


def test_gives_a_clip_of_the_agreed_form(voice: Voice) -> None:
    clip = voice.speak(SENTENCES[0])
    check_shape(clip)
    assert (
        quality_problem(clip, SENTENCES[0], pace=1.0, estimate=voice.estimate(SENTENCES[0])) is None
    )


def test_is_trimmed_to_the_speech(voice: Voice) -> None:
    for text in SENTENCES:
        loud = np.flatnonzero(np.abs(voice.speak(text).samples[:, 0]) > 10 ** (-54 / 20))
        assert loud[0] < 0.010 * SAMPLERATE


def test_ends_within_a_quarter_of_a_second_of_the_speech(voice: Voice) -> None:
    for text in SENTENCES:
        samples = voice.speak(text).samples[:, 0]
        loud = np.flatnonzero(np.abs(samples) > 10 ** (-40 / 20))
        assert len(samples) - loud[-1] < 0.300 * SAMPLERATE


def test_starts_and_ends_without_a_click(voice: Voice) -> None:
    for text in SENTENCES:
        samples = voice.speak(text).samples[:, 0]
        assert abs(samples[0]) < 0.005
        assert abs(samples[-1]) < 0.005


def test_says_the_same_in_any_order(voice: Voice) -> None:
    first = {text: voice.speak(text) for text in SENTENCES}
    other = open_voice("espeak:cs+whisper", "cs")
    for text in reversed(SENTENCES):
        other.speak("Něco úplně jiného, šeptem.", pace=1.3)
        assert same(voice.speak(text), first[text]), text


def test_pace_makes_it_shorter_and_longer(voice: Voice) -> None:
    lengths = [
        voice.speak(SENTENCES[0], pace=pace).frames for pace in (0.5, 0.7, 0.85, 1.0, 1.3, 2.0)
    ]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == len(lengths)
    assert 1.5 < lengths[0] / lengths[3] < 2.5
    assert 1.5 < lengths[3] / lengths[5] < 2.5


def test_speaks_a_long_text_whole(voice: Voice) -> None:
    page = " ".join(SENTENCES[:5]) + " "
    # 5,000 characters; fewer where that is minutes of work, or of the test's own speech service.
    quick = voice.sends_to is None and voice.name.partition(":")[0] not in ENGINES
    characters = 5000 if quick else 1000
    long = (page * (characters // len(page) + 1))[:characters].rpartition(" ")[0]
    clip = voice.speak(long)
    check_shape(clip)
    once = voice.speak(page).frames
    assert clip.frames == pytest.approx(once * len(long) / len(page), rel=0.1)


@pytest.mark.parametrize("kind", sorted(AWKWARD))
def test_speaks_awkward_text(voice: Voice, kind: str) -> None:
    text = AWKWARD[kind]
    clip = voice.speak(text)
    check_shape(clip)
    assert quality_problem(clip, text, pace=1.0, estimate=voice.estimate(text)) is None


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0"])
def test_refuses_a_text_without_words(voice: Voice, text: str) -> None:
    with pytest.raises(VoiceError) as caught:
        voice.speak(text)
    assert caught.value.hint


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.4])
def test_estimates_each_sentence_and_a_page(voice: Voice, pace: float) -> None:
    spoken = [voice.speak(text, pace=pace).frames for text in SENTENCES]
    estimated = [voice.estimate(text, pace=pace) for text in SENTENCES]
    for text, got, expected in zip(SENTENCES, spoken, estimated, strict=True):
        assert expected == pytest.approx(got, rel=0.35), text
    # The test's own speech service has the pace of the real one's letters, not of its commas.
    bound = 0.10 if voice.sends_to is None else 0.20
    assert sum(estimated) == pytest.approx(sum(spoken), rel=bound)
