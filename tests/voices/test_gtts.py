from __future__ import annotations

import logging

import numpy as np
import pytest
from gtts_server import LETTER_MS, Answer, GttsServer, tones
from gtts_server import SAMPLERATE as SERVED

from serguide.base.errors import NetworkError, VoiceError
from serguide.base.hints import Remedy, remedies_of
from serguide.base.units import SAMPLERATE
from serguide.voices.base import Voice
from serguide.voices.google.gtts_text import letters
from serguide.voices.google.gtts_voice import CALM, GttsVoice

BREATHE = "Breathe in, and let it go."
LONG = "If you like, close your eyes, or rest them on one spot. Either is fine, today. " * 3


def seconds_of(text: str) -> float:
    """Return how long the server's speech is, without the silence around it."""
    return len(tones(text)) / SERVED - 0.3


def test_it_is_a_voice_that_says_who_gets_the_text(monkeypatch):
    monkeypatch.delenv("SERGUIDE_GTTS_URL", raising=False)
    voice = GttsVoice.open("en-uk", "en")
    assert isinstance(voice, Voice)
    assert (voice.name, voice.language) == ("gtts:en-gb", "en")
    assert voice.sends_to is not None
    assert "Google" in voice.sends_to
    assert "translate.google.co.uk" in voice.sends_to


def test_it_names_another_server_when_there_is_one(gtts_server: GttsServer):
    voice = GttsVoice.open(None, "en")
    assert voice.sends_to is not None
    assert "127.0.0.1" in voice.sends_to
    assert "Google" not in voice.sends_to


def test_speech_comes_back_calm_and_trimmed(gtts_server: GttsServer):
    clip = GttsVoice.open("cs", "cs").speak(BREATHE)
    assert clip.samplerate == SAMPLERATE
    assert clip.samples.shape == (clip.frames, 1)
    assert clip.samples.dtype == np.float32
    assert clip.frames / SAMPLERATE == pytest.approx(seconds_of(BREATHE) / CALM, rel=0.06)
    assert np.abs(clip.samples).max() > 0.1
    for edge in (clip.samples[:4800], clip.samples[-4800:]):
        assert np.abs(edge).max() > 0.05
    [asked] = gtts_server.asked
    assert (asked.part, asked.language, asked.speed) == (BREATHE, "cs", None)


@pytest.mark.parametrize("pace", [0.5, 1.0, 2.0])
def test_loud_speech_is_not_clipped(gtts_server: GttsServer, pace: float):
    gtts_server.then(Answer.LOUD_MP3)
    clip = GttsVoice.open("en", "en").speak(BREATHE, pace=pace)
    assert 0.3 < np.abs(clip.samples).max() < 0.8


@pytest.mark.parametrize("text", [LONG, "x" * 300, "深呼吸して、ゆっくりと吐いてください。" * 8])
def test_a_long_text_is_spoken_whole_and_in_order(gtts_server: GttsServer, text: str):
    clip = GttsVoice.open("en", "en").speak(text, pace=2.0)
    spoken = [asked.part for asked in gtts_server.asked]
    assert letters("".join(spoken)) == letters(text)
    assert len(spoken) > 1
    assert clip.frames / SAMPLERATE == pytest.approx(seconds_of(text) / (2 * CALM), rel=0.06)


def test_parts_follow_one_another_in_order(gtts_server: GttsServer):
    clip = GttsVoice.open("en", "en").speak("a" * 100 + "b" * 100 + "c" * 100, pace=2.0)
    assert len(gtts_server.asked) == 3
    for at, pitch in ((1, 570), (3, 580), (5, 590)):  # the middles of the three
        middle = clip.frames * at // 6
        window = clip.samples[middle - 24_000 : middle + 24_000, 0]
        power = np.abs(np.fft.rfft(window)) ** 2
        near = slice(pitch - 60, pitch + 60)  # one bin is one Hz
        assert np.average(np.arange(24_001)[near], weights=power[near]) == pytest.approx(
            pitch, abs=3
        )


@pytest.mark.parametrize("pace", [0.5, 0.9, 1.0, 1.0 / CALM, 2.0])
def test_pace_changes_the_length_and_keeps_the_pitch(gtts_server: GttsServer, pace: float):
    clip = GttsVoice.open("en", "en").speak("a" * 40, pace=pace)
    assert clip.frames / SAMPLERATE == pytest.approx(
        40 * LETTER_MS / 1000 / (pace * CALM), rel=0.05
    )
    power = np.abs(np.fft.rfft(clip.samples[:, 0])) ** 2
    pitches = np.fft.rfftfreq(clip.frames, 1 / SAMPLERATE)
    near = np.abs(pitches - 570) < 60  # “a” is a tone of 570 Hz
    assert power[near].sum() > 0.9 * power.sum()
    assert np.average(pitches[near], weights=power[near]) == pytest.approx(570, rel=0.01)


@pytest.mark.parametrize("pace", [0.49, 2.01, 0.0, -1.0, float("nan"), float("inf")])
def test_a_pace_out_of_bounds_is_refused_unasked(gtts_server: GttsServer, pace: float):
    with pytest.raises(VoiceError, match="pace"):
        GttsVoice.open("en", "en").speak(BREATHE, pace=pace)
    assert gtts_server.asked == []


def test_the_same_text_gives_the_same_samples(gtts_server: GttsServer):
    voice = GttsVoice.open("en", "en")
    assert np.array_equal(voice.speak(LONG).samples, voice.speak(LONG).samples)


def test_an_estimate_is_near_and_asks_nobody(gtts_server: GttsServer):
    voice = GttsVoice.open("en", "en")
    estimate = voice.estimate(LONG, pace=0.9)
    assert gtts_server.asked == []
    assert estimate == pytest.approx(voice.speak(LONG, pace=0.9).frames, rel=0.3)
    assert voice.estimate(LONG, pace=2.0) < voice.estimate(LONG) < voice.estimate(LONG, pace=0.5)


def test_the_identity_tells_accents_and_servers_apart(gtts_server: GttsServer, monkeypatch):
    here = GttsVoice.open("en-gb", "en").identity()
    assert here == GttsVoice.open("en-uk", "en-US").identity()
    assert here != GttsVoice.open("en-au", "en").identity()
    monkeypatch.delenv("SERGUIDE_GTTS_URL")
    assert here != GttsVoice.open("en-gb", "en").identity()


def test_an_answer_in_chunks_is_read_too(gtts_server: GttsServer):
    voice = GttsVoice.open("en", "en")
    gtts_server.then(Answer.WELL_IN_CHUNKS)
    assert np.array_equal(voice.speak(BREATHE).samples, voice.speak(BREATHE).samples)


@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        (Answer.WEB_PAGE, "answered with a web page", "sign-in or consent page"),
        (Answer.NOTHING, "answered with an empty answer", "Try again later"),
        (Answer.NO_PART, "without the part that was asked for", "Try again later"),
        (Answer.NULL_PART, "answered with no audio", "language of the voice"),
        (Answer.EMPTY_AUDIO, "answered with no audio", "language of the voice"),
        (Answer.BAD_BASE64, "base64", "Try again later"),
        (Answer.CUT_JSON, "damaged or cut off", "Try again later"),
        (Answer.CUT_MP3, "cut off inside frame", "Try again later"),
        (Answer.SHORT_MP3, "seconds of speech where at least", "Try again later"),
        (Answer.HOLED_MP3, "comes something else", "Try again later"),
        (Answer.NOT_MP3, "it is not MP3", "Try again later"),
        (Answer.SILENT_MP3, "answered with silence", "language of the voice"),
    ],
)
def test_an_answer_without_all_the_speech_stops(
    gtts_server: GttsServer, answer: Answer, message: str, hint: str
):
    gtts_server.then(Answer.WELL, answer)
    with pytest.raises(NetworkError, match=message) as caught:
        GttsVoice.open("en", "en").speak(LONG)
    assert caught.value.message.startswith("127.0.0.1 ")
    assert "“If you like, close your eyes, or rest" in caught.value.message
    assert hint in caught.value.hint
    assert Remedy("voice", "espeak") in remedies_of(caught.value.hint)
    assert len(gtts_server.asked) == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:80",
        "speech.example.org",
        "https://",
        "https://ana:secret@speech.example.org",
        "https://speech.example.org/?key=secret",
        "https://speech.example.org:port",
        "https://[::1",
        "file:///etc/passwd",
    ],
)
def test_only_a_plain_https_address_is_taken(monkeypatch, address: str):
    monkeypatch.setenv("SERGUIDE_GTTS_URL", address)
    with pytest.raises(VoiceError, match="SERGUIDE_GTTS_URL") as caught:
        GttsVoice.open("en", "en")
    assert "secret" not in str(caught.value)
    assert "https://" in caught.value.hint


def test_no_log_holds_the_text(gtts_server: GttsServer, caplog):
    with caplog.at_level(logging.DEBUG):
        GttsVoice.open("en", "en").speak("Ana, rest here for a while.")
    assert "Ana" not in caplog.text
