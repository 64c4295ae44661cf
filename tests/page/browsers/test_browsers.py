"""The page in Firefox and in WebKit: what a listener cannot do without."""

from __future__ import annotations

import shutil

import pytest
from listening import AUDIO, GROUND

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

RATE = 48_000
CAPTION = "document.querySelector('#caption').textContent"


def test_one_tap_begins_and_the_sound_goes_on(opened, evening):
    one = opened().begin()
    assert one.screen == "playing"
    assert one.text("#part") == "Arriving here · part 1 of 3"
    assert one.get(f"{AUDIO}.duration") == pytest.approx(evening.frames / RATE, abs=0.05)
    before = one.at
    one.until(f"{AUDIO}.currentTime > {before} + 1")
    assert one.get("document.querySelector('#broken').hidden")
    one.press(" ")
    one.until(f"{AUDIO}.paused")


def held(one, seconds):
    """Go to a place and pause there; return where, for no two machines pause equally soon."""
    one.go(seconds)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    return one.at * RATE


def test_it_seeks_and_words_and_circle_follow(opened, evening):
    one = opened().begin()
    say = next(
        e for e in evening.events if e.get("text", "").startswith("If you like, let the next")
    )
    at = held(one, say["start"] // RATE + 1)
    assert say["start"] < at < say["end"] + 2 * RATE
    one.until(f"{CAPTION} !== ''")
    assert one.text("#caption") in say["text"]
    one.press(" ")
    breaths = [e for e in evening.events if e["kind"] == "breathe"]
    at = held(one, breaths[0]["start"] // RATE + 1)
    one.until("!document.querySelector('#pacer-room').hidden")
    due = next(e for e in breaths if e["start"] <= at < e["end"])
    assert one.text("#pacer-word") == due["phase"]


@pytest.mark.parametrize("way", ["tap", "Escape"])
def test_it_comes_back_to_the_room_and_goes_on(opened, way):
    one = opened().begin()
    one.go(8)
    if way == "tap":
        one.tap("#room")
    else:
        one.press("Escape")
    one.until(f"{AUDIO}.paused && !{GROUND}.paused && {GROUND}.volume > 0.99")
    assert one.screen == "ground"
    one.until("document.querySelector('#ground-caption').textContent === 'Look around.'")
    left = one.at
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {GROUND}.paused")
    assert one.screen == "playing"
    assert left - 12 < one.at < left + 8


def test_it_goes_on_where_it_was_left(opened):
    one = opened().begin()
    one.go(30)
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    left = one.at
    one.reload()
    one.until("!document.querySelector('#resume').hidden")
    assert one.text("#resume") == "Go on from 0:30"
    one.tap("#resume")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > {left - 0.3}")
    assert one.at < left + 8


def test_one_file_alone_plays_and_seeks(listening, evening, tmp_path):
    page = shutil.copy(evening.folder / "evening.html", tmp_path / "from-an-e-mail.html")
    one = listening(page.as_uri()).begin()
    one.go(40)
    one.until(f"{AUDIO}.currentTime > 40.2")


def test_without_a_script_all_is_there(opened):
    one = opened(scripts=False)
    assert one.screen is None, "the page's script ran"
    shown = "[...document.querySelectorAll('{}')].filter((e) => e.checkVisibility()).length"
    assert one.get(shown.format("audio[controls]")) == 2
    assert one.get(shown.format("button")) == 0
    assert one.get(shown.format("#parts a")) == 4
    # In the line about danger, and first among the numbers.
    assert one.get(shown.format('a[href="tel:112"]')) == 2
    assert "Notice where your back meets the chair." in one.text("body")
    one.until(f"{AUDIO}.duration > 60")
