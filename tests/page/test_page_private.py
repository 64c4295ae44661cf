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


@pytest.mark.parametrize(("number", "grounding_only"), [(6, False), (7, True), (10, True)])
def test_seven_or_more_offers_grounding_only(opened, number, grounding_only):
    one = opened()
    choose(one, "before", number)
    assert one.page.locator("#begin").is_visible() is not grounding_only
    assert one.page.locator("#only-room").is_visible() is grounding_only
    if grounding_only:
        one.press(" ")
        assert one.get(f"{AUDIO}.paused")
        one.tap("#only-room")
        one.until(f"!{GROUND}.paused")


@pytest.mark.parametrize(("before", "now", "worse"), [(4, 6, True), (4, 5, False), (6, 2, False)])
def test_two_points_worse_offers_the_room_and_the_therapist(opened, before, now, worse):
    one = opened()
    choose(one, "before", before)
    after(one)
    choose(one, "after", now)
    assert one.page.locator("#worse").is_visible() is worse
    if worse:
        assert "Jana Nova" in one.text("#worse")
        one.tap("#worse-room")
        one.until(f"!{GROUND}.paused")
    else:
        assert one.text("#compared") == f"Before {before}, now {now}. Either is fine."


def test_nothing_to_compare_is_a_fine_answer(opened):
    one = opened()
    after(one)
    one.tap("#nothing")
    assert one.text("#compared") == "Nothing to compare, and that is fine."
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
