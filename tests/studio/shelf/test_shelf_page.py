"""The shelf in a browser: made for someone by clicks and by keys, found, broken, in every face."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import until

READY = ".ready .tile .name"
PART = "title: Rain at the window\nkind: {}\ncues:\n  - say: There is rain.\n"
SIZES = [(1360, 860), (820, 1180), (390, 844), (680, 430)]
"""The last is 1360×860 at 200 %."""


@pytest.fixture
def shelf(page):
    page.wait_for_selector(READY)
    return page


def clean(page):
    found = Axe().run(page)
    return [(each["id"], [node["html"] for node in each["nodes"]][:3])
            for each in found.response["violations"]]  # fmt: skip


def own(desk, text, name="rain"):
    path = desk.library / "scripts" / "grounding" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("face", ["light", "dark"])
def test_every_state_is_clean_for_screen_readers(shelf, desk, face):
    # Colours that are on their way are nobody's to judge.
    shelf.emulate_media(reduced_motion="reduce")
    shelf.evaluate("face => { document.documentElement.dataset.face = face }", face)
    assert clean(shelf) == [], "empty"
    shelf.click("text=Settings")
    assert clean(shelf) == [], "settings"
    shelf.keyboard.press("Escape")
    shelf.keyboard.press("?")
    assert clean(shelf) == [], "keys"
    shelf.keyboard.press("Escape")
    shelf.click(".invitation")
    shelf.click("label.choice >> nth=0")
    assert clean(shelf) == [], "making"
    shelf.keyboard.press("Escape")
    shelf.click(".more")
    assert clean(shelf) == [], "all"
    shelf.fill("input[type=search]", "river")
    shelf.wait_for_selector(".found .tile")
    assert clean(shelf) == [], "found"
    own(desk, PART.format("weather"))
    shelf.reload()
    shelf.wait_for_selector("button.broken")
    shelf.evaluate("face => { document.documentElement.dataset.face = face }", face)
    assert clean(shelf) == [], "something of one's own that is broken"
    shelf.click("button.broken")
    shelf.wait_for_selector(".problems")
    assert clean(shelf) == [], "what is wrong"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_or_lies_over_another(shelf, size):
    shelf.set_viewport_size({"width": size[0], "height": size[1]})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert shelf.evaluate(wide) == 0
    small = shelf.evaluate(
        """() => [...document.querySelectorAll("button, a.button, input, select")]
          .filter((each) => each.offsetParent && !each.classList.contains("sr"))
          .map((each) => [each.textContent, each.closest("label") ?? each])
          .filter(([, each]) => each.getBoundingClientRect().height < 44)
          .map(([text]) => text)"""
    )
    assert small == []
    shelf.click(".invitation")
    shelf.click("label.choice >> nth=0")
    button = shelf.locator(".making button[type=submit]")
    button.scroll_into_view_if_needed()
    assert button.bounding_box()["x"] + button.bounding_box()["width"] <= size[0]


def test_a_session_is_made_by_clicks(shelf, desk):
    shelf.click(".invitation")
    shelf.click("label.choice:has-text('The first evening')")
    shelf.fill("#made-who", "Zoë")
    shelf.fill("#made-title", "A rainy evening")
    shelf.wait_for_selector(".minutes:has-text('20 min')")
    shelf.click("[aria-label=Shorter]")
    shelf.click("[aria-label=Shorter]")
    assert shelf.inner_text(".minutes") == "18 min"
    shelf.click(".making button[type=submit]")
    shelf.wait_for_url("**/session#a-rainy-evening")
    made = (desk.library / "scripts" / "sessions" / "a-rainy-evening.yaml").read_text("utf-8")
    assert "length: 18m" in made
    shelf.goto(desk.base)
    shelf.wait_for_selector(".own .tile:has-text('18 min, for Zoë')", timeout=60_000)
    assert shelf.locator(".own .art.edges").count() == 1, "a session shows two edges"


def test_a_session_is_made_by_keys_alone(shelf, desk):
    shelf.keyboard.press("n")
    shelf.keyboard.press("Tab")
    shelf.keyboard.press("Space")
    shelf.wait_for_selector("#made-who")
    shelf.keyboard.press("Tab")
    shelf.keyboard.type("Ana")
    shelf.keyboard.press("Enter")
    shelf.wait_for_url("**/session#*")
    (made,) = (desk.library / "scripts" / "sessions").iterdir()
    assert "Ana" in made.read_text("utf-8")
    assert "ana" not in made.name


def test_the_focus_comes_back_where_it_was(shelf):
    shelf.focus(".invitation")
    shelf.keyboard.press("Enter")
    shelf.wait_for_selector("dialog[open]")
    shelf.keyboard.press("Escape")
    assert shelf.evaluate("document.activeElement.className").startswith("invitation")


def test_a_word_is_found_where_it_is_spoken(shelf):
    shelf.keyboard.press("/")
    shelf.keyboard.type("let the chair hold")
    shelf.wait_for_selector(".found h2")
    shelf.fill("input[type=search]", "hammock")
    shelf.wait_for_selector(".found h2, .found p")
    shelf.fill("input[type=search]", "xyzzy")
    shelf.wait_for_selector("text=Nothing has “xyzzy” in it")
    shelf.keyboard.press("Escape")
    assert shelf.locator(".kept").is_visible()


def test_what_went_to_the_bin_is_put_back_at_once_or_later(shelf, desk):
    path = own(desk, PART.format("grounding"))
    shelf.reload()
    shelf.wait_for_selector(READY)
    move = shelf.get_by_role("button", name="Move to the bin: Rain at the window")
    move.focus()
    shelf.keyboard.press("Enter")
    back = shelf.get_by_role("button", name="Put back")
    back.wait_for()
    assert not path.exists()
    assert shelf.locator(".own .tile:has-text('Rain at the window')").count() == 0
    assert back.evaluate("each => each === document.activeElement")
    assert clean(shelf) == [], "just thrown away"
    shelf.keyboard.press("Enter")
    shelf.wait_for_selector(".own .tile:has-text('Rain at the window')")
    assert path.exists()

    shelf.locator(".mine").hover()
    move.click()
    back.wait_for()
    shelf.get_by_role("button", name="Bin (1)").click()
    dialog = shelf.get_by_role("dialog", name="The bin")
    assert clean(shelf) == [], "the bin"
    dialog.get_by_role("button", name="Put back: Rain at the window").click()
    dialog.get_by_text("The bin is empty.").wait_for()
    shelf.keyboard.press("Escape")
    assert path.exists()
    assert not shelf.get_by_role("button", name="Bin (").is_visible()

    move.focus()
    shelf.keyboard.press("Enter")
    back.wait_for()
    shelf.keyboard.press("Control+z")
    shelf.wait_for_selector(".own .tile:has-text('Rain at the window')")


def test_a_part_that_a_session_has_is_not_thrown_away(shelf, desk):
    path = own(desk, PART.format("grounding"))
    text = "title: Evening\nvalues: {name: Jan}\nsteps: [rain, coming-back]\n"
    own(desk, text, "evening")
    shelf.reload()
    shelf.get_by_role("button", name="Move to the bin: Rain at the window").focus()
    shelf.keyboard.press("Enter")
    shelf.get_by_text("“Rain at the window” is still in Evening, for Jan.").wait_for()
    assert path.exists()


@pytest.mark.parametrize(("tag", "date"), [("en", "3 January 2024"), ("cs", "3. ledna 2024")])
def test_days_are_written_so_that_nobody_takes_them_for_something_else(shelf, desk, tag, date):
    from datetime import UTC, datetime

    from serguide.studio.handover.handover_ways import Ways
    from serguide.studio.handover.records import Records, now

    records = Records(desk.library)
    for name, done in (("one", "2024-01-03T12:00:00Z"), ("two", now())):
        made = records.add("Zoë", name, name, 9, Ways())
        records.update(made.id, state="done", done=done)
    shelf.click("text=Settings")
    shelf.select_option("#settings-language", tag)
    shelf.wait_for_selector(f"text={date}")
    weekday = datetime.now(UTC).weekday()
    long = {
        "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "cs": ["pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"],
    }
    assert shelf.locator(".when").first.inner_text() == long[tag][weekday]


def test_what_a_session_is_made_from_is_found_by_a_word(shelf):
    shelf.click(".invitation")
    many = shelf.locator("dialog .choice:visible").count()
    shelf.fill("dialog input[type=search]", "before sleep")
    until(shelf, lambda: shelf.locator("dialog .choice:visible").count() < many)
    assert shelf.locator("dialog .choice:visible", has_text="Before sleep").count() == 1
    assert clean(shelf) == []
    shelf.fill("dialog input[type=search]", "xyzzy")
    shelf.get_by_text("Nothing has “xyzzy” in it").wait_for()


@pytest.mark.parametrize("place", ["", "session#the-first-evening", "words#easy-six",
                                   "handover#the-first-evening"])  # fmt: skip
def test_a_tab_without_its_key_says_the_one_step_back(browser, shelf, desk, place):
    tab = browser.new_context().new_page()
    tab.goto(f"{desk.base}{place}")
    tab.wait_for_selector(".shut-out")
    tab.wait_for_timeout(300)  # nothing comes over it
    assert "click its picture once more, or type serguide studio" in tab.inner_text(".shut-out")
    assert tab.locator("button:visible, a:not(.skip):visible").all_inner_texts() == []
    tab.context.close()


def test_a_broken_file_says_what_is_wrong_and_where(shelf, desk):
    path = own(desk, PART.format("weather"))
    shelf.reload()
    shelf.click("button.broken")
    shelf.wait_for_selector(".problems")
    told = shelf.inner_text("dialog")
    assert "Line 2" in told
    assert str(path) in told
    assert shelf.get_attribute("dialog a.button", "href") == "/words#rain"


def test_what_a_person_wrote_is_never_html(shelf, desk):
    bad = "<img src=x onerror=document.title=1>"
    own(desk, f"title: '{bad}'\nkind: grounding\nabout: '{bad}'\ncues:\n  - say: Rain.\n")
    own(desk, f"title: '{bad}'\nkind: '{bad}'\n", "worse")
    shelf.reload()
    shelf.wait_for_selector("button.broken")
    shelf.click("button.broken")
    shelf.wait_for_selector(".problems")
    shelf.keyboard.press("Escape")
    shelf.fill("input[type=search]", "onerror")
    shelf.wait_for_selector(".found h2")
    assert shelf.locator("main img[src=x]").count() == 0
    assert bad in shelf.inner_text("main")
    assert shelf.title() == "serguide"


@pytest.mark.parametrize(("tag", "word"), [("de", "Fertige"), ("cs", "Hotová"), ("sk", "Hotové")])
def test_the_interface_speaks_other_languages(shelf, tag, word):
    shelf.click("text=Settings")
    shelf.select_option("#settings-language", tag)
    shelf.wait_for_selector(f"h2:has-text('{word}')")
    assert shelf.evaluate("document.documentElement.lang") == tag
    shelf.wait_for_selector(READY)


def test_the_face_is_kept(shelf):
    shelf.click("[aria-label=Evening]")
    shelf.wait_for_selector("[aria-label=Day]")
    shelf.reload()
    shelf.wait_for_selector(READY)
    assert shelf.evaluate("document.documentElement.dataset.face") == "dark"


def test_a_studio_that_is_gone_is_said(shelf, desk):
    desk.stop()
    shelf.fill("input[type=search]", "rain")
    shelf.wait_for_selector("text=The studio is closed. Start it again; nothing is lost.")
