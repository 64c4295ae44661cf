from __future__ import annotations

import base64
import json
import logging

import pytest
from gtts.tts import gTTS
from hypothesis import given
from hypothesis import strategies as st

from serguide.base.errors import VoiceError
from serguide.voices.google.gtts_languages import choose
from serguide.voices.google.gtts_protocol import BadAnswerError, audio_of, questions
from serguide.voices.google.gtts_text import LONGEST_PART, letters

ENGLISH = choose("en-gb", "en")


def test_a_question_goes_to_the_accent_s_host_over_https():
    [question] = questions("Breathe in.", ENGLISH)
    assert question.request.url == (
        "https://translate.google.co.uk/_/TranslateWebserverUi/data/batchexecute"
    )
    assert question.part == "Breathe in."


def test_a_question_goes_to_another_origin_when_one_is_named():
    [question] = questions("Breathe in.", ENGLISH, "https://speech.example.org:8443/google/")
    assert question.request.url == (
        "https://speech.example.org:8443/google/_/TranslateWebserverUi/data/batchexecute"
    )


@given(st.text(max_size=300).filter(letters))
def test_what_would_be_sent_holds_every_letter(text: str):
    sent = [question.part for question in questions(text, ENGLISH)]
    assert letters("".join(sent)) == letters(text)
    assert all(len(part) <= LONGEST_PART for part in sent)


@pytest.mark.parametrize(
    "text",
    ["Take a rest. Then go on.", "Dr. Upledger wrote it, Esq.", "well-\nknown", "isn’t [it]"],
)
def test_a_short_text_is_sent_as_it_is_written(text: str):
    assert [question.part for question in questions(text, ENGLISH)] == [text]


@pytest.mark.parametrize("text", ["", "  ", "…", "🙂", "?!"])
def test_nothing_to_speak_is_an_error(text: str):
    with pytest.raises(VoiceError, match="nothing to speak"):
        questions(text, ENGLISH)


@pytest.mark.parametrize(
    ("method", "changed"),
    [
        ("_package_rpc", lambda self, text: "f.req=%7B%7D&"),
        ("_package_rpc", lambda self, text: "something=else"),
        ("_tokenize", lambda self, text: [text[: len(text) // 2]]),
        ("_prepare_requests", lambda self: []),
        ("_prepare_requests", lambda self: ["not a request"]),
    ],
)
def test_a_changed_gtts_is_an_error_before_anything_is_sent(monkeypatch, method, changed):
    monkeypatch.setattr(gTTS, method, changed)
    with pytest.raises(VoiceError, match="does not build its requests as expected") as caught:
        questions("Breathe in, and out.", ENGLISH)
    assert "pip install gTTS==" in caught.value.hint


def test_a_gtts_without_its_private_method_is_an_error(monkeypatch):
    monkeypatch.delattr(gTTS, "_prepare_requests")
    with pytest.raises(VoiceError, match="does not build its requests as expected"):
        questions("Breathe in.", ENGLISH)


def test_the_text_goes_into_no_log(caplog):
    with caplog.at_level(logging.DEBUG):
        questions("Ana, breathe in. " * 20, ENGLISH)
    assert "Ana" not in caplog.text


def answer(payload: object, before: str = ")]}'\n\n", procedure: str = "jQ1olc") -> bytes:
    envelope = json.dumps(["wrb.fr", procedure, payload, None, None, None, "generic"])
    return f'{before}[{envelope}\n,["di",27]\n]'.encode()


def held(audio: bytes) -> str:
    return json.dumps([base64.b64encode(audio).decode()]) + "\n"


def test_the_audio_is_found_in_both_forms_of_answer():
    assert audio_of(answer(held(b"mp3")), "jQ1olc") == b"mp3"
    chunks = b')]}\'\n\n27\n[["di",27]]\n99\n' + answer(held(b"mp3"), before="") + b"\n25\n[[1]]\n"
    assert audio_of(chunks, "jQ1olc") == b"mp3"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty answer"),
        (b"  \n<html>", "web page"),
        (b"\xff\xfe", "not text"),
        (b"ok", "without the part"),
        (answer(held(b"mp3"), procedure="other"), "without the part"),
        (answer(held(b"mp3"))[:-40], "cut off"),
        (b"[" * 100_000, "cut off"),
        (answer(None), "no audio"),
        (answer("[]"), "no audio"),
        (answer('{"a": 1}'), "no audio"),
        (answer("[7]"), "no audio"),
        (answer('[""]'), "no audio"),
        (answer('["'), "damaged"),
        (answer('["*bXAz"]'), "base64"),
        (answer('["bXA"]'), "base64"),
        (answer('["é"]'), "base64"),
        (b'[["wrb.fr","jQ1olc"]]', "no audio"),
    ],
)
def test_an_answer_without_sound_audio_is_named(body: bytes, why: str):
    with pytest.raises(BadAnswerError, match=why) as caught:
        audio_of(body, "jQ1olc")
    assert caught.value.hint
