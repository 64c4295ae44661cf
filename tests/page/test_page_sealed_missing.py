"""What a sealed page says where it cannot be opened: cut short, damaged, no scripts, no https."""

from __future__ import annotations

import re

import pytest
from listening import PHONE
from unlocking import FORM, PHRASE, type_words, unlocked

from serguide.bundle.sealed.sealing import seal_bundle
from serguide.bundle.web.web_folder import write_web_folder

TROUBLE = "document.querySelector('#lock-trouble').checkVisibility()"


@pytest.fixture(scope="session")
def sealed(evening, tmp_path_factory):
    path = tmp_path_factory.mktemp("sealed") / "you.html"
    return seal_bundle(evening.folder, path, PHRASE, light=True).path


@pytest.mark.parametrize("left", [0.5, 0.98])
def test_a_file_that_did_not_come_whole_says_so_at_once(listening, sealed, tmp_path, left):
    content = sealed.read_bytes()
    cut = tmp_path / "cut.html"
    cut.write_bytes(content[: int(len(content) * left)])
    one = listening(cut.as_uri())
    one.until(TROUBLE)
    assert one.text("#lock-trouble").startswith("This file did not arrive whole.")


@pytest.mark.parametrize("at", [0.3, 0.9])
def test_a_damaged_file_says_so_when_the_words_are_right(listening, sealed, tmp_path, at):
    content = sealed.read_text(encoding="utf-8")
    first = content.index('"payload": "') + 12
    place = first + int((len(content) - first) * at)
    changed = "A" if content[place] != "A" else "B"
    damaged = tmp_path / "damaged.html"
    damaged.write_text(content[:place] + changed + content[place + 1 :], encoding="utf-8")
    one = listening(damaged.as_uri())
    type_words(one, PHRASE)
    one.until(TROUBLE)
    assert one.text("#lock-trouble").startswith("The words are right, but the file was damaged")


def test_without_scripts_it_says_what_to_do_on_each_device(listening, sealed):
    one = listening(sealed.as_uri(), java_script_enabled=False, **PHONE)
    said = one.page.locator("main").inner_text()
    assert "it only shows the file" in said
    assert re.search(r"iPhone or iPad.*web address.*sound file", said)
    assert re.search(r"Android.*save the file first.*browser", said)
    assert "112" in said
    assert not one.page.is_visible("#lock-form")
    assert not one.page.is_visible("#lock-wait")
    assert not one.page.is_visible("#lock-old")


def test_a_browser_that_is_too_old_is_told_so(browser, sealed):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete HTMLScriptElement.prototype.noModule;")
    page.goto(sealed.as_uri())
    assert page.is_visible("#lock-old")
    assert "too old" in page.inner_text("#lock-old")
    context.close()


@pytest.fixture
def hosted(evening, tmp_path):
    return write_web_folder(evening.folder, tmp_path / "web", passphrase=PHRASE)


def test_where_there_is_no_cipher_it_says_what_to_do(listening, hosted, serve):
    """0.0.0.0 is this machine, too, but no secure context."""
    address, _ = serve(hosted.page.parent)
    one = listening(address.replace("127.0.0.1", "0.0.0.0"), quiet=False)
    assert not one.get("isSecureContext")
    one.until(TROUBLE)
    assert "https://" in one.text("#lock-trouble")
    assert not one.get(FORM)


def test_on_the_web_it_opens_and_then_needs_no_network(listening, hosted, serve):
    address, stop = serve(hosted.page.parent)
    one = listening(address, **PHONE)
    unlocked(one)
    one.reload()
    one.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    one.reload()
    one.until("navigator.serviceWorker.controller", 20)
    stop()
    one.reload()
    unlocked(one).begin()
    one.go(40)


def test_it_can_be_installed_and_its_name_tells_nothing(listening, hosted, serve):
    address, _ = serve(hosted.page.parent)
    one = listening(address)
    one.until(FORM)
    manifest = one.page.request.get(f"{address}manifest.webmanifest").json()
    assert manifest["name"] == "For quiet moments"
    assert manifest["display"] == "standalone"
    icon = one.page.request.get(f"{address}{manifest['icons'][0]['src']}")
    assert icon.body().startswith(b"\x89PNG")
    session = one.page.context.new_cdp_session(one.page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["data"]
