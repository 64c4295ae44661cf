"""The session's screen by pointer and by keys alone; the focus is never lost."""

from __future__ import annotations

import re

import pytest
from chromium import until
from for_everyone import HERE

PLAY = "Listen"


def order(page):
    return page.locator(".part-title").all_inner_texts()


def steps(file):
    return re.findall(r"^  - (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)


def here(page):
    return page.evaluate("document.activeElement.innerText || document.activeElement.outerHTML")


def centre(page, selector):
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end, *, drop=True):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 2, start[1] + 8)
    page.mouse.move(*end, steps=6)
    if drop:
        page.mouse.up()


@pytest.mark.parametrize("size", [(1360, 860), (820, 1180)], ids=str)
def test_a_part_is_dragged_to_another_place(page, short, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    first, last = ".part:nth-child(1) .part-open", ".part:nth-child(3)"
    box = page.locator(last).bounding_box()
    behind = (box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.8)
    drag(page, centre(page, first), behind, drop=False)
    assert page.locator(".part.dragged").count() == 1
    assert page.locator(".part.behind").count() == 1
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.url.endswith("#three-short-parts"), "Escape ends the drag alone"
    assert page.locator(".dragging, .dragged, .behind").count() == 0
    assert steps(short)[0] == "at-the-window"

    drag(page, centre(page, first), behind)
    until(page, lambda: order(page)[2] == "At the window")
    assert steps(short) == ["at-the-stove", "five-to-one", "at-the-window"]
    page.get_by_text("At the window is now part 3 of 3.").wait_for()
    assert page.locator(".part.chosen .part-title").inner_text() == "At the window"


def test_a_finger_drags_by_the_grip(page, short):
    cdp = page.context.new_cdp_session(page)
    x, y = centre(page, ".part:nth-child(1) .grip")
    _, low = centre(page, ".part:nth-child(2)")
    touches = [(x, y), (x, y + 20), (x, low), (x, low + 25)]
    for kind, (at_x, at_y) in zip(("Start", "Move", "Move", "Move"), touches, strict=True):
        cdp.send(
            "Input.dispatchTouchEvent",
            {"type": f"touch{kind}", "touchPoints": [{"x": at_x, "y": at_y}]},
        )
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(page, lambda: order(page)[0] == "At the stove")
    assert steps(short)[:2] == ["at-the-stove", "at-the-window"]


def test_alt_and_arrows_move_the_part_that_is_shown_and_it_keeps_the_focus(page, short):
    page.locator(".part-open").nth(0).focus()
    page.keyboard.press("Alt+ArrowDown")
    until(page, lambda: steps(short)[1] == "at-the-window")
    until(page, lambda: order(page)[1] == "At the window")
    assert "At the window" in here(page)
    page.keyboard.press("Alt+ArrowUp")
    until(page, lambda: steps(short)[0] == "at-the-window")
    until(page, lambda: order(page)[0] == "At the window")
    assert "At the window" in here(page)
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_timeout(300)
    assert steps(short)[0] == "at-the-window", "there is nothing before the first"


def test_n_and_p_go_from_part_to_part_and_shift_with_arrows_from_sentence_to_sentence(page, short):
    chosen = page.locator(".part.chosen .part-title")
    page.keyboard.press("n")
    until(page, lambda: chosen.inner_text() == "At the stove")
    page.keyboard.press("p")
    until(page, lambda: chosen.inner_text() == "At the window")
    caption = page.locator("p.caption")
    lines = [text.strip() for text in page.locator(".line.say").all_inner_texts()]
    for focus in ("main", ".lane", ".bars", "#length"):
        page.locator(focus).focus()
        page.keyboard.press("Shift+ArrowRight")
        until(page, lambda: caption.inner_text() == lines[1])
        page.keyboard.press("Shift+ArrowLeft")
        until(page, lambda: caption.inner_text() == lines[0])
    assert page.locator("#length").input_value(), "the length is as it was"
    assert "length" not in short.read_text(encoding="utf-8")


def test_the_space_bar_plays_from_a_slider_and_presses_a_button(page, short):
    play = page.locator("button.play")
    for slider in (".lane", "#length"):
        page.locator(slider).focus()
        page.keyboard.press(" ")
        until(page, lambda: play.get_attribute("aria-label") == "Pause")
        page.keyboard.press(" ")
        until(page, lambda: play.get_attribute("aria-label") == PLAY)
    page.locator(".part-open").nth(1).focus()
    page.keyboard.press(" ")
    until(page, lambda: page.locator(".part.chosen .part-title").inner_text() == "At the stove")
    assert play.get_attribute("aria-label") == PLAY, "the button had the key, the screen had not"
    play.focus()
    page.keyboard.press(" ")
    until(page, lambda: play.get_attribute("aria-label") == "Pause")
    page.keyboard.press(" ")
    until(page, lambda: play.get_attribute("aria-label") == PLAY)
    voice = page.get_by_role("radio", name="Plain")
    voice.focus()
    before = page.locator(".clock .now").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator(".clock .now").inner_text() == before, "arrows choose among voices"


def test_leaving_out_and_putting_back_keep_the_focus(page, short):
    page.locator(".part-open").nth(1).focus()
    page.keyboard.press(" ")
    page.keyboard.press("Delete")
    page.get_by_text("Left out: At the stove").wait_for()
    until(page, lambda: steps(short) == ["at-the-window", "five-to-one"])
    assert "part-open" in page.evaluate(HERE)
    page.get_by_role("button", name="Put back: At the stove").focus()
    page.keyboard.press("Enter")
    page.get_by_text("At the stove is back, as part 2.").wait_for()
    assert steps(short) == ["at-the-window", "at-the-stove", "five-to-one"]
    assert "At the stove" in here(page)
    assert page.locator(".part.chosen .part-title").inner_text() == "At the stove"
    page.get_by_role("button", name="Put back: At the door").click()
    until(page, lambda: "at-the-door" in steps(short))
    until(page, lambda: "At the door" in here(page))


def test_ctrl_h_hands_over_when_all_was_looked_at(page, desk, short):
    page.keyboard.press("Control+h")
    assert page.evaluate("Boolean(document.activeElement.closest('.finding-card'))")
    assert page.url.endswith("session#three-short-parts")
    page.goto(f"{desk.base}session#a-work-break")
    page.locator(".findings.none").wait_for()
    page.keyboard.press("Control+h")
    page.wait_for_url("**/handover#a-work-break")


def test_dialogs_give_the_focus_back(page, short):
    add = page.get_by_role("button", name="Add a part")
    add.focus()
    page.keyboard.press("Enter")
    page.locator("dialog.chooser").wait_for()
    page.keyboard.press("Escape")
    until(page, lambda: "add-part" in page.evaluate(HERE))
    page.keyboard.press("?")
    page.locator("dialog.keys").wait_for()
    page.keyboard.press("?")
    until(page, lambda: not page.locator("dialog").count())
    assert "add-part" in page.evaluate(HERE)
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.locator("dialog.chooser .choice").first.click()
    until(page, lambda: len(steps(short)) == 4)
    until(page, lambda: page.evaluate(HERE))
