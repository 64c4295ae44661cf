"""The sealed page in Firefox and in WebKit, from the disk and from a web folder."""

from __future__ import annotations

import pytest
from listening import AUDIO, GROUND
from unlocking import FORM, PHRASE, SAID, type_words, unlocked

from serguide.bundle.sealed.sealing import seal_bundle
from serguide.bundle.web.web_folder import write_web_folder

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")


@pytest.fixture(scope="session")
def sealed(evening, tmp_path_factory):
    return seal_bundle(evening.folder, tmp_path_factory.mktemp("sealed") / "you.html", PHRASE).path


def test_it_opens_from_the_disk_and_plays(listening, sealed):
    one = listening(sealed.as_uri())
    type_words(one, PHRASE + " wrong")
    one.until(f"{SAID} !== ''")
    unlocked(one, PHRASE.upper().replace(" ", "\u00a0 ")).begin()
    assert one.get("document.title") == "The first evening"
    one.go(40)
    one.until(f"{AUDIO}.currentTime > 40.2")
    one.press("Escape")
    one.until(f"{AUDIO}.paused && !{GROUND}.paused")


def test_it_opens_from_a_web_folder(listening, evening, serve, tmp_path):
    done = write_web_folder(evening.folder, tmp_path / "web", passphrase=PHRASE)
    address, _ = serve(done.page.parent)
    one = listening(address)
    unlocked(one).begin()
    one.go(40)
    one.until(f"{AUDIO}.currentTime > 40.2")


def test_a_device_that_can_remember_does_and_forgets(listening, evening, serve, tmp_path):
    done = write_web_folder(evening.folder, tmp_path / "web", passphrase=PHRASE)
    address, _ = serve(done.page.parent)
    one = listening(address)
    one.until(FORM)
    one.until("document.querySelector('#lock-may-remember').checkVisibility()")
    one.get("document.querySelector('#lock-remember').click()")
    unlocked(one)
    one.reload()
    one.until("document.querySelector('#lock-again').checkVisibility()")
    one.tap("#lock-reopen")
    one.until("document.querySelector('#begin')")
    one.reload()
    one.until("document.querySelector('#lock-again').checkVisibility()")
    one.tap("#lock-forget")
    one.until(FORM)


def test_without_a_script_it_says_what_to_do(listening, sealed):
    one = listening(sealed.as_uri(), scripts=False)
    assert "iPhone" in one.text("main")
    assert not one.get("document.querySelector('#lock-form').checkVisibility()")
