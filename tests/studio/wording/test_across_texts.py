"""A selection over two texts and more: drawn, copied, cut, taken out, typed over, taken back."""

from __future__ import annotations

import pytest
from chromium import until

SCRIPT = """\
title: Rain at the window
kind: relaxation
language: en
values: {name: ""}
cues:
  - say: "There is rain, {name}, and you are indoors. [2s] You can stop whenever you want."
  - say: You could sit by the window.
  - rest: 10s
  - say: And that was all of it.
"""
FIRST, SECOND, LAST = "There is rain", "You could sit", "And that was all"


@pytest.fixture
def part(desk):
    path = desk.library / "scripts" / "relaxation" / "rain-at-the-window.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.fixture
def words(page, desk, part):
    page.goto(f"{desk.base}words#{part.stem}")
    page.locator(".say").first.wait_for()
    return page


def text(part):
    return part.read_text(encoding="utf-8")


def place_of(page, words):
    """Return where the first letter of some words stands on the screen."""
    box = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.getElementById("screen"), 4);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            const { left, top, height } = range.getBoundingClientRect();
            return [left + 0.5, top + height / 2];
          }
          return null;
        }""",
        words,
    )
    assert box, words
    return box


def draw(page, start, end):
    """Select with the mouse from before some words to before others."""
    page.mouse.move(*place_of(page, start))
    page.mouse.down()
    page.mouse.move(*place_of(page, end), steps=8)
    page.mouse.up()


def selected(page):
    return page.evaluate(
        "[...(CSS.highlights.get('stretch') ?? [])].map((each) => each.toString())"
    )


def to_the_end(page):
    page.locator(".say").last.click()
    page.keyboard.press("Control+End")


def test_it_is_drawn_copied_and_pasted_with_its_chips(words, part):
    draw(words, "indoors", "by the window")
    assert selected(words)[1] == "You could sit "
    words.keyboard.press("Control+c")
    assert text(part) == SCRIPT, "copying changes nothing"
    to_the_end(words)
    assert selected(words) == []
    words.keyboard.press("Control+v")
    copied = "  - say: indoors. [2s] You can stop whenever you want.\n  - say: You could sit\n"
    until(words, lambda: copied in text(part))
    assert text(part).startswith(SCRIPT)


def test_what_other_programs_get_is_as_a_script_writes_it(words):
    words.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw(words, "rain, ", "that was")
    words.keyboard.press("Control+c")
    assert words.evaluate("navigator.clipboard.readText()") == (
        "rain, {name}, and you are indoors. [2s] You can stop whenever you want.\n\n"
        "You could sit by the window.\n\n[10s]\n\nAnd "
    )


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_it_is_taken_out_and_taken_back(words, part, key):
    draw(words, "and you are indoors", "by the window")
    words.keyboard.press(key)
    until(words, lambda: '  - say: "There is rain, {name}, by the window."\n' in text(part))
    words.keyboard.type("here ")
    until(words, lambda: "{name}, here by the window." in text(part))
    words.get_by_role("button", name="Undo").click()
    until(words, lambda: "here by" not in text(part))
    if text(part) != SCRIPT:  # what is typed after a pause is a step of its own
        words.get_by_role("button", name="Undo").click()
    until(words, lambda: text(part) == SCRIPT)


def test_it_is_typed_over_upwards_too(words, part):
    draw(words, "that was", "stop whenever")
    assert len(selected(words)) == 3
    words.keyboard.type("Rest. ")
    until(words, lambda: "You can Rest. that was all of it." in text(part))
    assert "10s" not in text(part)
    assert words.locator(".say").count() == 1


def test_it_is_cut_and_enter_parts_what_is_left(words, part):
    draw(words, "You can stop", "by the window")
    words.keyboard.press("Control+x")
    until(words, lambda: "by the window" in text(part) and "You can stop" not in text(part))
    words.keyboard.press("Enter")
    until(words, lambda: "  - say: by the window.\n" in text(part))
    to_the_end(words)
    words.keyboard.press("Control+v")
    until(words, lambda: "  - say: You could sit\n" in text(part))


def test_shift_and_arrows_go_on_beyond_a_text(words, part):
    words.locator(".say", has_text=SECOND).click()
    words.keyboard.press("Control+Home")
    words.keyboard.press("Shift+ArrowLeft")
    assert selected(words) == [], "it ends where the text before ends: nothing is between"
    for _ in range(5):
        words.keyboard.press("Shift+ArrowLeft")
    assert selected(words) == ["want."]
    words.keyboard.press("Shift+ArrowDown")
    words.keyboard.press("Escape")
    assert words.url.endswith("#rain-at-the-window")
    words.keyboard.press("Control+Home")
    words.keyboard.press("Shift+ArrowDown")
    words.keyboard.press("Shift+ArrowDown")
    words.keyboard.press("Shift+ArrowDown")
    assert words.locator(".rest.selected").count() == 1
    words.keyboard.press("Delete")
    until(words, lambda: "10s" not in text(part) and "You could sit" not in text(part))


def test_all_is_selected_at_the_second_time(words, part):
    words.locator(".say", has_text=SECOND).click()
    words.keyboard.press("Control+a")
    assert selected(words) == []
    words.keyboard.press("Control+a")
    assert len(selected(words)) == 3
    words.keyboard.press("ArrowRight")
    assert selected(words) == []
    words.keyboard.press("Control+a")
    words.keyboard.press("Control+a")
    words.keyboard.type("Anew.")
    until(words, lambda: text(part).endswith('cues:\n  - say: "Anew."\n'))


def test_shift_and_a_click_select_up_to_there(words, part):
    words.mouse.click(*place_of(words, "You could"))
    words.keyboard.down("Shift")
    words.mouse.click(*place_of(words, "was all"))
    words.keyboard.up("Shift")
    assert selected(words) == ["You could sit by the window.", "And that "]
    words.mouse.click(*place_of(words, "indoors"))
    assert selected(words) == []


def test_where_a_browser_has_no_highlights_whole_texts_are_tinted(page, desk, part):
    page.add_init_script("Object.defineProperty(CSS, 'highlights', {value: undefined})")
    page.goto(f"{desk.base}words#{part.stem}")
    page.locator(".say").first.wait_for()
    draw(page, "indoors", "by the window")
    assert page.locator(".say.selected").count() == 2
    page.keyboard.press("Delete")
    until(page, lambda: "You could sit" not in text(part))
