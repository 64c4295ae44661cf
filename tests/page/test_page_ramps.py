"""Never a jolt: what leaves the page's sound, captured by Web Audio, never steps."""

from __future__ import annotations

import math
import wave

import numpy as np
import pytest
from listening import AUDIO, GROUND
from samples import TrackMaker, contents_of, ground_track, session

from serguide.bundle.page.html import page_html

PITCH = 220
AMPLITUDE = 0.5

CAPTURE = """
async () => {
  const context = new AudioContext();
  await context.resume();
  window.captured = [];
  window.rate = context.sampleRate;
  for (const id of ['session-audio', 'ground-audio']) {
    const source = context.createMediaElementSource(document.getElementById(id));
    const tap = context.createScriptProcessor(1024, 1, 1);
    const pieces = [];
    window.captured.push(pieces);
    tap.onaudioprocess = (event) => pieces.push([...event.inputBuffer.getChannelData(0)]);
    source.connect(tap).connect(context.destination);
  }
}
"""


@pytest.fixture
def tone(listening, serve, tmp_path):
    """Open a page whose session and ground are one even tone: every ramp is the page's own."""
    track = TrackMaker("tone").say("A tone.", seconds=2).rest(56).done()
    contents = contents_of(session(track, ground=ground_track()), suffix=".wav")
    for file in (contents.audio, contents.ground):
        at = np.arange(file.frames // 3) / 16_000
        wanted = np.round(AMPLITUDE * 32767 * np.sin(2 * math.pi * PITCH * at)).astype("<i2")
        with wave.open(str(tmp_path / file.path), "wb") as sound:
            sound.setparams((1, 2, 16_000, 0, "NONE", ""))
            sound.writeframes(wanted.tobytes())
    (tmp_path / "index.html").write_text(page_html(contents), encoding="utf-8")
    address, _ = serve(tmp_path)
    one = listening(address, quiet=False)
    one.page.evaluate(CAPTURE)
    return one


def envelope(one, which):
    """Return the sound's level every 10 ms, 0 to 1, after its first sound."""
    sound = np.array(one.get(f"window.captured[{which}].flat()"))
    width = round(one.get("window.rate") / 100)
    cut = sound[: sound.size // width * width].reshape(-1, width)
    return np.sqrt(2 * np.mean(cut**2, axis=1)) / AMPLITUDE


def assert_ramped(levels):
    """30 ms for a whole ramp leaves at most half of it, as a raised cosine runs, to 10 ms."""
    assert levels.max() > 0.95
    assert np.abs(np.diff(levels)).max() < 0.5


def heard(one):
    one.page.wait_for_timeout(500)


def test_start_pause_seek_and_end_of_part_are_ramped(tone):
    tone.begin()
    heard(tone)
    tone.press(" ")
    tone.until(f"{AUDIO}.paused")
    heard(tone)
    tone.press(" ")
    tone.until(f"{AUDIO}.volume > 0.99")
    heard(tone)
    tone.press("ArrowRight")
    tone.until(f"{AUDIO}.currentTime > 15 && {AUDIO}.volume > 0.99")
    heard(tone)
    tone.press("m")
    tone.until(f"{AUDIO}.volume === 0")
    heard(tone)
    levels = envelope(tone, 0)
    assert_ramped(levels)
    # It was loud, and silent, as often as was asked.
    states = np.where(levels > 0.9, 1, np.where(levels < 0.1, 0, -1))
    changes = np.flatnonzero(np.diff(states[states >= 0]))
    assert len(changes) == 7 or len(changes) == 6


def test_ground_going_on_and_stop_are_ramped(tone):
    tone.begin()
    heard(tone)
    tone.press("Escape")
    tone.until(f"{AUDIO}.paused && {GROUND}.volume > 0.99")
    heard(tone)
    tone.tap("#go-on")
    tone.until(f"{GROUND}.paused && {AUDIO}.volume > 0.99")
    heard(tone)
    tone.press("Escape")
    tone.until(f"{AUDIO}.paused && {GROUND}.volume > 0.99")
    tone.tap("#stop")
    tone.until(f"{GROUND}.paused")
    heard(tone)
    assert_ramped(envelope(tone, 0))
    assert_ramped(envelope(tone, 1))
