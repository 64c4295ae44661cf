"""The hand-over screen in Chromium: ways, preview, progress, what was made, forgetting."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import faultless_page, until
from running_studio import DeskPage

from serguide import api

SIZES = [(1360, 860), (820, 1180), (390, 844)]


@pytest.fixture
def screen(browser, library, desk):
    """The screen for a session that is for Zoë."""
    with faultless_page(browser, desk.address) as page:
        page.goto(f"{desk.base}handover#a-rainy-evening")
        page.get_by_role("button", name="Make it for Zoë").wait_for()
        yield page


def client_page(page):
    """Return the frame with the client's page, once it is there."""

    def shown():
        found = [each for each in page.frames if re.search("/preview/[0-9a-f]+/$", each.url)]
        return found[0] if found and found[0].locator("audio").count() else None

    return until(page, shown)


def begin(frame):
    # The frame is drawn smaller, and Playwright clicks where it would be at its full size.
    frame.get_by_role("button", name="Begin", exact=True).dispatch_event("click")


def played(frame):
    return frame.locator("audio").first.evaluate("sound => sound.currentTime")


def test_the_whole_way(screen, tmp_path):
    page = screen
    assert page.get_by_role("heading", level=1).inner_text() == "Hand over to Zoë"
    begin(client_page(page))
    until(page, lambda: played(client_page(page)) > 0)
    words = page.locator(".room .six").inner_text().split()
    assert len(words) == 6
    page.get_by_role("button", name="Other words").click()
    until(page, lambda: page.locator(".room .six").inner_text().split() != words)
    words = page.locator(".room .six").inner_text().split()

    page.get_by_role("button", name="Make it for Zoë").click()
    save = page.get_by_role("button", name="Save for Zoë…")
    save.wait_for(timeout=120_000)
    until(page, lambda: save.evaluate("each => each === document.activeElement"))
    until(page, lambda: "Silent" not in page.locator(".trying").inner_text())
    begin(client_page(page))
    until(page, lambda: played(client_page(page)) > 0)

    save.click()
    dialog = page.get_by_role("dialog")
    assert words == dialog.locator(".six").inner_text().split()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save: a-rainy-evening.html").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "a-rainy-evening.html"
    bundle = api.unseal(saved, " ".join(words), tmp_path / "opened")
    assert (bundle / "session.mp3").stat().st_size > 0


def told_size(page, way):
    """Return the size that is told of a way, in bytes."""
    text = page.locator(f"[data-way={way}]").inner_text()
    number, unit = re.search(r"([\d.]+)\s(KB|MB)", text).groups()
    return float(number) * {"KB": 1e3, "MB": 1e6}[unit]


def test_an_audiobook_makes_the_website_larger(screen):
    page = screen
    page.locator("#way-website").focus()
    page.keyboard.press("Space")
    alone = told_size(page, "website")
    page.locator("#way-sound").focus()
    page.keyboard.press("Space")
    assert page.locator("input[value=m4b]").is_checked()
    assert told_size(page, "website") > 1.1 * alone
    page.locator("input[value=mp3]").check(force=True)
    assert told_size(page, "website") == alone


def test_ticks_change_the_preview(screen):
    page = screen
    card, sound = page.locator(".paper-card"), page.locator(".sound-card")
    assert card.is_visible()
    assert not sound.is_visible(), "nobody is given an open file by default"
    page.locator("#way-sound").focus()
    page.keyboard.press("Space")
    assert sound.is_visible()
    assert "not locked" in page.locator("[data-way=sound]").inner_text()
    for way in ("sound", "handout", "page"):
        page.locator(f"#way-{way}").focus()
        page.keyboard.press("Space")
    assert not card.is_visible()
    assert not sound.is_visible()
    assert not page.locator(".phone").is_visible()
    page.get_by_role("button", name="Make it for Zoë").click()
    until(page, lambda: "Tick one of the ways" in page.locator("#notices").inner_text())


def test_the_card_is_seen_at_once(screen, desk):
    """Also in the first moments, while the preview is on its way."""
    page = screen
    page.route(
        "**/api/handovers/preview", lambda route: (page.wait_for_timeout(700), route.continue_())
    )
    missing = []
    page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))
    page.reload()
    page.get_by_role("button", name="See the card").click()
    page.get_by_text("One moment: the card is being drawn.").wait_for()
    card = page.frame_locator(".see-card iframe")
    card.get_by_text("The way back to the room").wait_for()
    assert "ground.mp3" not in card.locator("body").inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    page.locator("#way-handout").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.frame_locator(".paper-card iframe").get_by_text("The way back to the room").wait_for()
    assert missing == []


def test_the_place_where_a_page_is_chosen_speaks_of_iphones(screen):
    page = screen
    assert "iPhone" in page.locator("[data-way=page]").inner_text()
    page.get_by_role("button", name="Give the sound file too").click()
    assert page.locator("#way-sound").is_checked()
    assert not page.get_by_role("button", name="Give the sound file too").is_visible()
    assert "the sound file below does" in page.locator("[data-way=page]").inner_text()
    page.get_by_role("button", name="Give it an address").click()
    assert page.locator("#address").evaluate("each => each === document.activeElement")
    page.keyboard.type("https://ana.example/r7k2")
    page.keyboard.press("Tab")
    until(page, lambda: "ana.example/r7k2" in page.locator("[data-way=handout]").inner_text())


def test_cancel_and_a_page_that_is_opened_again(screen):
    page = screen
    page.get_by_role("button", name="Make it for Zoë").click()
    cancel = page.get_by_role("button", name="Cancel")
    until(page, lambda: cancel.count() or page.get_by_role("button", name="Save for").count())
    if cancel.count():
        cancel.click()
    until(page, lambda: page.locator(".making button.ember").count())
    page.reload()
    page.get_by_role("button", name="Make it for Zoë").wait_for()


def test_a_name_that_was_just_typed_costs_no_second_press(screen, desk):
    page = screen
    page.goto(f"{desk.base}handover#three-minutes-for-right-now")
    page.get_by_label("For whom").fill("Zoë")
    page.get_by_role("button", name="Make it", exact=True).click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Make it for Zoë").wait_for()


def test_the_words_are_those_of_the_page_that_is_made(screen):
    """Also for whoever leaves the screen while it is made, and comes back."""
    page = screen

    def shown():
        return page.locator(".room.words .six").first.inner_text().split()

    words = shown()
    page.get_by_role("button", name="Make it for Zoë").click()
    page.get_by_role("button", name="Cancel").wait_for()
    assert page.get_by_role("button", name="Other words").is_disabled()
    page.reload()
    made = page.get_by_role("button", name="Save for Zoë…")
    until(page, lambda: page.get_by_role("button", name="Cancel").count() or made.count())
    if not made.count():
        assert shown() == words
        assert page.locator("#way-page").is_disabled()
    made.wait_for(timeout=120_000)
    assert shown() == words
    made.click()
    assert page.get_by_role("dialog").locator(".six").inner_text().split() == words
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    page.reload()
    page.get_by_role("button", name="Make it for Zoë").wait_for()
    assert shown() != words
    assert "For the page that you make now." in page.locator(".room.words").first.inner_text()
    assert " ".join(words) in page.locator(".given li").first.inner_text()


def test_the_shelf_shows_what_is_being_made_and_then_that_it_is_given(screen, desk):
    page = screen
    # A longer one before it, so that it is still to be made when the shelf is there.
    ways = {"page": False, "sound": True, "kind": "mp3", "handout": False, "website": False}
    asked = {"name": "the-first-evening", "who": "Jan", "ways": {**ways, "address": ""}}
    DeskPage(desk).post("/api/handovers", asked)
    page.get_by_role("button", name="Make it for Zoë").click()
    page.get_by_role("button", name="Cancel").wait_for()
    page.goto(f"{desk.base}#")
    being_made = page.get_by_role("list", name="Being made")
    being_made.get_by_text("Zoë").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.locator(".handed .clients .client", has_text="Zoë").wait_for(timeout=120_000)
    assert being_made.count() == 0


def test_forgetting_says_what_was_removed(screen, library):
    page = screen
    page.get_by_role("button", name="Make it for Zoë").click()
    page.get_by_role("button", name="Save for Zoë…").wait_for(timeout=120_000)
    page.get_by_role("button", name="Forget Zoë…").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget", exact=True).click()
    removed = page.get_by_role("dialog", name="Removed from this machine")
    removed.wait_for()
    assert "a-rainy-evening.html" in removed.inner_text()
    removed.get_by_role("button", name="Done").click()
    until(page, lambda: not page.get_by_role("button", name="Forget Zoë…").count())
    assert not list((library / "handed-over").rglob("*.html"))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("face", ["light", "dark"])
def test_it_is_for_everyone(screen, size, face):
    page = screen
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("face => { document.documentElement.dataset.face = face; }", face)
    page.wait_for_timeout(500)
    found = Axe().run(page, options={"iframes": False})
    assert found.response["violations"] == [], found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]
