"""The session's screen in Chromium: arranged, heard and looked through, by mouse and by keys."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe

SCRIPT = """\
title: Rain at the window
kind: relaxation
language: en
values: {name: ""}
cues:
  - chapter: The window
  - say: You could sit by the window, or lie where you can hear it.
  - say: "Close your eyes, and listen."
  - rest: {for: 9s, min: 5s, max: 14s}
  - say: There is no need to listen well, {name}. The rain will go on by itself.
"""
SESSION = """\
title: A rainy evening
language: en
voice: espeak
soundscape: {name: quiet-drone, level: -30dB}
values: {name: Zoë}
steps:
  - rain-at-the-window
  - five-to-one
  # left out: - breath-optional
"""
PEAK = """() => new Promise((resolve) => {
  const real = AudioNode.prototype.connect;
  window.heard = { peak: 0 };
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) {
      const meter = new AnalyserNode(this.context, { fftSize: 2048 });
      const values = new Float32Array(2048);
      real.call(this, meter);
      setInterval(() => {
        meter.getFloatTimeDomainData(values);
        window.heard.peak = Math.max(window.heard.peak, ...values.map(Math.abs));
      }, 20);
    }
    return real.call(this, to, ...more);
  };
  resolve();
})"""


def until(page, expression, seconds=20.0):
    """Wait for an expression of the page; its policy lets no string be polled inside it."""
    ends = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < ends, expression
        page.wait_for_timeout(50)


@pytest.fixture
def evening(page, desk):
    """The session on its screen, looked through by the check."""
    for folder, name, text in (
        ("sessions", "a-rainy-evening", SESSION),
        ("relaxation", "rain-at-the-window", SCRIPT),
    ):
        path = desk.library / "scripts" / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    until(page, "location.hash === ''")
    page.goto(f"{desk.base}session#a-rainy-evening")
    page.wait_for_selector(".finding-card", timeout=30_000)
    return desk.library / "scripts" / "sessions" / "a-rainy-evening.yaml"


def saved(page, path, text):
    until(page, "document.querySelector('[data-saved]').textContent === 'Saved'", 20)
    assert text in path.read_text(encoding="utf-8")


def test_it_is_arranged_by_keys_and_taken_back(page, evening):
    page.locator("body").press("Alt+ArrowDown")
    page.wait_for_selector(".part:nth-child(2).chosen")
    text = evening.read_text(encoding="utf-8")
    assert text.index("- five-to-one") < text.index("- rain-at-the-window")
    page.locator("body").press("Delete")
    page.get_by_text("Left out: Rain at the window").wait_for()
    page.get_by_role("button", name="Put back: Breath").click()
    page.get_by_role("button", name="Put back: Breath").wait_for(state="detached")
    for _ in range(3):
        page.locator("body").press("Control+z")
        page.wait_for_timeout(400)
    until(page, "document.querySelectorAll('.left-out').length === 1")
    assert evening.read_text(encoding="utf-8") == SESSION


def test_length_voice_value_and_level_are_saved_at_once(page, evening):
    slider = page.get_by_role("slider", name="Length")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    until(page, "/Rests ×/.test(document.querySelector('.length p').textContent)")
    saved(page, evening, "length: ")
    page.get_by_role("textbox", name="Name").fill("Ada")
    page.get_by_role("textbox", name="Name").press("Enter")
    page.get_by_text("for Ada").wait_for()
    saved(page, evening, 'name: "Ada"')
    level = page.get_by_role("slider", name="How loud")
    level.focus()
    level.press("ArrowLeft")
    page.wait_for_timeout(800)
    saved(page, evening, "level: -31dB")


def test_a_finding_lights_its_sentence_and_its_wording_is_used(page, evening):
    for _ in range(page.locator(".finding-card").count()):
        page.keyboard.press("f")
        if page.locator(".line.lit").count():
            break
    assert page.locator(".line.lit").inner_text().strip() == "Close your eyes, and listen."
    assert page.locator(".finding-mark.lit").count() == 1
    page.get_by_role("button", name="Use this wording: If you like").click()
    until(page, "document.querySelectorAll('.line.lit').length === 0")
    page.locator(".line", has_text="If you like, close your eyes").wait_for()
    assert page.evaluate("document.activeElement !== document.body"), "focus is not lost"


def test_it_is_heard_from_a_sentence_and_the_level_changes_without_a_stop(page, evening):
    page.evaluate(PEAK)
    page.get_by_role("button", name="Hear from here: The rain will go on").click()
    until(page, "window.heard.peak > 0.02", 60)
    page.wait_for_selector(".line.heard", timeout=20_000)
    assert page.locator(".caption").inner_text() == "The rain will go on by itself."
    at = "import('/static/session/listening.js').then((it) => it.position())"
    first = page.evaluate(at)
    page.get_by_role("slider", name="How loud").press("ArrowLeft")
    page.wait_for_timeout(1500)
    asked = "import('/static/session/listening.js').then((it) => it.measured.begun > 0)"
    assert page.evaluate(at) > first
    assert page.evaluate(asked), "it was not begun anew"
    page.locator("main").focus()
    page.keyboard.press(" ")
    page.get_by_role("button", name="Listen", exact=True).wait_for()


@pytest.mark.parametrize("size", [(1360, 860), (820, 1180), (390, 844)], ids=str)
def test_axe_finds_nothing_and_nothing_lies_outside(page, evening, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for face in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.face = '{face}'")
        page.wait_for_timeout(400)
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]


def test_a_change_in_another_program_is_told(page, evening):
    evening.write_text(SESSION.replace("Zoë", "Ada"), encoding="utf-8")
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.get_by_text("Nothing was overwritten").wait_for()
    page.get_by_text("for Ada").wait_for()


def test_a_part_that_is_another_client_s_too_is_changed_where_it_is_said(page, evening):
    other = evening.with_name("for-jan.yaml")
    other.write_text(SESSION.replace("Zoë", "Jan"), encoding="utf-8")
    part = evening.parents[1] / "relaxation" / "rain-at-the-window.yaml"
    use = page.get_by_role("button", name="Use this wording: If you like")
    question = page.get_by_role("dialog", name="Change it in all 2 sessions, or only here?")
    use.click()
    question.get_by_text("A rainy evening, for Jan").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")  # what was still being typed chooses nothing
    page.keyboard.press("Escape")
    question.wait_for(state="detached")
    assert part.read_text(encoding="utf-8") == SCRIPT
    use.click()
    question.get_by_role("button", name="Only here").click()
    page.get_by_text("This session has a copy of its own now").wait_for()
    saved(page, evening, "- rain-at-the-window-2")
    assert part.read_text(encoding="utf-8") == SCRIPT
    assert "let them rest on one spot" in part.with_stem(f"{part.stem}-2").read_text("utf-8")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone: the wording.").wait_for()
    assert evening.read_text(encoding="utf-8") == SESSION


def test_a_length_that_is_not_kept_is_said_with_what_can_be_done(page, evening):
    evening.write_text(SESSION.replace("language: en", "language: en\nlength: 2m"), "utf-8")
    page.reload()
    until(page, "/of 2 minutes/.test(document.querySelector('.length output').textContent)")
    told = page.locator(".length p")
    assert "These words take" in told.inner_text()
    told.get_by_role("button", name="leave a part out").wait_for()
    told.get_by_role("button", name="or choose").click()
    until(page, "!/ of /.test(document.querySelector('.length output').textContent)")
    assert "length: 2m" not in evening.read_text(encoding="utf-8")


def test_what_a_length_brings_in_is_told_and_done_again(page, evening):
    steps = "  - held-by-the-chair: {optional: true}\n  - five-to-one\n"
    text = SESSION.replace("  - five-to-one\n", steps).replace("voice:", "length: 6m\nvoice:")
    evening.write_text(text, "utf-8")
    page.reload()
    page.get_by_text("Left out, to reach this length: Held by the chair").wait_for()
    page.get_by_role("button", name="Five to one").first.click()
    page.locator("body").press("Delete")
    page.get_by_text("Brought in, to reach this length: Held by the chair").wait_for()
    page.locator("body").press("Control+z")
    page.get_by_text("Left out, to reach this length: Held by the chair").first.wait_for()
    page.locator("body").press("Control+Shift+z")
    page.get_by_text("Left out: Five to one").wait_for()
    saved(page, evening, "# left out: - five-to-one")


def test_a_part_to_add_is_told_in_words_of_the_room(page, evening):
    page.get_by_role("button", name="Add a part").click()
    row = page.locator(".chooser .choice", has_text="Rain at the window")
    assert "to relax" in row.inner_text()
    assert "“You could sit by the window" in row.inner_text()
    until(page, "/\\d (s|min)/.test(document.querySelector('.chooser .choice').textContent)", 60)
    every = page.locator(".chooser .choice").count()
    page.get_by_role("searchbox", name="Find a part").fill("listen well")
    until(page, f"document.querySelectorAll('.chooser .choice').length < {every}")
    assert row.count() == 1, "found by what is said in it"
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("searchbox", name="Find a part").fill("xyzzy")
    page.get_by_text("Nothing has this in it.").wait_for()
