"""The browser's Back goes one screen back, and neither it nor a setting ever cuts the sound."""

from __future__ import annotations

import pytest
from listening import AUDIO, GROUND, PHONE


def go_back(one):
    """Press the browser's Back."""
    one.page.evaluate("setTimeout(() => history.back(), 0)")
    one.page.wait_for_timeout(300)


@pytest.mark.parametrize("aside", ["settings", "timer", "parts", "read"])
def test_back_leads_from_an_aside_to_what_plays(opened, aside):
    one = opened(**PHONE).begin()
    one.tap(f"button[data-opens={aside}]")
    at = one.at
    go_back(one)
    assert one.screen == "playing"
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > {at}")
    assert one.get(f"{AUDIO}.volume") > 0.99


def test_back_never_leaves_a_sound_that_is_heard(opened):
    one = opened().begin()
    for _ in range(4):
        at = one.at
        go_back(one)
        assert one.screen == "playing"
        one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > {at}")


def test_nor_the_voice_in_the_room(opened):
    one = opened().begin()
    one.press("Escape")
    one.until(f"!{GROUND}.paused && {GROUND}.volume > 0.99")
    one.tap("section[data-view=ground] button[data-opens=call]")
    go_back(one)
    assert one.screen == "ground"
    for _ in range(3):
        go_back(one)
        assert one.screen == "ground"
        assert not one.get(f"{GROUND}.paused")


def test_where_nothing_sounds_back_leads_to_the_start_and_then_away(listening, evening):
    one = listening("about:blank")
    one.address = (evening.folder / "index.html").as_uri()
    one.page.goto(one.address)
    one.begin()
    one.tap("button[data-opens=settings]")
    one.tap("section[data-view=settings] button[data-back]")
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    go_back(one)
    assert one.screen == "before"
    go_back(one)
    one.page.wait_for_url("about:blank")


def test_settings_change_the_sound_without_cutting_it(opened):
    one = opened().begin()
    one.tap("button[data-opens=settings]")
    for slider, value in (("volume", 0.5), ("speed", 0.9), ("volume", 1), ("speed", 1)):
        one.page.locator(f"#{slider}").evaluate(
            "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); }", value
        )
        one.page.wait_for_timeout(250)
        assert not one.get(f"{AUDIO}.paused")
        assert one.get(f"{AUDIO}.volume") >= 0.49
    for tick in ("captions", "circle", "light"):
        one.page.locator(f"#{tick}").click(force=True)
        assert not one.get(f"{AUDIO}.paused")
