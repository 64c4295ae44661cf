"""The check-in and the note: on this device, by choice, erased with one tap."""

from __future__ import annotations

from pathlib import Path

import pytest
from listening import AUDIO, GROUND


def choose(one, name, number):
    one.page.locator(f"input[name={name}][value='{number}']").check(force=True)


def after(one):
    one.begin()
    one.press("Escape")
    one.tap("#stop")
    one.until(f"{AUDIO}.paused && {GROUND}.paused")


def test_each_number_has_a_word(opened):
    one = opened()
    words = set()
    for number in range(11):
        choose(one, "before", number)
        shown = one.text("#word-before")
        assert shown.startswith(f"{number} · ")
        words.add(shown)
    assert len(words) == 11
    assert one.page.get_by_role("radio", name="4 · noticeable").count() == 1


TRAY = "footer button"


def buttons(one):
    """Return what stands at the foot of the screen, in order."""
    return [each for each in one.page.locator(f"{TRAY} >> visible=true").all_inner_texts() if each]


@pytest.mark.parametrize(("number", "high"), [(6, False), (7, True), (10, True)])
def test_seven_or_more_puts_the_room_first_and_locks_nobody_out(opened, number, high):
    one = opened()
    choose(one, "before", number)
    if not high:
        assert buttons(one) == ["Begin", "Come back to the room"]
        return
    assert buttons(one) == ["Come back to the room", "Talk to someone", "Begin anyway"]
    assert one.text("#high").startswith("That is a lot to carry.")
    one.get("document.activeElement.blur()")
    one.press(" ")
    one.until(f"!{GROUND}.paused")
    assert one.get(f"{AUDIO}.paused")
    one.tap("#go-on")
    one.until("document.body.dataset.screen === 'before'")
    assert buttons(one)[0] == "Come back to the room"
    one.tap("#anyway")
    one.until(f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.2")
    assert one.screen == "playing"


def test_someone_to_talk_to_is_one_tap_away_where_much_is_felt(opened):
    one = opened()
    choose(one, "before", 8)
    one.tap("#talk")
    assert one.screen == "call"
    one.tap("#call button[data-back]")
    assert "Begin anyway" in buttons(one)


def test_a_session_that_only_grounds_simply_begins(listening, evening, tmp_path):
    text = (evening.folder / "index.html").read_text(encoding="utf-8")
    page = tmp_path / "index.html"
    page.write_text(text.replace('"grounding":false', '"grounding":true'), encoding="utf-8")
    one = listening(page.as_uri(), quiet=False)
    choose(one, "before", 10)
    assert buttons(one) == ["Begin", "Come back to the room"]
    assert not one.page.locator("#high").is_visible()


@pytest.mark.parametrize(("before", "now", "worse"), [(4, 6, True), (4, 5, False), (6, 2, False)])
def test_two_points_worse_offers_the_room_and_the_therapist(opened, before, now, worse):
    one = opened()
    choose(one, "before", before)
    after(one)
    choose(one, "after", now)
    assert one.page.locator("#worse").is_visible() is worse
    if worse:
        assert "Jana Nova" in one.text("#worse")
        one.tap("#room")
        one.until(f"!{GROUND}.paused")
    else:
        assert one.text("#compared") == f"Before {before}, now {now}. Either is fine."


def test_who_would_rather_not_say_is_asked_no_riddle(opened):
    one = opened()
    after(one)
    one.tap("#nothing")
    assert one.text("#compared") == "That is fine, too."
    assert "compare" not in one.text("section[data-view=after]")
    assert not one.page.locator("#worse").is_visible()


def test_a_note_is_saved_as_text_and_erased_with_one_tap(opened):
    one = opened(accept_downloads=True)
    choose(one, "before", 5)
    after(one)
    choose(one, "after", 3)
    one.tap("button[data-opens=words]")
    one.page.locator("#note").fill("Warm hands. Ask about the shoulder: ž, „ß“.")
    one.press("m", " ")
    with one.page.expect_download() as download:
        one.tap("#note-save")
    assert download.value.suggested_filename == "evening.txt"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "The first evening" in text
    assert "Before: 5 · in the middle" in text
    assert "After: 3 · mild" in text
    assert "Warm hands. Ask about the shoulder: ž, „ß“.m" in text
    assert "Warm hands" in one.get("JSON.stringify(localStorage)")
    one.tap("#note-erase")
    assert one.page.locator("#note").input_value() == ""
    left = one.get("JSON.stringify(localStorage)")
    assert "Warm" not in left
    assert "before" not in left
    assert "after" not in left
