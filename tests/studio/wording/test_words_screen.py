"""The words screen in a real browser: typing, findings, chips, undo, pasting, the text file."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe

SCRIPT = """\
# by hand: the first lines stay
title: Rain at the window
kind: relaxation
about: Rain, heard from indoors.
language: en
values: {name: ""}   # whoever listens
cues:
  - chapter: The window
  - say: "{name}, there is rain, and you are indoors. [2s] You can stop whenever you want."  # one
    beats: [orient, permission]
  - include: before-we-begin
  # what is asked of the eyes
  - say: >-
      You could sit by the window, or lie where you can hear it, or stay where you are, with the
      rain outside.
    beats: [posture]
    pace: 0.9
  - rest: 10s
  - say: Four easy breaths. At any breath you can leave the count, and breathe as you please.
    beats: [breath, permission]
  - breathe: {in: 4s, out: 6s, cycles: 4}
  - sound: bowl
  - chapter: The room
  - say: And that was all of it.
"""

FULL = '{"problem": {"message": "not saved: the disk is full", "hint": "make room"}}'

PROMISE = " With every drop, you will feel lighter."


@pytest.fixture
def part(desk):
    path = desk.library / "scripts" / "relaxation" / "rain-at-the-window.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.fixture
def words(page, desk, part):
    page.goto(f"{desk.base}words#{part.stem}")
    page.wait_for_selector(".say")
    return page


def until(true, seconds=10.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.02)


def behind(page, words):
    """Put the caret behind the text that holds some words."""
    page.locator(".say", has_text=words).click()
    page.keyboard.press("End")
    page.evaluate(
        """() => { const s = getSelection(), e = document.activeElement;
                   s.selectAllChildren(e); s.collapseToEnd(); }"""
    )


def test_a_promise_is_found_replaced_saved_with_its_comments_and_taken_back(words, part):
    behind(words, "with the rain outside")
    words.keyboard.type(PROMISE)

    words.wait_for_selector("#note:not([hidden]) >> text=A promise may not come true.")
    until(lambda: f"      rain outside.{PROMISE}\n" in part.read_text(encoding="utf-8"))
    typed = part.read_text(encoding="utf-8")
    assert set(SCRIPT.splitlines()) - set(typed.splitlines()) == {"      rain outside."}

    words.keyboard.press("Control+.")
    words.wait_for_selector("text=The wording is replaced.")
    better = "You may feel lighter, or heavier, or the same."
    until(lambda: f"      rain outside. {better}\n" in part.read_text(encoding="utf-8"))
    words.wait_for_selector("#note", state="hidden")

    words.keyboard.press("Control+z")
    until(lambda: part.read_text(encoding="utf-8") == typed)
    words.wait_for_selector("#note:not([hidden])")
    words.keyboard.press("Control+Shift+Z")
    until(lambda: better in part.read_text(encoding="utf-8"))
    while words.get_by_role("button", name="Undo").is_enabled():
        words.keyboard.press("Control+z")
        words.wait_for_timeout(150)
    assert part.read_text(encoding="utf-8") == SCRIPT


def test_a_finding_is_kept_with_a_reason(words, part):
    behind(words, "with the rain outside")
    words.keyboard.type(PROMISE)
    words.get_by_role("button", name="Keep mine…").click()
    words.get_by_label("Why is it right here?").fill("agreed: she asked for these words")
    words.get_by_role("button", name="Keep it").click()

    words.wait_for_selector("#note", state="hidden")
    text = part.read_text(encoding="utf-8")
    assert 'allow: {E108: "agreed: she asked for these words"}\ncues:\n' in text


def test_chips_change_by_arrows_and_go_by_backspace(words, part):
    chip = words.locator(".say .chip.time")
    chip.focus()
    words.keyboard.press("ArrowUp")
    until(lambda: "[2.5s] You can stop" in part.read_text(encoding="utf-8"))
    words.keyboard.press("Enter")
    words.locator("dialog.popover output").wait_for()
    words.keyboard.press("Escape")
    assert chip.evaluate("chip => chip === document.activeElement")
    words.keyboard.press("Backspace")
    until(lambda: "you are indoors. You can stop" in part.read_text(encoding="utf-8"))

    rest = words.locator(".block.rest .chip")
    rest.focus()
    words.keyboard.press("ArrowDown")
    until(lambda: "  - rest: 9s\n" in part.read_text(encoding="utf-8"))
    assert rest.inner_text() == "about 9 s"
    words.keyboard.press("Delete")
    until(lambda: "rest:" not in part.read_text(encoding="utf-8"))


def test_what_is_put_in_stands_at_the_caret(words, part):
    behind(words, "And that was all of it.")
    words.keyboard.press("/")
    words.locator("dialog.menu").wait_for()
    words.keyboard.press("ArrowDown")
    words.keyboard.press("Enter")
    until(lambda: part.read_text(encoding="utf-8").endswith("all of it.\n  - rest: 10s\n"))
    words.keyboard.press("ArrowRight")
    words.keyboard.type("The rain goes on. [3s] And {name}, so may you.")
    until(
        lambda: part.read_text(encoding="utf-8").endswith(
            "  - say: The rain goes on. [3s] And {name}, so may you.\n"
        )
    )
    assert words.locator(".say").last.locator(".chip").count() == 2

    words.get_by_role("button", name="Breath", exact=True).click()
    until(lambda: "  - breathe: {in: 4s, out: 6s, cycles: 4}\n" in part.read_text("utf-8")[-60:])


def test_steppers_of_a_breath_change_its_line_alone(words, part):
    words.get_by_role("button", name="In, more").click()
    words.get_by_role("button", name="Times, more").click()

    changed = "  - breathe: {in: 4.5s, out: 6s, cycles: 5}"
    until(lambda: changed in part.read_text(encoding="utf-8"))
    assert part.read_text(encoding="utf-8") == SCRIPT.replace(
        "  - breathe: {in: 4s, out: 6s, cycles: 4}", changed
    )
    words.wait_for_selector("text=53 seconds, 5.7 breaths a minute")


def test_pasted_pause_notes_become_chips_and_it_is_told(words, part):
    behind(words, "And that was all of it.")
    words.evaluate(
        """() => { const data = new DataTransfer();
          data.setData("text/plain", "Sit. (pause 4 seconds) Go on.\\n\\nThe <b>end</b>. (softly)");
          data.setData("text/html", "<img src=x onerror=alert(1)>");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste",
              {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )

    words.wait_for_selector("text=1 pause note became a silence")
    until(lambda: "  - say: Sit. [4s] Go on.\n" in part.read_text(encoding="utf-8"))
    assert words.locator("img[src=x]").count() == 0
    assert "softly" not in words.locator(".sheet").inner_text()


def test_enter_parts_a_text_and_backspace_joins_it(words, part):
    behind(words, "with the rain outside")
    for _ in range(len("with the rain outside.")):
        words.keyboard.press("ArrowLeft")
    words.keyboard.press("Enter")
    until(
        lambda: (
            '\n  - say: with the rain outside.\n    pace: "0.9"\n'
            in part.read_text(encoding="utf-8")
            or "\n  - say: with the rain outside.\n    pace: 0.9\n"
            in part.read_text(encoding="utf-8")
        )
    )
    words.keyboard.press("Backspace")
    until(lambda: part.read_text(encoding="utf-8").count("pace") == 1)


def test_a_ready_made_part_is_copied_on_the_first_change(page, desk):
    page.goto(f"{desk.base}words#easy-six")
    page.wait_for_selector(".say")
    behind(page, "six seconds out")
    page.keyboard.type(" Or four, or five.")

    page.wait_for_selector("text=This is your own copy now.")
    (own,) = desk.library.rglob("*.yaml")
    assert page.url.endswith(f"words#{own.stem}")
    until(lambda: "Or four, or five." in own.read_text(encoding="utf-8"))


def test_a_piece_opens_in_place_and_is_made_ones_own(words, desk, part):
    words.get_by_role("button", name="Before we begin").first.click()
    words.get_by_role("button", name="Make it mine").click()

    until(lambda: "include: before-we-begin\n" not in part.read_text(encoding="utf-8"))
    words.wait_for_selector(".include >> text=Change the words")
    assert len(list(desk.library.rglob("*.yaml"))) == 2


def test_a_file_changed_outside_is_shown_beside_and_never_overwritten(words, part):
    words.evaluate("document.hasFocus = () => true")
    theirs = SCRIPT.replace("The room", "The chair")
    behind(words, "And that was all of it.")
    words.keyboard.type(" Yes")
    part.write_text(theirs, encoding="utf-8")
    words.keyboard.type(", all.")

    words.locator("dialog.outside").wait_for()
    assert part.read_text(encoding="utf-8") == theirs
    assert "The chair" in words.locator("dialog.outside section").nth(1).inner_text()
    words.get_by_role("button", name="Keep mine", exact=True).click()
    until(lambda: "And that was all of it. Yes, all." in part.read_text(encoding="utf-8"))
    assert "The room" in part.read_text(encoding="utf-8")


def test_the_text_file_is_edited_with_problems_beside_their_line(words, part):
    words.get_by_role("button", name="Text file").click()
    field = words.locator("textarea")
    until(lambda: field.input_value() == SCRIPT)
    field.fill(SCRIPT.replace("- rest: 10s", "- rset: 10s"))

    words.wait_for_selector(".line-problems >> text=`rset` is not a cue")
    assert words.locator(".numbers .wrong").inner_text() == "18"
    field.fill(SCRIPT.replace("- rest: 10s", "- rest: 12s"))
    until(lambda: "- rest: 12s" in part.read_text(encoding="utf-8"))
    words.get_by_role("button", name="Words", exact=True).click()
    words.wait_for_selector(".block.rest >> text=about 12 s")


def test_a_full_disk_is_told_and_nothing_is_lost(words, part):
    part.parent.chmod(0o500)
    try:
        words.route(
            "**/api/parts/**",
            lambda route: (
                route.fulfill(
                    status=409,
                    content_type="application/json",
                    body=FULL,
                )
                if route.request.method == "PUT"
                else route.continue_()
            ),
        )
        behind(words, "And that was all of it.")
        words.keyboard.type(" Still here.")
        words.wait_for_selector("text=Not saved: the disk is full")
    finally:
        part.parent.chmod(0o700)
        words.unroute_all()
    until(lambda: "Still here." in part.read_text(encoding="utf-8"))
    words.wait_for_selector("[data-saved] >> text=Saved")


def clean(page):
    found = Axe().run(page)
    return [
        (each["id"], [node["html"] for node in each["nodes"]][:3])
        for each in found.response["violations"]
    ]


@pytest.mark.parametrize("face", ["light", "dark"])
def test_every_state_is_clean_for_screen_readers(words, part, face):
    words.evaluate("face => { document.documentElement.dataset.face = face }", face)
    behind(words, "with the rain outside")
    words.keyboard.type(PROMISE)
    words.wait_for_selector("#note:not([hidden])")
    for width, height in ((1360, 860), (820, 1180), (390, 844), (680, 430)):
        words.set_viewport_size({"width": width, "height": height})
        words.wait_for_timeout(400)
        assert clean(words) == [], (width, height)
        assert words.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    words.set_viewport_size({"width": 1360, "height": 860})
    words.get_by_role("button", name="Before we begin").first.click()
    words.get_by_role("button", name="Make it mine").wait_for()
    assert clean(words) == [], "a piece that is open"
    words.locator(".say .chip.time").first.press("Enter")
    assert clean(words) == [], "a chip that is open"
    words.keyboard.press("Escape")
    words.get_by_role("button", name="Keep mine…").click()
    assert clean(words) == [], "keeping"
    words.keyboard.press("Escape")
    words.get_by_role("button", name="Part", exact=True).click()
    words.locator("dialog.choose").wait_for()
    assert clean(words) == [], "choosing a part"
    words.keyboard.press("Escape")
    words.get_by_role("button", name="Text file").click()
    words.wait_for_selector(".line-problems li")
    assert clean(words) == [], "the text file"


def test_all_is_done_by_keys_and_the_list_of_keys_says_so(words, part):
    words.keyboard.press("?")
    listed = words.locator("dialog.keys").inner_text()
    for key in ("F8", "Enter", "Undo", "Use this wording"):
        assert key in listed
    words.keyboard.press("Escape")
    behind(words, "with the rain outside")
    words.keyboard.type(PROMISE)
    words.wait_for_selector("#note:not([hidden])")
    words.locator(".heading").last.focus()
    words.keyboard.press("F8")
    assert "rain outside" in words.evaluate("document.activeElement.textContent")


def test_listening_begins_at_the_caret_and_ends_by_escape(words, part):
    behind(words, "And that was all of it.")
    with words.expect_response(lambda answer: "/hearing/" in answer.url) as spoken:
        words.keyboard.press("Control+Enter")
    assert spoken.value.status == 200
    assert spoken.value.headers["content-type"] == "audio/wav"
    words.wait_for_selector(".say.heard >> text=And that was all of it.")
    words.keyboard.press("Escape")
    words.wait_for_selector(".heard", state="detached")


def test_the_first_change_of_another_client_s_part_asks_where_it_shall_be(words, desk, part):
    for name, who in (("zoes", "Zoë"), ("jans", "Jan")):
        path = desk.library / "scripts" / "sessions" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"title: Evening\nvalues: {{name: {who}}}\nsteps: [{part.stem}, coming-back]\n", "utf-8"
        )
    words.goto(f"{desk.base}session#zoes")
    words.get_by_role("link", name="Change the words").click()
    words.locator(".say", has_text="You could sit").click()
    words.keyboard.press("End")
    words.keyboard.type(" It is warm.")
    question = words.get_by_role("dialog", name="Change it in all 2 sessions, or only here?")
    question.get_by_text("Evening, for Jan").wait_for()
    assert Axe().run(words).response["violations"] == []
    assert part.read_text(encoding="utf-8") == SCRIPT, "nothing before it is said where"
    question.get_by_role("button", name="Only here").click()
    copy = part.with_stem(f"{part.stem}-2")
    until(lambda: copy.exists() and "It is warm." in copy.read_text(encoding="utf-8"))
    assert part.read_text(encoding="utf-8") == SCRIPT
    assert words.evaluate("location.hash") == f"#{copy.stem}"
    words.keyboard.type(" And dry.")
    until(lambda: "It is warm. And dry." in copy.read_text(encoding="utf-8"))
    assert copy.stem in (desk.library / "scripts/sessions/zoes.yaml").read_text()
    assert copy.stem not in (desk.library / "scripts/sessions/jans.yaml").read_text()


def test_a_word_that_passes_covers_no_bar(words):
    words.locator(".say").first.click()
    bar = words.locator("#insert").bounding_box()
    words.evaluate(
        """() => import("/static/common/notice.js").then(({ notice }) => notice("Pasted."))"""
    )
    shown = words.locator("#notices .notice").bounding_box()
    assert shown["y"] + shown["height"] <= bar["y"]


def test_a_new_part_is_written_where_the_caret_stands(page, desk):
    page.get_by_role("button", name="Write a part").click()
    page.get_by_label("What is the part called?").fill("By the sea")
    page.get_by_role("button", name="Begin to write").click()
    first = page.locator(".say")
    first.wait_for()
    hint = "You can sit or lie down, as you like."
    until(lambda: first.evaluate("each => each === document.activeElement"))
    assert first.get_attribute("aria-placeholder") == hint
    assert first.inner_text().strip() == ""
    page.keyboard.press("Control+Enter")
    page.get_by_text("Write a first sentence, and it can be heard.").wait_for()
    page.keyboard.type("There is the sea.")
    path = next((desk.library / "scripts").rglob("by-the-sea.yaml"))
    until(lambda: "There is the sea." in path.read_text(encoding="utf-8"))
    assert hint not in path.read_text(encoding="utf-8")
    page.keyboard.press("Enter")
    page.keyboard.type("And the sand.")
    first.first.click()
    box = page.locator("#screen").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 160)
    page.keyboard.type(" It is warm.")
    until(lambda: "And the sand. It is warm." in path.read_text(encoding="utf-8"))


def test_what_is_found_is_told_plainly_with_its_code_small_beside(words, part):
    part.write_text(
        SCRIPT.replace("in: 4s, out: 6s, cycles: 4", "in: 2s, out: 2s, cycles: 20"), "utf-8"
    )
    words.reload()
    words.wait_for_selector("#note:not([hidden])")
    told = words.locator("#note .what")
    until(lambda: "These are 15 breaths a minute; 10 are the most." in told.inner_text())
    assert words.locator("#note .code").inner_text() == "E114"
    assert "`" not in words.locator("#note").inner_text()
