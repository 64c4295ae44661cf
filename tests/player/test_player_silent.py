"""Where no device answers, time passes as it does with one, and nothing is lost."""

from __future__ import annotations

import dataclasses
import threading
import time

import miniaudio
import numpy as np
import pytest
from hand import HandOutput

from serguide.base.units import SAMPLERATE
from serguide.bundle.words import words_for
from serguide.player.audio.device import DeviceOutput
from serguide.player.audio.silent import SilentOutput, device_answers, open_output
from serguide.player.control import Control, open_engine
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.saying import facts


@pytest.fixture
def no_device(monkeypatch):
    def none(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)


def test_it_asks_at_the_usual_speed():
    asked = []

    def render(frames):
        asked.append(frames)
        return np.zeros((frames, 2), np.float32)

    output = SilentOutput()
    began = time.monotonic()
    output.start(render)
    time.sleep(1.0)
    output.close()
    passed = time.monotonic() - began
    assert sum(asked) / SAMPLERATE == pytest.approx(passed, abs=0.15)
    count = len(asked)
    time.sleep(0.1)
    assert len(asked) == count  # nothing after it was closed
    assert "SilentOutput" not in " ".join(thread.name for thread in threading.enumerate())


def test_it_stands_in_only_where_no_device_answers(no_device):
    assert isinstance(open_output(), SilentOutput)
    assert not device_answers()


def test_a_device_that_answers_is_taken(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    output = open_output()
    output.close()
    assert isinstance(output, DeviceOutput)
    assert device_answers()


def test_the_session_goes_on_with_it(bundle):
    engine = open_engine(open_playable(bundle), SilentOutput())
    engine.start()
    engine.play()
    time.sleep(1.2)
    position = engine.status().position / SAMPLERATE
    engine.close()
    assert position == pytest.approx(1.2, abs=0.4)


def test_it_is_said_as_long_as_it_is_so(bundle):
    engine = open_engine(open_playable(bundle), HandOutput())
    control = Control(open_playable(bundle), engine, silent=True)
    words = words_for("en")
    told = facts(words, control.look(), control.timer, silent=control.silent)
    assert told == ("no sound device: words only",)
    muted = dataclasses.replace(control.look(), muted=True)
    assert facts(words, muted, None, silent=True) == told  # muting says nothing then
    assert facts(words, muted, None) == ("muted",)
    engine.close()
