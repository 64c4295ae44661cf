"""Back in the room there is something to read, in step with ground.mp3, whatever else is so."""

from __future__ import annotations

import math
import shutil

import pytest
from listening import AUDIO, GROUND, PHONE

RATE = 48_000
NEAR = 0.06
"""Seconds that what is shown may be beside the sound."""

CAPTION = "document.querySelector('#ground-caption')"
CIRCLE = "document.querySelector('#ground-pacer-room')"
SHOWN = """
(count) => new Promise((resolve) => {
  const found = [];
  const frame = () => {
    const circle = document.querySelector('#ground-pacer');
    found.push([document.querySelector('#ground-audio').currentTime,
      document.querySelector('#ground-caption').textContent,
      document.querySelector('#ground-pacer-room').hidden ? null : circle.dataset.phase,
      Number(circle.style.getPropertyValue('--breath'))]);
    if (found.length < count) requestAnimationFrame(frame); else resolve(found);
  };
  requestAnimationFrame(frame);
})
"""


@pytest.fixture
def events(evening):
    return evening.manifest["serguide"]["ground_events"]


def due(events, at):
    """Return (sentence, phase, size) by the manifest; written apart from the page's own."""
    sentence, phase, size = "", None, None
    for event in sorted(events, key=lambda event: (event["start"], event["kind"])):
        start, end = event["start"] / RATE, event["end"] / RATE
        if event["kind"] == "breathe" and start <= at:
            sentence = ""  # what led another breath is over
            if at < end:
                bent = (1 - math.cos(math.pi * (at - start) / (end - start))) / 2
                phase, size = event["phase"], bent if event["phase"] == "in" else 1 - bent
        if event["kind"] == "say" and start <= at:
            sentence = event["text"]
    return sentence, phase, size


def assert_in_step(events, seen):
    for at, sentence, phase, size in seen:
        around = [due(events, at + step) for step in (-NEAR, 0, NEAR)]
        assert sentence in {wanted for wanted, _, _ in around}, at
        phases = {wanted for _, wanted, _ in around}
        if None not in phases:
            assert phase in phases, at
            sizes = [wanted for _, _, wanted in around]
            assert min(sizes) - 0.01 <= size <= max(sizes) + 0.01, at


def look_at(one, seconds):
    one.get(f"{GROUND}.currentTime = {seconds}")
    one.until(f"!{GROUND}.seeking && {GROUND}.currentTime > {seconds}")


def entered(one):
    one.press("Escape")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > 0.1")
    return one


@pytest.mark.parametrize("moment", [2, 15, 37])
def test_words_and_circle_are_with_ground_from_any_moment(opened, events, evening, moment):
    one = opened(**PHONE).begin()
    one.go(moment)
    one.page.tap("#room")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > 0.1")
    assert one.get(f"{CAPTION}.textContent") == ""
    # Sentences, a rest after one, guided breaths, breaths without a word, the last sentence.
    for seconds in (1.1, 4, 9, 11.2, 13.5, 17, 19, 21.5, 24):
        look_at(one, seconds)
        assert_in_step(events, one.page.evaluate(SHOWN, 12))
    left = one.at
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {GROUND}.paused")
    said = next(
        (e["text"] for e in evening.events
         if e["kind"] == "say" and e["start"] / RATE <= left < e["end"] / RATE), None,
    )  # fmt: skip
    if said is not None:
        one.until("document.querySelector('#caption').textContent !== ''")
        assert one.text("#caption") in " ".join(said.split())
    assert not one.page.locator("#ground-caption").is_visible()


def test_a_sentence_stays_through_the_rest_after_it_whole(opened):
    one = entered(opened(**PHONE).begin())
    look_at(one, 10)
    assert one.text("#ground-caption") == "Name five things that you can see."
    look_at(one, 27)
    assert one.text("#ground-caption") == (
        "You are here, in this room, and there is nothing that you have to do about it now."
    )


def test_entered_again_it_begins_again(opened, events):
    one = entered(opened().begin())
    look_at(one, 25)
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {GROUND}.paused")
    entered(one)
    assert one.get(f"{GROUND}.currentTime") < 3
    assert_in_step(events, one.page.evaluate(SHOWN, 12))


def test_words_are_there_though_captions_are_off_and_can_be_put_away(opened):
    one = opened(**PHONE).begin()
    one.tap("button[data-opens=settings]")
    one.page.locator("#captions").uncheck(force=True)
    entered(one)
    look_at(one, 4)
    assert one.page.locator("#ground-caption").is_visible()
    one.tap("#ground-words")
    assert not one.page.locator("#ground-caption").is_visible()
    assert one.text("#ground-words") == "Show the words"
    one.tap("section[data-view=ground] button[data-opens=call]")
    one.press("Escape")  # from aside, while it goes on: as it was left
    assert not one.page.locator("#ground-caption").is_visible()
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {GROUND}.paused")
    assert not one.page.locator("#caption").is_visible()
    entered(one)
    look_at(one, 4)
    assert one.page.locator("#ground-caption").is_visible()
    assert one.text("#ground-words") == "Put the words away"


def test_the_circle_can_be_put_away_and_held_still(opened):
    one = opened().begin()
    entered(one)
    look_at(one, 12)
    one.until(f"!{CIRCLE}.hidden")
    one.tap("#ground-pacer-still")
    one.page.wait_for_timeout(100)
    assert {size for *_, size in one.page.evaluate(SHOWN, 12)} == {0.5}
    one.tap("#go-on")
    one.tap("button[data-opens=settings]")
    one.page.locator("#circle").uncheck(force=True)
    entered(one)
    look_at(one, 12)
    one.until(f"{CIRCLE}.hidden")


def test_nothing_is_read_aloud_over_the_voice(opened):
    one = opened()
    assert not one.get(f"Boolean({CAPTION}.closest('[aria-live], [role=status], [role=alert]'))")
    entered(one.begin())
    look_at(one, 4)
    assert one.text("#live") == ""


def test_the_screen_stays_lit_while_there_is_something_to_read(opened):
    one = opened().begin()
    one.get("""(() => {
      window.lit = 0;
      navigator.wakeLock.request = async () => {
        window.lit += 1;
        return {addEventListener() {}, release() { window.lit -= 1; }};
      };
    })()""")
    one.page.wait_for_timeout(200)
    assert one.get("window.lit") == 0
    entered(one)
    one.until("window.lit === 1")
    one.press(" ")
    one.until("window.lit === 0")


def test_where_ground_cannot_be_played_its_words_go_on(listening, evening, tmp_path):
    folder = tmp_path / "torn"
    shutil.copytree(evening.folder, folder)
    (folder / "ground.mp3").unlink()
    one = listening((folder / "index.html").as_uri(), quiet=False).begin()
    one.press("Escape")
    one.until("!document.querySelector('#ground-broken').hidden")
    one.until(f"{CAPTION}.textContent === 'Look around.'")
    one.until(f"{CAPTION}.textContent === 'Name five things that you can see.'")
    one.tap("#voice")
    assert one.text("#voice") == "Let the voice go on"
    one.page.wait_for_timeout(4000)  # longer than the sentence before the next one
    assert one.text("#ground-caption") == "Name five things that you can see."
    one.tap("#voice")
    one.until(f"{CAPTION}.textContent === 'In.'")
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused")
    assert one.screen == "playing"
    one.press("Escape")
    one.until(f"{CAPTION}.textContent === 'Look around.'")


def test_where_its_sound_breaks_off_its_words_go_on_until_it_is_back(opened):
    one = entered(opened().begin())
    look_at(one, 10)
    one.get(f"({GROUND}.dispatchEvent(new Event('error')), {GROUND}.pause())")
    one.until(f"{CAPTION}.textContent === 'In.'", 4)
    assert one.page.locator("#ground-broken").is_visible()
    one.tap("#voice")  # waits
    at = one.get(f"{GROUND}.currentTime")
    one.tap("#voice")  # goes on, and the sound is back
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > {at}")
    # Its place moves with the seek; that it sounds is known a moment later.
    one.page.locator("#ground-broken").wait_for(state="hidden")
    assert one.get(f"{GROUND}.currentTime") > 10


def test_the_text_of_it_is_one_tap_away_and_leads_back(opened):
    one = entered(opened(**PHONE).begin())
    one.tap("section[data-view=ground] button[data-opens=read]")
    assert one.get("document.activeElement.id") == "text-ground"
    top = one.get("document.activeElement.getBoundingClientRect().top")
    assert 0 <= top < 844
    assert one.page.get_by_text("Look around. Name five things that you can see.").is_visible()
    one.tap("button[data-back]")
    assert one.screen == "ground"
    assert not one.get(f"{GROUND}.paused")


def test_staying_is_the_main_thing_and_the_voice_there_can_be_paused(opened):
    one = entered(opened(**PHONE).begin())
    look_at(one, 4)
    filled = one.get(
        "[...document.querySelectorAll('section[data-view=ground] .sage')].map((e) => e.id)"
    )
    assert filled == ["voice"]
    assert one.text("#voice") == "Pause the voice"
    one.tap("#voice")
    one.until(f"{GROUND}.paused")
    at = one.get(f"{GROUND}.currentTime")
    assert one.text("#voice") == "Let the voice go on"
    assert one.screen == "ground"
    one.until(f"{AUDIO}.paused")
    one.tap("#voice")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime > {at}")
    assert one.get(f"{GROUND}.currentTime") < at + 2
    look_at(one, 27)
    one.until(f"{GROUND}.ended")
    assert one.text("#voice") == "Once more"
    one.tap("#voice")
    one.until(f"!{GROUND}.paused && {GROUND}.currentTime < 3")
    assert one.text("#go-on") == "Go on from where I was"


def test_from_the_start_page_the_room_leads_back_to_it(opened):
    one = opened()
    one.press("Escape")
    one.until(f"!{GROUND}.paused")
    assert one.text("#go-on") == "To the beginning"
    one.tap("#go-on")
    assert one.screen == "before"


@pytest.mark.parametrize("file", ["index.html", "evening.html"])
def test_without_a_script_the_audio_leads_to_its_text(listening, evening, file):
    one = listening((evening.folder / file).as_uri(), java_script_enabled=False, quiet=False)
    link = one.page.locator("#ground a")
    assert link.get_attribute("href") == "#text-ground"
    assert link.bounding_box()["height"] >= 44
    assert one.page.locator("#text-ground").inner_text() == "Come back to the room"
    track = one.page.locator("#ground-audio track")
    assert track.get_attribute("src").startswith("data:text/vtt;base64,V0VCVlRU")


def test_one_file_has_the_words_too(listening, evening, events):
    one = entered(listening((evening.folder / "evening.html").as_uri(), **PHONE).begin())
    for seconds in (4, 12):
        look_at(one, seconds)
        assert_in_step(events, one.page.evaluate(SHOWN, 12))
