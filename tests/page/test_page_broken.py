"""Sound that is not there, or is garbage, is said in words, with what to do."""

from __future__ import annotations

import shutil

import pytest
from listening import AUDIO


@pytest.fixture
def torn(evening, tmp_path):
    folder = tmp_path / "torn"
    shutil.copytree(evening.folder, folder)
    return folder


def test_a_page_without_its_folder_says_so_at_once(listening, evening, tmp_path):
    page = shutil.copy(evening.folder / "index.html", tmp_path / "index.html")
    one = listening(page.as_uri(), quiet=False)
    one.until("!document.querySelector('#missing').hidden")
    said = one.text("#missing")
    assert "zip file, unpack all of it" in said
    assert "ask for the whole folder" in said
    one.tap("#begin-else button")
    assert one.page.get_by_text("Notice where your back meets the chair.").is_visible()


def test_without_a_script_it_says_what_to_do(listening, evening, tmp_path):
    page = shutil.copy(evening.folder / "index.html", tmp_path / "index.html")
    one = listening(page.as_uri(), quiet=False, java_script_enabled=False)
    assert one.page.get_by_text("Unpack a zip file first").is_visible()
    alone = listening(
        (evening.folder / "evening.html").as_uri(), quiet=False, java_script_enabled=False
    )
    assert alone.page.get_by_text("Unpack a zip file").count() == 0
    said = alone.page.locator(".listen").inner_text()
    assert "may be a preview" in said
    assert "open it in a browser" in said
    assert "iPhone or iPad" in said


def test_a_way_back_that_did_not_come_along_is_told_and_stands_in_words(listening, torn):
    (torn / "ground.mp3").unlink()
    one = listening((torn / "index.html").as_uri(), quiet=False)
    one.until("document.querySelector('#missing-ground').checkVisibility()")
    assert "did not come along" in one.text("#missing-ground")
    assert "unpack all of it" in one.text("#missing-ground")
    assert one.get("document.querySelector('#missing').hidden")
    one.begin()
    one.press("Escape")
    one.until("document.querySelector('#ground-caption').textContent === 'Look around.'", 20)


def test_one_thing_is_said_where_all_the_sound_is_missing(listening, evening, tmp_path):
    page = shutil.copy(evening.folder / "index.html", tmp_path / "index.html")
    one = listening(page.as_uri(), quiet=False)
    one.until("!document.querySelector('#missing').hidden")
    one.page.wait_for_timeout(500)
    assert one.get("document.querySelector('#missing-ground').hidden")


def test_a_picture_that_did_not_come_along_is_not_missed(listening, torn):
    (torn / "cover.png").unlink()
    one = listening((torn / "index.html").as_uri(), quiet=False)
    one.until("document.body.dataset.screen === 'before'")
    assert one.get("document.querySelector('#missing').hidden")
    one.begin()


def test_nothing_is_said_where_all_is_there(opened):
    one = opened().begin()
    assert not one.page.locator("#broken").is_visible()
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    assert one.get("document.querySelector('#missing').hidden")


@pytest.mark.parametrize("how", ["noise", "zeros", "head", "cut"])
def test_garbage_cannot_be_played_and_the_page_says_so(listening, torn, how):
    sound = torn / "session.mp3"
    content = sound.read_bytes()
    noise = bytes((n * 197 + 31) % 251 for n in range(len(content)))
    sound.write_bytes(
        {
            "noise": noise,
            "zeros": bytes(len(content)),
            "head": content[:40_000] + noise[40_000:],
            "cut": content[: len(content) // 3],
        }[how]
    )
    one = listening((torn / "index.html").as_uri(), quiet=False)
    one.until("document.body.dataset.screen === 'before'")
    one.tap("#begin")
    if how in ("head", "cut"):
        one.get(f"{AUDIO}.playbackRate = 8")
    one.until("!document.querySelector('#broken').hidden", 30)
    assert one.text("#broken").startswith("The sound cannot be played here.")
    assert one.screen == "playing"  # not the end of a session that nobody heard
    one.press("Escape")  # the way back does not depend on it
    one.until("!document.querySelector('#ground-audio').paused")
