"""A teleprompter is read into, with sound that is given by hand: what keys mean, what is kept."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import numpy as np
import pytest
import soundfile
from readings import room, speech

from serguide.base.errors import RecordingError
from serguide.base.units import SAMPLERATE
from serguide.reading.prompter.microphone import DeviceMicrophone
from serguide.reading.prompter.prompter import LEAD, Prompter
from serguide.reading.prompter.prompter_screen import PrompterScreen
from serguide.reading.prompter.take_check import check_take
from serguide.reading.prompter.take_keeper import keep_doubtful, keep_take
from serguide.recordings.clip import read_clip
from serguide.recordings.clip_level import speech_loudness
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_folder import VoiceFolder

TEXTS = ("Here is a chair.", "It holds you well, as you are.", "Nothing is to be done now.")
SENTENCES = tuple(
    Sentence(number, "chair", number, text, text, "en", 1.0) for number, text in enumerate(TEXTS, 1)
)


def sound(*parts):
    """Return words and silences (in seconds), in a quiet room."""
    whole = np.concatenate(
        [np.zeros(round(p * SAMPLERATE)) if isinstance(p, float) else p for p in parts]
    )
    return (whole + room(len(whole), snr=40.0)).astype(np.float32).reshape(-1, 1)


class Reader:
    """Press keys while sound comes in pieces of 20 ms, as a device gives it."""

    def __init__(self, folder, sentences=SENTENCES):
        folder.create()
        self.folder = folder
        self.prompter = Prompter(sentences, partial(keep_take, folder), folder.chosen())

    def hear(self, *parts):
        block = sound(*parts)
        for start in range(0, len(block), 960):
            self.prompter.hear(block[start : start + 960])

    def read(self, text):
        self.hear(0.5, speech(text), 0.6)


@pytest.fixture
def reader(tmp_path):
    return Reader(VoiceFolder(tmp_path / "voices" / "ana"))


def test_space_begins_then_keeps_each_sentence_and_goes_on(reader):
    reader.hear(2.0)
    reader.prompter.go_on()
    for text in TEXTS:
        reader.read(text)
        reader.prompter.go_on()
    reader.hear(1.0)
    reader.prompter.finish()
    assert reader.prompter.current is None
    index = reader.folder.open_index()
    assert [(each.text, each.state, each.why) for each in index.recordings] == [
        (text, "good", "") for text in TEXTS
    ]
    for text, each in zip(TEXTS, index.recordings, strict=True):
        clip = read_clip(reader.folder.file(each.clip))
        assert clip.frames / SAMPLERATE == pytest.approx(
            len(speech(text)) / SAMPLERATE + 0.5, abs=0.3
        )
        assert speech_loudness(clip.samples) == pytest.approx(-18.0, abs=1.0)
        original = soundfile.info(reader.folder.file(each.original))
        assert original.samplerate == SAMPLERATE
        assert original.duration > each.end


def test_a_take_begins_before_its_turn_and_ends_after_the_key(reader):
    """Who speaks before the key is up, or whose headset is late, loses nothing."""
    reader.hear(2.0)
    said = speech(TEXTS[0])
    reader.hear(said[:9600])  # 200 ms before the key
    reader.prompter.go_on()
    reader.hear(said[9600:-7200])
    reader.prompter.go_on()
    reader.hear(said[-7200:], 1.0)
    reader.prompter.wait()
    (kept,) = reader.folder.open_index().recordings
    assert kept.state == "good"
    assert kept.start < LEAD / SAMPLERATE - 0.2
    assert kept.seconds > len(said) / SAMPLERATE


def test_left_reads_again_and_the_last_good_reading_counts(reader):
    reader.hear(1.0)
    reader.prompter.go_on()
    reader.read(TEXTS[0])
    reader.prompter.go_on()
    reader.hear(0.1)
    reader.prompter.read_again()  # right after the sentence came up: the one before
    assert reader.prompter.current.text == TEXTS[0]
    reader.read("Here is a wrong")
    reader.prompter.read_again()  # a false start: from its beginning
    assert reader.prompter.current.text == TEXTS[0]
    reader.read(TEXTS[0])
    reader.prompter.go_on()
    reader.hear(1.0)
    reader.prompter.finish()
    readings = reader.folder.open_index().recordings
    assert [each.text for each in readings] == [TEXTS[0]] * 2
    assert reader.folder.chosen()[SENTENCES[0].key] == readings[1]
    assert len(list((reader.folder.path / "originals").iterdir())) == 2


def test_a_doubtful_sentence_never_stops_the_reading_and_can_be_kept(reader):
    reader.hear(1.0)
    reader.prompter.go_on()
    knock = np.sin(np.arange(1200)) * 0.5
    said = speech(TEXTS[0])
    half = len(said) // 2
    reader.hear(0.5, said[:half], 0.5, knock, 0.5, said[half:], 0.6)
    reader.prompter.go_on()
    assert reader.prompter.current.text == TEXTS[1]
    reader.hear(1.0)
    reader.prompter.wait()
    (entry,) = reader.folder.open_index().recordings
    assert (entry.state, entry.why) == ("doubtful", "something knocked")
    keep_doubtful(reader.folder, entry)
    (entry,) = reader.folder.open_index().recordings
    assert (entry.state, entry.why) == ("good", "")


def test_the_next_time_reading_goes_on_where_it_was_left(reader):
    reader.hear(1.0)
    reader.prompter.go_on()
    reader.read(TEXTS[0])
    reader.prompter.finish()  # Esc after the words: they are kept
    again = Reader(reader.folder)
    assert again.prompter.current.text == TEXTS[1]
    assert again.prompter.left == 2


def test_a_full_disk_is_told_and_the_reading_goes_on(tmp_path):
    def full(sentence, samples):
        raise RecordingError("no room", "make room")

    prompter = Prompter(SENTENCES, full, {})
    prompter.go_on()
    prompter.hear(sound(speech(TEXTS[0]), 0.6))
    prompter.go_on()
    prompter.hear(sound(1.0))
    prompter.wait()
    assert prompter.failure.message == "no room"
    assert prompter.readings == {}
    assert prompter.current.text == TEXTS[1]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((1.0, speech(TEXTS[1]), 1.0), ""),
        ((1.0, speech(TEXTS[1]) * 0.015, 1.0), "too soft"),
        ((4.0,), "too soft|nothing was heard"),
        ((speech(TEXTS[1])[14400:], 1.0), "cut off"),
        ((1.0, np.clip(speech(TEXTS[1]) * 40, -1, 1), 1.0), "too loud, it is clipped"),
        ((1.0, speech("Chair."), 1.0), "cut off"),
        ((1.0, *(speech(TEXTS[1]), 1.0) * 9), "it is longer than this sentence"),
    ],
    ids=["good", "soft", "silence", "start", "loud", "short", "long"],
)
def test_what_is_doubtful_about_a_take_is_said(parts, why):
    found = check_take(sound(*parts), TEXTS[1])
    assert found.why in why.split("|")


def test_edges_lie_in_the_pauses_around_the_words():
    said = speech(TEXTS[1])
    found = check_take(sound(1.2, said, 1.4), TEXTS[1])
    assert 1.2 - found.start == pytest.approx(0.25, abs=0.1)
    # The clip's last tenths of a second are the room's, too soft to count as words.
    assert found.end - (1.2 + len(said) / SAMPLERATE) == pytest.approx(0.3, abs=0.2)


def test_the_null_microphone_gives_sound_at_the_usual_speed(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    heard = []
    microphone = DeviceMicrophone()
    microphone.start(heard.append)
    until = time.monotonic() + 20
    while sum(map(len, heard)) < 4800 and time.monotonic() < until:
        time.sleep(0.01)
    microphone.close()
    assert sum(map(len, heard)) >= 4800
    assert {block.shape[1] for block in heard} == {1}
    assert not np.concatenate(heard).any()


def test_the_screen_shows_the_sentence_and_does_what_keys_say(reader):
    played = []

    async def run():
        screen = PrompterScreen(
            "The chair", reader.prompter, played.append, partial(keep_doubtful, reader.folder)
        )

        def shown(name):
            return str(screen.query_one(f"#{name}").render())

        async with screen.run_test(size=(100, 32)) as pilot:
            assert shown("sentence") == TEXTS[0]
            assert shown("next") == TEXTS[1]
            assert "1 of 3" in shown("head")
            assert "Space begins" in shown("state")
            reader.hear(1.0)
            await pilot.press("space")
            assert "Recording" in shown("state")
            reader.read(TEXTS[0])
            await pilot.pause(0.2)
            assert "good" in shown("level")
            await pilot.press("space")
            reader.hear(1.0)
            reader.prompter.wait()
            await pilot.pause(0.2)
            assert shown("sentence") == TEXTS[1]
            assert "✓" in shown("before-2")
            assert "Recorded" in shown("before-2")
            await pilot.press("p")
            assert "Space begins" in shown("state"), "nothing is recorded while it plays"
            await pilot.press("plus", "plus")
            assert "\n" in shown("sentence")
            await pilot.press("right")
            assert " ".join(shown("sentence").split()) == TEXTS[2]
            await pilot.press("left")
            assert " ".join(shown("sentence").split()) == TEXTS[1]
            await pilot.press("escape")

    asyncio.run(run())
    reader.prompter.finish()
    assert [each.text for each in played] == [TEXTS[0]]
    assert len(reader.folder.open_index().recordings) == 1
