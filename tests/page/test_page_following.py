"""Captions and circle follow the sound's own clock, measured against the manifest."""

from __future__ import annotations

import math
import wave

import pytest
from listening import AUDIO
from samples import TrackMaker, contents_of, session

from serguide.bundle.page.html import page_html

RATE = 48_000
NEAR = 0.05
"""Seconds that the circle may be beside the sound."""

# What stands on the screen, frame by frame, each beside the sound's clock.
WATCH = """
(count) => new Promise((resolve) => {
  const found = [];
  const frame = () => {
    const audio = document.querySelector('#session-audio');
    const circle = document.querySelector('#pacer');
    found.push([audio.currentTime, circle.dataset.phase,
      Number(circle.style.getPropertyValue('--breath')),
      document.querySelector('#caption').textContent,
      document.querySelector('#pacer-room').hidden]);
    if (found.length < count) requestAnimationFrame(frame); else resolve(found);
  };
  requestAnimationFrame(frame);
})
"""


def breath_at(events, at):
    """Return (phase, size) by the manifest; written apart from the page's own."""
    for event in events:
        if event["kind"] == "breathe" and event["start"] <= at * RATE < event["end"]:
            part = (at * RATE - event["start"]) / (event["end"] - event["start"])
            bent = (1 - math.cos(math.pi * part)) / 2
            return event["phase"], bent if event["phase"] == "in" else 1 - bent
    return None, None


def assert_follows(events, seen):
    checked = 0
    for at, phase, size, _, _ in seen:
        around = [breath_at(events, at + step) for step in (-NEAR, 0, NEAR)]
        if any(wanted is None for wanted, _ in around):
            continue
        checked += 1
        assert phase in {wanted for wanted, _ in around}, at
        sizes = [wanted for _, wanted in around]
        assert min(sizes) - 0.01 <= size <= max(sizes) + 0.01, at
    assert checked > len(seen) / 2


def breathing(evening):
    return next(e for e in evening.events if e["kind"] == "breathe")["start"] / RATE


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.2])
def test_the_circle_is_with_the_sound_at_any_speed_after_any_seek(opened, evening, speed):
    one = opened()
    one.page.locator("#speed").evaluate(
        "(slider, speed) => { slider.value = speed; slider.dispatchEvent(new Event('input')); }",
        speed,
    )
    one.begin()
    assert one.get(f"{AUDIO}.playbackRate") == pytest.approx(speed)
    first = breathing(evening)
    for seconds in (first + 1, first + 23, first + 11):
        one.go(seconds)
        assert_follows(evening.events, one.page.evaluate(WATCH, 40))


def test_the_circle_is_with_the_sound_after_the_page_was_hidden(opened, evening):
    one = opened().begin()
    one.go(breathing(evening) + 1)
    # A hidden page gets no frames; those that it asked for come when it is shown again.
    one.get("""(() => {
      const real = requestAnimationFrame; const waiting = [];
      window.requestAnimationFrame = (frame) => waiting.push(frame);
      Object.defineProperty(document, 'hidden', {value: true, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
      window.reveal = () => {
        window.requestAnimationFrame = real;
        Object.defineProperty(document, 'hidden', {value: false, configurable: true});
        waiting.forEach((frame) => real(frame));
        document.dispatchEvent(new Event('visibilitychange'));
      };
    })()""")
    one.page.wait_for_timeout(3500)
    one.get("window.reveal()")
    assert_follows(evening.events, one.page.evaluate(WATCH, 40))


def test_the_circle_is_with_the_sound_after_an_hour(listening, tmp_path):
    track = TrackMaker("long", "breathing").breathe(cycles=366, guide=0, in_=4, out=6).done()
    contents = contents_of(session(track), suffix=".wav")
    for file in (contents.audio, contents.ground):
        with wave.open(str(tmp_path / file.path), "wb") as sound:
            sound.setparams((1, 1, 8000, 0, "NONE", ""))
            sound.writeframes(b"\x80" * (file.frames // 6))
    (tmp_path / "index.html").write_text(page_html(contents), encoding="utf-8")
    (tmp_path / "cover.png").write_bytes(b"")
    one = listening((tmp_path / "index.html").as_uri(), quiet=False).begin()
    events = [
        {"kind": "breathe", "phase": e.phase, "start": e.start, "end": e.end} for e in track.events
    ]
    for seconds in (3603, 1807, 3651):
        one.go(seconds)
        seen = one.page.evaluate(WATCH, 60)
        assert seen[-1][0] > seconds - 1
        assert_follows(events, seen)


def test_each_sentence_is_shown_while_it_is_spoken(opened, evening):
    one = opened().begin()
    sentences = [e for e in evening.events if e["kind"] == "say"]
    for sentence in sentences[::-1][::2] + sentences[::2]:
        one.go(sentence["start"] // RATE)
        one.until(f"{AUDIO}.currentTime > {sentence['start'] / RATE + NEAR}", 15)
        shown = one.page.evaluate(WATCH, 12)
        for at, _, _, caption, _ in shown:
            due = {
                " ".join(e["text"].split())
                for e in sentences
                if e["start"] / RATE - NEAR <= at < e["end"] / RATE + NEAR
            }
            if due:
                assert any(caption and caption in text for text in due), (at, caption, due)


def test_captions_and_circle_can_be_put_away(opened, evening):
    one = opened().begin()
    one.go(breathing(evening) + 1)
    one.until("!document.querySelector('#pacer-room').hidden")
    one.tap("button[data-opens=settings]")
    one.page.locator("#captions").uncheck(force=True)
    one.page.locator("#circle").uncheck(force=True)
    one.tap("button[data-back]")
    one.until("document.querySelector('#pacer-room').hidden")
    one.until("document.querySelector('#caption').hidden")
    one.page.reload()
    one.until("document.querySelector('#caption').hidden")


def test_the_circle_can_be_held_still(opened, evening):
    one = opened().begin()
    one.go(breathing(evening) + 1)
    one.tap("#pacer-still")
    one.page.wait_for_timeout(100)
    sizes = {size for _, _, size, _, _ in one.page.evaluate(WATCH, 20)}
    assert sizes == {0.5}
    assert not one.get(f"{AUDIO}.paused")


def test_less_motion_means_fading_and_words(opened, evening):
    one = opened(reduced_motion="reduce").begin()
    one.go(breathing(evening) + 2)
    style = "getComputedStyle(document.querySelector('#pacer .disc'))"
    one.until("document.querySelector('#pacer-word').textContent === 'in'")
    first = float(one.get(f"{style}.opacity"))
    one.page.wait_for_timeout(700)
    assert float(one.get(f"{style}.opacity")) > first
    assert one.get(f"{style}.transform") == "none"
