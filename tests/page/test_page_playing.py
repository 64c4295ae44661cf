"""What a listener does on the page, from the disk."""

from __future__ import annotations

import pytest
from listening import AUDIO, GROUND, PHONE

RATE = 48_000


def test_one_tap_begins_and_says_where_one_is(opened):
    one = opened(**PHONE)
    assert one.text("#title") == "The first evening"
    assert "not while driving" in one.text("p.notice")
    one.page.tap("#begin")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.3")
    assert one.screen == "playing"
    assert one.text("#part") == "Arriving here · part 1 of 3"
    assert one.text("#left") == "1 minute left"
    one.page.tap("#play")
    one.until(f"{AUDIO}.paused")


def test_every_key(opened):
    one = opened()
    one.press(" ")
    one.until(f"!{AUDIO}.paused && {AUDIO}.volume > 0.99")
    one.press("ArrowRight")
    one.until(f"{AUDIO}.currentTime > 15 && !{AUDIO}.seeking")
    one.press("ArrowRight", "ArrowRight")
    one.until(f"{AUDIO}.currentTime > 45 && !{AUDIO}.seeking")
    one.press("ArrowLeft")
    one.until(f"{AUDIO}.currentTime < 40 && !{AUDIO}.seeking")
    one.press("ArrowDown", "ArrowDown")
    one.until(f"Math.abs({AUDIO}.volume - 0.9) < 0.01")
    one.press("ArrowUp")
    one.until(f"Math.abs({AUDIO}.volume - 0.95) < 0.01")
    one.press("m")
    one.until(f"{AUDIO}.volume === 0 && !{AUDIO}.paused")
    one.press("M")
    one.until(f"Math.abs({AUDIO}.volume - 0.95) < 0.01")
    one.press("Shift+ArrowUp", "Shift+ArrowUp")
    assert one.get(f"{AUDIO}.playbackRate") == pytest.approx(1.1)
    one.press(*["Shift+ArrowDown"] * 9)
    assert one.get(f"{AUDIO}.playbackRate") == pytest.approx(0.8)
    assert one.get(f"{AUDIO}.preservesPitch")
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    one.press("Escape")
    one.until(f"!{GROUND}.paused")
    assert one.screen == "ground"


@pytest.mark.parametrize("way", ["tap", "Escape"])
def test_come_back_to_the_room_is_there_in_under_a_second(opened, way):
    one = opened(**PHONE).begin()
    one.go(8)
    one.get(
        f"(window.left = null, addEventListener('{'click' if way == 'tap' else 'keydown'}',"
        f" () => {{ const t = performance.now(); const e = {AUDIO};"
        " e.addEventListener('pause', () => { window.left = performance.now() - t; }); }, true))"
    )
    if way == "tap":
        one.page.tap("#room")
    else:
        one.press("Escape")
    one.until("window.left !== null")
    assert one.get("window.left") < 1000
    assert one.screen == "ground"
    one.until(f"!{GROUND}.paused && {GROUND}.volume > 0.99")
    one.until("document.querySelector('#ground-caption').textContent === 'Look around.'")
    left = one.at
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {GROUND}.paused")
    assert one.screen == "playing"
    assert left - 12 < one.at < left + 3


def test_the_room_is_there_on_every_screen(opened):
    one = opened(**PHONE)
    places = set()
    for screen in ("before", "playing", "parts", "timer", "settings", "read"):
        if screen == "playing":
            one.begin()
        elif screen != "before":
            one.tap(f"button[data-opens={screen}]")
        assert one.screen == screen
        box = one.page.locator("#room").bounding_box()
        places.add((box["x"], box["y"], box["width"], box["height"]))
        if screen in ("parts", "timer", "settings", "read"):
            one.tap("button[data-back]")
    assert len(places) == 1
    assert next(iter(places))[3] >= 44


def test_stop_for_today_then_someone_to_call(opened):
    one = opened().begin()
    one.press("Escape")
    one.tap("section[data-view=ground] button[data-opens=call]")
    number = one.page.locator(".calls a").first
    assert number.get_attribute("href") == "tel:112"
    assert "2026" in one.text(".calls li:first-child small")
    one.tap("button[data-back]")
    one.tap("#stop")
    one.until(f"{AUDIO}.paused && {GROUND}.paused")
    assert one.screen == "after"


def test_parts_lead_to_their_places(opened, evening):
    one = opened().begin()
    one.tap("button[data-opens=parts]")
    assert one.text("#parts a[aria-current] .name") == "Arriving here"
    one.tap("#parts a:has-text('Easy six')")
    start = evening.tracks[1]["start"] / RATE
    one.until(f"{AUDIO}.currentTime >= {start} && {AUDIO}.currentTime < {start} + 3")
    one.until("document.querySelector('#part').textContent === 'Easy six · part 2 of 3'")
    one.until("document.querySelector('#live').textContent === 'Easy six, part 2 of 3'")


def test_the_session_ends_softly_and_asks_how_it_is(opened, evening):
    one = opened().begin()
    one.get("window.rings = 0")
    one.get(
        "(() => { const real = AudioContext.prototype.createOscillator;"
        " AudioContext.prototype.createOscillator = function () { window.rings += 1;"
        " return real.call(this); }; })()"
    )
    one.go(evening.frames // RATE - 1)
    one.until("document.body.dataset.screen === 'after'")
    assert one.get("window.rings") == 2
    assert one.text("#live") == "This is the end of the session."
    assert one.text("#after-title") == "This is the end of the session."


@pytest.mark.parametrize(
    ("choice", "seconds"), [("5", 300), ("15", 900), ("30", 1800), ("60", 3600)]
)
def test_the_sleep_timer_fades_out_slowly(opened, choice, seconds):
    one = opened(**PHONE)
    one.page.clock.install()
    one.page.reload()
    one.tap("#begin")
    one.page.clock.run_for(1000)
    one.until(f"!{AUDIO}.paused")
    one.get(f"{AUDIO}.loop = true")
    one.tap("button[data-opens=timer]")
    one.page.locator(f"input[name=sleep][value='{choice}']").check(force=True)
    one.page.clock.fast_forward((seconds - 31) * 1000)
    one.page.clock.run_for(500)
    assert not one.get(f"{AUDIO}.paused")
    assert one.get(f"{AUDIO}.volume") > 0.99
    one.page.clock.run_for(16_000)
    assert 0.1 < one.get(f"{AUDIO}.volume") < 0.9
    one.page.clock.run_for(16_000)
    one.until(f"{AUDIO}.paused")


def test_the_sleep_timer_ends_with_the_part(opened, evening):
    one = opened().begin()
    one.go(12)
    one.tap("button[data-opens=timer]")
    one.page.locator("input[name=sleep][value=part]").check(force=True)
    one.until(f"{AUDIO}.volume < 0.5", 15)
    one.until(f"{AUDIO}.paused", 15)
    end = evening.tracks[0]["end"] / RATE
    assert end - 0.6 < one.at < end + 0.3


def test_the_lock_screen_knows_what_plays(opened):
    one = opened().begin()
    assert one.get("navigator.mediaSession.metadata.title") == "Arriving here"
    assert one.get("navigator.mediaSession.metadata.album") == "The first evening"
    assert one.get("navigator.mediaSession.playbackState") == "playing"


def test_the_screen_stays_on_only_for_the_circle(browser, listening, evening):
    stub = """
        window.locks = 0;
        Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
          window.locks += 1;
          const lock = new EventTarget();
          lock.release = async () => { window.locks -= 1; };
          return lock;
        }}});
    """
    one = listening("about:blank")
    one.page.add_init_script(stub)
    one.address = (evening.folder / "index.html").as_uri()
    one.page.goto(one.address)
    one.begin()
    assert one.get("window.locks") == 0
    breath = next(event for event in evening.events if event["kind"] == "breathe")
    one.go(breath["start"] / RATE + 1)
    one.until("window.locks === 1")
    one.tap("#pacer-still")
    one.until("window.locks === 0")
    one.tap("#pacer-still")
    one.until("window.locks === 1")
    one.press(" ")
    one.until("window.locks === 0")
