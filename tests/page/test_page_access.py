"""WCAG 2.2 AA: what axe-core finds, targets, direction, zoom, languages, focus."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from listening import AUDIO, GROUND, PHONE
from samples import TrackMaker, contents_of, session, small_session

from serguide.bundle.page.html import page_html

SCREENS = ("before", "playing", "pacer", "parts", "timer", "settings", "read", "ground", "room",
           "call", "after", "words")  # fmt: skip
SMALL = """
() => [...document.querySelectorAll('button, a, input, textarea')].filter((e) =>
  e.checkVisibility({checkOpacity: false}) && !e.closest('.transcript')).map((e) => {
    const box = e.getBoundingClientRect();
    return [e.id || e.textContent.trim(), box.width, box.height, e.closest('.scale')];
}).filter(([, width, height, scale]) => width && (width < (scale ? 24 : 43.9) || height < 43.9))
"""
"""All are 44 high and wide, but for eleven numbers in a row: those are at least 24 wide."""


def visit(one, screen):
    """Go to a screen, from the first."""
    if screen == "before":
        return
    one.begin()
    if screen == "pacer":
        one.go(37)
        one.until("!document.querySelector('#pacer-room').hidden")
    elif screen in ("parts", "timer", "settings", "read"):
        one.tap(f"button[data-opens={screen}]")
    elif screen != "playing":
        one.press("Escape")
        if screen == "room":
            one.get(f"{GROUND}.currentTime = 13")
            one.until("document.querySelector('#ground-caption').textContent === 'Out.'")
            one.until("!document.querySelector('#ground-pacer-room').hidden")
        if screen == "call":
            one.tap("button[data-opens=call]")
        if screen in ("after", "words"):
            one.tap("#stop")
            one.until("document.body.dataset.screen === 'after'")
            one.page.locator("input[name=after][value='9']").check(force=True)
        if screen == "words":
            one.tap("button[data-opens=words]")
    # Screens dissolve; a half seen one has half its contrast.
    one.page.wait_for_timeout(600)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_targets_are_large(opened, screen, theme):
    one = opened(**PHONE)
    if theme == "light":
        one.get("(() => { const box = document.querySelector('#light'); box.click(); })()")
        assert one.get("getComputedStyle(document.documentElement).colorScheme") == "light"
    visit(one, screen)
    found = Axe().run(one.page)
    assert found.violations_count == 0, found.generate_report()
    assert one.page.evaluate(SMALL) == []


def test_the_page_without_a_script_is_clean(opened):
    one = opened(bypass_csp=True)
    one.get("document.documentElement.classList.remove('js')")
    one.get("document.querySelectorAll('main > *').forEach((e) => { e.hidden = false; })")
    one.get("document.querySelectorAll('[data-late]').forEach((e) => { e.hidden = true; })")
    one.get("document.querySelectorAll('audio').forEach((e) => { e.controls = true; })")
    one.page.wait_for_timeout(600)
    found = Axe().run(one.page)
    assert found.violations_count == 0, found.generate_report()


def test_focus_walks_in_the_order_of_sight(opened):
    one = opened().begin()
    one.get("document.activeElement.blur()")
    one.page.locator("#part").focus()
    walked = []
    for _ in range(9):
        one.press("Tab")
        walked.append(one.get("document.activeElement.id || document.activeElement.dataset.opens"))
    assert walked == [
        "seek", "back-15", "play", "on-15", "parts", "timer", "settings", "read", "room",
    ]  # fmt: skip
    assert one.get("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_focus_goes_with_the_screen(opened):
    one = opened().begin()
    assert one.get("document.activeElement.id") == "part"
    one.press("Escape")
    assert one.get("document.activeElement.id") == "back"


@pytest.mark.parametrize(
    "screen", ["before", "playing", "pacer", "ground", "room", "words", "settings"]
)
def test_twice_the_size_and_narrow_still_hold(opened, screen):
    """1280 by 800 at 200 % is 640 by 400; a narrow phone at 200 % text is harder still."""
    one = opened(viewport={"width": 320, "height": 400})
    visit(one, screen)
    assert one.get("document.documentElement.scrollWidth") <= 320
    outside = one.get("""[...document.querySelectorAll('button, input')].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width && (box.left < -1 || box.right > 321);
    }).map((e) => e.id)""")
    assert outside == []


def page_of(tmp_path, contents):
    path = tmp_path / "index.html"
    path.write_text(page_html(contents), encoding="utf-8")
    return path.as_uri()


def test_right_to_left(listening, tmp_path):
    track = TrackMaker("x", title="שלום", language="he").say("שלום לך.").done()
    contents = contents_of(session(track, title="ערב", language="he"))
    one = listening(
        page_of(tmp_path, contents), quiet=False, viewport={"width": 390, "height": 844}
    )
    assert one.get("getComputedStyle(document.body).direction") == "rtl"
    right = one.get("document.querySelector('#title').getBoundingClientRect().right")
    assert right > 340
    assert one.get("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("language", "begin", "left"),
    [("cs", "Začít", "zbývají 4 minuty"), ("de-AT", "Beginnen", "noch 4 Minuten"),
     ("sk", "Začať", "zostávajú 4 minúty"), ("en-GB", "Begin", "4 minutes left")],
)  # fmt: skip
def test_the_page_speaks_the_session_s_language(listening, tmp_path, language, begin, left):
    track = TrackMaker("x", language=language).say("A.", seconds=240).done()
    contents = contents_of(session(track, language=language))
    one = listening(page_of(tmp_path, contents), quiet=False)
    assert one.text("#begin") == begin
    assert one.get("document.querySelector('#left').textContent") == left
    found = Axe().run(one.page)
    assert found.violations_count == 0, found.generate_report()


def test_a_sleep_ending_stays_dark_and_silent(listening, tmp_path):
    timeline = small_session()
    tracks = timeline.tracks
    contents = contents_of(session(*tracks, ending="sleep"))
    one = listening(page_of(tmp_path, contents), quiet=False)
    one.get(
        "window.rings = 0; window.AudioContext = class { constructor() { window.rings += 1; } }; 0"
    )
    one.get(f"Object.defineProperty({AUDIO}, 'currentTime', {{value: 1e6}}), 0")
    one.get(f"{AUDIO}.dispatchEvent(new Event('timeupdate'))")
    one.get(f"{AUDIO}.dispatchEvent(new Event('ended'))")
    one.until("document.body.dataset.screen === 'night'")
    assert one.get("window.rings") == 0
    assert one.text("#live") == ""
    assert one.page.locator("#room").is_visible()
    one.tap("#wake")
    assert one.screen == "after"


def test_sound_that_is_missing_is_said(listening, tmp_path):
    one = listening(page_of(tmp_path, contents_of(small_session())), quiet=False)
    one.tap("#begin")
    one.until("!document.querySelector('#broken').hidden")
    one.tap("button[data-opens=read]")
    assert one.page.get_by_text("Notice where your back meets the chair.").is_visible()
