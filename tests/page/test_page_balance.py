"""The soundscape set against the voice while listening: what is heard, captured by Web Audio."""

from __future__ import annotations

import json

import numpy as np
import pytest
from balancing import (
    BED,
    CAPTURE,
    LEVEL,
    OVER,
    SHARE,
    SLIDER,
    STEMS,
    VOICE,
    balanced_page,
    beats,
    clicks,
    heard,
    level,
    set_to,
    tones,
)
from listening import AUDIO


@pytest.fixture
def balanced(listening, serve, tmp_path):
    """Open a page of tones, or of an hour of clicks."""

    def balanced(minute=None, minutes=1, script=CAPTURE, **more):
        balanced_page(tmp_path, tones() if minute is None else minute, minutes, **more)
        address, _ = serve(tmp_path)
        one = listening("about:blank", quiet=False)
        one.page.add_init_script(script)
        one.page.goto(address)
        return one

    return balanced


def test_none_silences_the_bed_and_leaves_the_voice(balanced):
    one = balanced().begin()
    set_to(one, 0)
    one.until(OVER)
    one.page.wait_for_timeout(400)
    sound, rate = heard(one)
    assert level(sound, VOICE, rate) == pytest.approx(LEVEL, rel=0.05)
    assert level(sound, BED, rate) < LEVEL / 1000


@pytest.mark.parametrize("value", [0.25, 0.5, 0.75, 0.95])
def test_each_step_is_as_soft_as_it_says(balanced, value):
    one = balanced().begin()
    set_to(one, value)
    one.until(OVER)
    one.page.wait_for_timeout(400)
    sound, rate = heard(one)
    assert level(sound, VOICE, rate) == pytest.approx(LEVEL, rel=0.05)
    assert level(sound, BED, rate) == pytest.approx(LEVEL * value**2, rel=0.05)


def test_both_are_in_step_over_an_hour(balanced):
    """After seeks, pauses and changes of speed, at its beginning, its middle and its end."""
    one = balanced(clicks(), 60).begin()
    set_to(one, 0.9)
    one.until(OVER)
    for place, speed in [(3, 1), (1500, 1.2), (2400, 0.8), (3580, 1), (30, 1.1), (3590, 1)]:
        one.get(f"({AUDIO}.playbackRate = {speed}, 1)")
        one.go(place)
        one.press(" ")
        one.until(f"{AUDIO}.paused && {STEMS}.paused")
        one.press(" ")
        one.until(f"{AUDIO}.volume > 0.99 && {OVER} && !{STEMS}.seeking")
        one.page.wait_for_timeout(300)
        sound, rate = heard(one, 4)
        said, under = (beats(sound, pitch, rate) for pitch in (VOICE, BED))
        assert len(said) >= 3
        assert len(under) == len(said)
        assert np.abs(said - under).max() < 0.02, f"{place} s at {speed}"
        # The words on the screen follow the session's own clock.
        beside = one.get(f"{STEMS}.currentTime - {AUDIO}.currentTime")
        assert abs(beside) < 0.2, f"{place} s at {speed}"
        assert one.at == pytest.approx(place, abs=15)


def loudness(sound, pitch, rate):
    """Return the level of a pitch every 10 ms."""
    width = round(rate / 50)
    cuts = [sound[at : at + width] for at in range(0, len(sound) - width, width // 2)]
    return np.array([level(cut, pitch, rate) for cut in cuts]) / LEVEL


def test_moving_the_slider_is_no_step(balanced):
    one = balanced().begin()
    set_to(one, 0.9)
    one.until(OVER)
    one.page.wait_for_timeout(400)
    one.get("window.captured.length = 0")
    for value in (0, 0.95, 0.3, 0):
        set_to(one, value)
        one.page.wait_for_timeout(400)
    sound, rate = heard_since(one)
    voice, bed = (loudness(sound, pitch, rate) for pitch in (VOICE, BED))
    assert bed.max() > 0.8
    assert bed.min() < 0.01
    assert np.abs(np.diff(bed)).max() < 0.5  # 30 ms for a whole ramp leaves half of it to 10 ms
    assert voice == pytest.approx(1, abs=0.06)


def heard_since(one):
    return np.array(json.loads(one.get("JSON.stringify(window.captured)"))), one.get("window.rate")


def test_pause_seek_and_stop_are_ramped_as_ever(balanced):
    one = balanced().begin()
    set_to(one, 0.5)
    one.until(OVER)
    one.page.wait_for_timeout(400)
    one.get("window.captured.length = 0")
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    one.page.wait_for_timeout(400)
    one.press(" ")
    one.until(f"{AUDIO}.volume > 0.99")
    one.page.wait_for_timeout(800)
    one.press("ArrowRight")
    one.until(f"{AUDIO}.currentTime > 15 && {AUDIO}.volume > 0.99")
    one.page.wait_for_timeout(800)
    one.press("m")
    one.until(f"{AUDIO}.volume === 0")
    one.page.wait_for_timeout(300)
    sound, rate = heard_since(one)
    voice = loudness(sound, VOICE, rate)
    assert voice.max() == pytest.approx(1, abs=0.06)
    assert voice[-3:].max() < 0.01
    assert np.abs(np.diff(voice)).max() < 0.5


def test_the_way_back_is_at_once_and_as_loud_as_ever(balanced):
    one = balanced().begin()
    set_to(one, 0)
    one.until(OVER)
    one.press("Escape")
    one.until(f"{AUDIO}.paused && {STEMS}.paused", 1.5)
    one.until("document.querySelector('#ground-audio').volume > 0.99")
    sound, rate = heard(one, 0.3)
    assert level(sound, VOICE, rate) < 0.001
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {OVER} && !{STEMS}.paused")


def test_as_it_was_made_is_the_session_itself(balanced):
    one = balanced().begin()
    assert one.get(SHARE) > 0.99
    assert one.get(f"{STEMS}.paused && {STEMS}.readyState === 0"), "it is not even loaded"
    set_to(one, 0.2)
    one.until(OVER)
    set_to(one, 1)
    one.until(f"{SHARE} > 0.99 && {STEMS}.paused")


def test_it_is_remembered_for_this_session(balanced):
    one = balanced().begin()
    one.tap("[data-opens=settings]")
    assert one.text("#balance-told") == "100 %"
    one.page.locator("#balance").focus()
    one.press(*["ArrowLeft"] * 10)
    assert one.text("#balance-told") == "50 %"
    one.press("Home")
    assert one.text("#balance-told") == "only the voice"
    assert one.get("document.querySelector('#balance').getAttribute('aria-valuetext')") == (
        "only the voice"
    )
    one.reload()
    one.begin()
    one.until(OVER)
    one.page.wait_for_timeout(400)
    sound, rate = heard(one)
    assert level(sound, VOICE, rate) == pytest.approx(LEVEL, rel=0.05)
    assert level(sound, BED, rate) < LEVEL / 1000
    kept = one.get("Object.keys(localStorage).filter((key) => key.includes('balance'))")
    identity = json.loads(one.get("document.querySelector('#session-data').text"))["id"]
    assert kept == [f"serguide:balance:{identity}"]


NO_WEB_AUDIO = "delete window.AudioContext"
IPHONE = """
Object.defineProperty(HTMLMediaElement.prototype, 'volume', {get: () => 1, set: () => {}})
"""
NAMED = "Object.defineProperty(Navigator.prototype, 'userAgent', {get: () => 'iPhone'})"


@pytest.mark.parametrize("script", [NO_WEB_AUDIO, IPHONE, NAMED])
def test_where_it_cannot_be_it_is_not_shown_and_all_is_played(balanced, script):
    one = balanced(script=script)
    one.tap("#begin")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.2")
    one.tap("[data-opens=settings]")
    assert not one.get(f"{SLIDER}.checkVisibility()")
    assert one.get(f"{STEMS}.readyState") == 0


def test_without_stems_it_is_not_there(balanced):
    one = balanced(stems=False).begin()
    assert one.get(f"{SLIDER} === null && {STEMS} === null")


def test_when_web_audio_is_taken_away_the_mixed_sound_goes_on(balanced):
    contexts = """
    window.contexts = [];
    window.AudioContext = class extends AudioContext {
      constructor(...how) { super(...how); window.contexts.push(this); }
    };
    """
    one = balanced(script=contexts).begin()
    set_to(one, 0.3)
    one.until(OVER)
    one.get("window.contexts[0].suspend().then(() => 1)")
    one.until(f"{SHARE} > 0.99", 1)
    before = one.at
    one.until(f"{AUDIO}.currentTime > {before} + 0.5")
    one.get("window.contexts[0].resume().then(() => 1)")
    one.until(OVER)


def test_where_channels_are_mixed_before_they_come_the_voice_is_not_lost(balanced):
    mixed_down = """
    const split = AudioContext.prototype.createChannelSplitter;
    AudioContext.prototype.createChannelSplitter = function () {
      const node = split.call(this, 4);
      const connect = node.connect;
      node.connect = (to, output, input) => output < 2 ? to : connect.call(node, to, output, input);
      return node;
    };
    """
    one = balanced(script=mixed_down).begin()
    set_to(one, 0.3)
    one.until(f"{SHARE} > 0.99 && !{SLIDER}.checkVisibility() && {SLIDER}.hidden", 6)
    assert not one.get(f"{AUDIO}.paused")
