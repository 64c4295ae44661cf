"""The main way, by clicking and typing alone: from an empty folder to a client's page that plays.

The pictures of docs/studio.md are of this way: `STUDIO_PICTURES=docs/pictures pytest
tests/studio/test_main_way.py` takes them anew.
"""

from __future__ import annotations

import os

import pytest
import yaml
from chromium import chromium, faultless_page, microphone, until
from reading_aloud import microphone_wav, spoken

from serguide.cache.store import Store
from serguide.recordings.voice_folder import VoiceFolder

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}
PROMISE = " With every drop, you will feel lighter."
BETTER = "You may feel lighter, or heavier, or the same."


def picture(page, name):
    """Take a picture for the docs, where somebody asked for them."""
    folder = os.environ.get("STUDIO_PICTURES")
    if folder:
        page.wait_for_timeout(600)  # what dissolves is there by then
        page.screenshot(path=f"{folder}/studio-{name}.png")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A Chromium whose microphone hears someone read the first part of the session aloud."""
    folder = tmp_path_factory.mktemp("microphone")
    sentences = spoken("arriving-here", folder, Store(folder / "store"))
    sound = microphone_wav(sentences[:4], folder / "voice.wav")
    with chromium(*microphone(sound)) as found:
        yield found


@pytest.fixture
def page(browser, desk):
    with faultless_page(browser, desk.address) as page:
        page.set_default_timeout(60_000)
        yield page


def make_it(page):
    """Make “A rainy evening” for Zoë from the first evening."""
    page.get_by_text("Nothing of yours yet.").wait_for()
    page.get_by_text("20 min").first.wait_for()
    picture(page, "shelf")
    page.get_by_role("button", name="Make a session for someone").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("The first evening", exact=True).click()
    dialog.get_by_label("For whom?").fill("Zoë")
    dialog.get_by_label("What is it called?").fill("A rainy evening")
    picture(page, "make")
    dialog.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/session#a-rainy-evening")


def change_a_sentence(page):
    """Write a promise into the first part, and let the finding's wording take its place."""
    page.get_by_role("link", name="Change the words").click()
    page.locator(".say", has_text="Nothing is expected of you").click()
    page.evaluate(
        """() => { const s = getSelection(), e = document.activeElement;
                   s.selectAllChildren(e); s.collapseToEnd(); }"""
    )
    page.keyboard.type(PROMISE)
    page.get_by_text("A promise may not come true.").wait_for()
    picture(page, "words")
    page.get_by_role("button", name="Use this wording").click()
    page.get_by_text("The wording is replaced.").wait_for()


def arrange(page):
    """Leave a part out, eighteen minutes, rain."""
    page.get_by_role("link", name="A rainy evening").click()
    page.get_by_text("Letting the screen rest").click()
    page.get_by_role("button", name="Leave out").click()
    page.get_by_role("button", name="Put back").wait_for()
    slider = page.get_by_role("slider", name="Length")
    slider.fill("1080")
    page.get_by_text("18:00").wait_for()
    page.get_by_label("Soundscape", exact=True).select_option(label="Rain on the roof")
    page.get_by_text("Nothing to look at").wait_for()
    picture(page, "session")


def read_three(page):
    """Read three sentences of the changed part aloud, as a person does."""
    page.get_by_text("Arriving here").first.click()
    page.get_by_role("link", name="Read it aloud").click()
    page.locator(".record").wait_for()
    page.keyboard.press(" ")
    page.locator(".record.on").wait_for()
    for _ in range(3):
        until(page, lambda: page.locator(".pieces .lit").count() > 8)
        quiet = 0
        while quiet < 6:
            quiet = quiet + 1 if page.locator(".pieces .lit").count() < 4 else 0
            page.wait_for_timeout(100)
        page.keyboard.press(" ")
    until(page, lambda: page.locator(".above .told").all_inner_texts() == ["Recorded"] * 3)
    picture(page, "read")
    page.keyboard.press("Escape")
    until(page, lambda: not page.locator(".record.on").count())


def hand_over(page):
    """Hand it over; return the six words."""
    page.get_by_role("button", name="Make it for Zoë").wait_for()
    page.get_by_role("button", name="Make it for Zoë").click()
    page.get_by_role("button", name="Cancel").wait_for()
    picture(page, "handover")
    page.get_by_text("Save for Zoë").wait_for(timeout=240_000)
    return page.locator(".six").inner_text()


def open_as_the_client(browser, file, words):
    """Open the page that Zoë gets on a phone, type the words, begin; it plays."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
    phone = context.new_page()
    phone.goto(file.as_uri())
    phone.locator("#lock-phrase").fill(words)
    phone.locator("#lock-form .go").click()
    phone.locator("#begin").wait_for(timeout=60_000)
    phone.locator("#begin").click()
    sound = phone.locator("audio").first
    until(phone, lambda: sound.evaluate("sound => sound.currentTime") > 2)
    assert sound.evaluate("sound => sound.duration") == pytest.approx(1080, abs=2)
    picture(phone, "client-playing")
    context.close()


def test_a_rainy_evening_for_zoe(page, desk, browser):
    make_it(page)
    change_a_sentence(page)
    arrange(page)
    read_three(page)
    page.goto(f"{desk.base}session#a-rainy-evening")
    page.get_by_role("button", name="Hand over…").click()
    words = hand_over(page)

    own = desk.library / "scripts"
    session = yaml.safe_load((own / "sessions" / "a-rainy-evening.yaml").read_text("utf-8"))
    assert session["title"] == "A rainy evening"
    assert session["length"] == "18m"
    assert session["soundscape"]["name"] == "rain-on-the-roof"
    assert session["values"] == {"name": "Zoë"}
    [part] = own.glob("relaxation/*.yaml")
    assert session["steps"][0] == part.stem
    assert "letting-the-screen-rest" not in str(session["steps"])
    text = part.read_text(encoding="utf-8")
    assert BETTER in text
    assert PROMISE.strip() not in text
    read = VoiceFolder(desk.library / "voices" / "my-voice").open_index().recordings
    assert len(read) == 3
    assert all(each.good for each in read)

    [record] = (desk.library / "handed-over").glob("*/files")
    pages = [file for file in record.glob("*.html") if "handout" not in file.name]
    assert all("zo" not in file.name.lower() for file in record.iterdir())
    open_as_the_client(browser, pages[0], words)
    page.goto(desk.base)
    page.get_by_text("A rainy evening, 18 min").wait_for()
