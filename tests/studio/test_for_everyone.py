"""On every screen: 200 % zoom, the Tab key, and what moves for those who want it still."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import faultless_page, until
from for_everyone import COVERED, FOCUSABLE, HERE, MOVING, walked

SESSION = "a-work-break"
SCREENS = {
    "shelf": ("", ".tile"),
    "session": (f"session#{SESSION}", ".findings.none, .finding-card"),
    "words": ("words#between-two-tasks", ".say"),
    "read": (f"read#{SESSION}", ".record"),
    "handover": (f"handover#{SESSION}", ".trying a[href]"),
}
ZOOMED = {"width": 680, "height": 430}
"""A desk of 1360 × 860 at 200 %."""

REACHED = (
    f"{FOCUSABLE}.map((e) => (e.getAttribute('aria-label') || (e.options ? '' : e.textContent)"
    " || e.id || e.className).replace(/ *\\d+ min$/, '').trim().slice(0, 60))"
)
"""JavaScript for what everything is called that the Tab key reaches."""


def opened(page, desk, name):
    """Open a screen by its name."""
    address, there = SCREENS[name]
    page.goto(f"{desk.base}{address}")
    page.locator(there).first.wait_for(timeout=60_000)


@pytest.fixture
def zoomed(browser, desk):
    """A page of a desk of 1360 × 860 that somebody looks at with 200 %."""
    with faultless_page(browser, desk.address, viewport=ZOOMED, device_scale_factor=2) as page:
        page.locator(".tile").first.wait_for()
        yield page


def test_at_200_percent_nothing_is_out_of_reach(zoomed, desk):
    page = zoomed
    for name in SCREENS:
        opened(page, desk, name)
        if folder := os.environ.get("STUDIO_ZOOMED_PICTURES"):
            page.wait_for_timeout(500)
            page.screenshot(path=f"{folder}/{name}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= 680, name
        here = page.evaluate(REACHED)
        assert page.evaluate(COVERED) == [], name
        assert Axe().run(page).response["violations"] == [], name
        page.set_viewport_size({"width": 1360, "height": 860})
        page.wait_for_timeout(200)
        assert set(page.evaluate(REACHED)) <= set(here), f"{name}: what one can do is there at both"
        page.set_viewport_size(ZOOMED)


def test_tab_goes_through_everything_and_on(page, desk):
    for name in SCREENS:
        opened(page, desk, name)
        for key in ("Tab", "Shift+Tab"):
            seen = walked(page, key)
            left_out = page.evaluate(
                f"(seen) => {FOCUSABLE}.filter((e) => seen[e.dataset.walk] === 0"
                " && e.type !== 'radio').map((e) => e.outerHTML.slice(0, 90))",
                seen,
            )
            assert left_out == [], f"{name}, {key}"


def test_nothing_moves_for_those_who_want_it_still(browser, desk):
    with faultless_page(browser, desk.address, reduced_motion="reduce") as page:
        for name in SCREENS:
            opened(page, desk, name)
            assert page.evaluate(MOVING) == [], name
        opened(page, desk, "session")
        page.keyboard.press(" ")
        page.get_by_role("button", name="Pause").wait_for()
        page.locator(".line.heard").wait_for(timeout=60_000)
        assert page.evaluate(MOVING) == [], "while it plays"
        page.keyboard.press("?")
        page.locator("dialog").wait_for()
        assert page.evaluate(MOVING) == [], "a dialog"


def test_dialogs_of_the_shelf_and_the_words_give_the_focus_back(page, desk):
    opened(page, desk, "shelf")
    for opener in ("button.invitation", ".foot button:first-child", ".foot button:nth-child(2)"):
        page.locator(opener).focus()
        before = page.evaluate(HERE)
        page.keyboard.press("Enter")
        page.locator("dialog[open]").wait_for()
        assert page.evaluate("Boolean(document.activeElement.closest('dialog'))"), opener
        page.keyboard.press("Escape")
        until(page, lambda: not page.locator("dialog").count())
        assert page.evaluate(HERE) == before
    opened(page, desk, "words")
    page.locator(".block .chip").first.focus()
    before = page.evaluate(HERE)
    page.keyboard.press("Enter")
    page.locator("dialog.popover").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(HERE) == before
    page.locator(".say").first.click()
    before = page.evaluate(HERE)
    for way in ("/", "part"):
        if way == "/":
            page.keyboard.press("/")
        else:
            page.get_by_role("button", name="Part", exact=True).click()
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("Escape")
        until(page, lambda: not page.locator("dialog").count())
        assert page.evaluate(HERE) == before, way
