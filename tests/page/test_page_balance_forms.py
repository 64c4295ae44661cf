"""The balance in every form in which a page is handed over, rendered for real."""

from __future__ import annotations

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from balancing import CAPTURE, OVER, SLIDER, STEMS, heard, set_to
from listening import AUDIO
from test_page_access import visit
from test_page_sizes import SIZES, look
from unlocking import PHRASE, unlocked

from serguide.bundle.sealed.sealing import seal_bundle
from serguide.bundle.web.web_folder import write_web_folder


@pytest.fixture(params=["hosted folder", "single page", "sealed page", "web folder", "sealed web"])
def page(request, rain, serve, tmp_path, listening):
    """Open each form at the place where its player begins."""
    form = request.param
    if form == "hosted folder":
        address = serve(rain.folder)[0]
    elif form == "single page":
        address = shutil.copy(rain.folder / "rain.html", tmp_path / "sent.html").as_uri()
    elif form == "sealed page":
        address = seal_bundle(rain.folder, tmp_path / "you.html", PHRASE).path.as_uri()
    else:
        phrase = PHRASE if form == "sealed web" else None
        done = write_web_folder(rain.folder, tmp_path / "web", passphrase=phrase)
        address = serve(done.page.parent)[0]
    one = listening("about:blank", quiet=False)
    one.address = address
    one.page.add_init_script(CAPTURE)
    one.page.goto(address)
    if "sealed" in form:
        unlocked(one)
    return one


def test_the_soundscape_goes_and_comes(page):
    page.begin()
    page.tap("[data-opens=settings]")
    assert page.get(f"{SLIDER}.checkVisibility()")
    page.tap("#settings-title ~ .actions [data-back]")
    set_to(page, 0.9)
    page.until(OVER, 15)
    page.go(14)  # in a rest, where nothing but the rain is heard
    page.until(f"{OVER} && !{STEMS}.paused")
    page.page.wait_for_timeout(1200)
    rain, _ = heard(page)
    set_to(page, 0)
    page.page.wait_for_timeout(500)
    nothing, _ = heard(page)
    assert rain.std() > 1e-3
    assert nothing.std() < rain.std() / 30
    assert not page.get(f"{AUDIO}.paused")
    # Of the ear that these tests put into it, the page says nothing.
    page.complaints = [each for each in page.complaints if "ScriptProcessor" not in each]
    page.check()


def test_from_a_disk_a_folder_has_no_slider(listening, rain):
    one = listening((rain.folder / "index.html").as_uri()).begin()
    one.tap("[data-opens=settings]")
    assert one.get(f"{SLIDER}.hidden")
    one.until(f"{AUDIO}.volume > 0.99 && {AUDIO}.currentTime > 0.5")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_the_slider_is_in_sight_and_clean_at_every_size(listening, rain, serve, size):
    width, height = size
    one = listening(serve(rain.folder)[0], viewport={"width": width, "height": height})
    visit(one, "settings")
    look(one, "settings")
    box = one.page.locator("#balance").bounding_box()
    assert box["height"] >= 43.9
    assert Axe().run(one.page).violations_count == 0
    assert one.page.get_by_label("Sounds around the voice").input_value() == "1"
