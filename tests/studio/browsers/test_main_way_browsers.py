"""The main way in Firefox and in WebKitGTK, by real clicks and keys: a shorter form of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

READY_MADE = "In the time there is"
PROMISE = " With every drop, you will feel lighter."
BETTER = "You may feel lighter, or heavier, or the same."
PATH = "location.pathname === '{}'"
SAVED = "document.querySelector('[data-saved]').textContent === 'Saved'"
CLOCK = "document.querySelector('.clock .now').textContent"
CAPTION = "document.querySelector('p.caption').textContent"
TITLES = "[...document.querySelectorAll('.part .part-title')].map((e) => e.textContent)"
AUDIO = "document.querySelector('#session-audio')"


def picture(person, name):
    """Take a picture to be looked at, where somebody asked for them."""
    folder = os.environ.get("STUDIO_BROWSER_PICTURES")
    if folder:
        person.picture(Path(folder) / f"{person.name}-{name}.png")


def make_it(person):
    """Make “A quiet hour” of ten minutes for Zoë from a ready-made session."""
    person.sees("Nothing of yours yet.")
    picture(person, "shelf")
    person.tap("button.invitation")
    person.tap_words(READY_MADE, "dialog .choice")
    person.tap("#made-who")
    person.type("Zoë")
    person.until("/^as written, 1[01]/.test(document.querySelector('.minutes').textContent)")
    person.tap_words("Shorter", "dialog button")
    person.until("document.querySelector('.minutes').textContent === '10 minutes'")
    person.tap("#made-title")
    person.press("Control+a")
    person.type("A quiet hour")
    person.tap("dialog button[type=submit]")
    person.until(PATH.format("/session"))
    person.until("location.hash === '#a-quiet-hour' && document.querySelectorAll('.part')[4]")
    assert not person.get("location.href.includes('token')")


def change_a_sentence(person, desk):
    """Write a promise into the first part, and let the finding's wording take its place."""
    person.tap(".change-words")
    person.until(f"{PATH.format('/words')} && document.querySelector('.say')")
    person.tap_words("Nothing is expected of you", ".say", anywhere=True)
    person.press("Control+End")
    person.type(PROMISE)
    person.sees("A promise may not come true.")
    picture(person, "words")
    part = own_part(desk)
    assert PROMISE.strip() in part.read_text(encoding="utf-8")
    person.tap_words("Use this wording")
    person.sees("The wording is replaced.")
    person.until(f"{SAVED} && document.querySelector('#note').hidden")
    text = part.read_text(encoding="utf-8")
    assert BETTER in text
    assert PROMISE.strip() not in text
    person.press("Control+z")
    person.until(f"document.body.innerText.includes({PROMISE.strip()!r})")
    person.press("Control+y")
    person.until(f"document.body.innerText.includes({BETTER!r})")
    person.tap(".back")
    person.until(PATH.format("/session"))


def own_part(desk):
    [part] = desk.library.glob("scripts/relaxation/*.yaml")
    return part


def own_session(desk):
    path = desk.library / "scripts" / "sessions" / "a-quiet-hour.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def arrange(person, desk):
    """Drag a part to another place and take that back; leave a part out."""
    person.until("document.querySelectorAll('.part')[4]")
    before = person.get(TITLES)
    person.drag(".part:nth-child(2) .part-open", ".part:nth-child(3)", share=0.9)
    person.until(f"{TITLES}[2] === {before[1]!r}")
    person.press("Control+z")
    person.until(f"{TITLES}[1] === {before[1]!r}")
    person.tap_words("Letting the screen rest", ".part-open", anywhere=True)
    person.tap_words("Leave out")
    person.sees("Left out: Letting the screen rest")
    assert "letting-the-screen-rest" not in str(own_session(desk)["steps"])
    assert not person.get("document.activeElement === document.body"), "focus is not lost"


def hear(person, loudest):
    """Hear a sentence: sound leaves the browser, time goes on, and the captions follow."""
    person.tap(".lines .line.say .hear")
    person.until("document.querySelector('.play').getAttribute('aria-label') === 'Pause'")
    person.until("document.querySelector('.line.heard')", 60)
    first, at = person.get(CAPTION), person.get(CLOCK)
    assert first == person.get("document.querySelector('.line.heard .serif').textContent")
    assert loudest(1.5) > 0.02
    person.until(f"{CLOCK} !== {at!r} && {CAPTION} !== {first!r}", 40)
    picture(person, "session")
    person.tap(".play")
    person.until("document.querySelector('.play').getAttribute('aria-label') === 'Listen'")


def hand_over(person, desk):
    """Hand it over as one page; return its file, and the six words."""
    person.until("document.querySelector('.findings.none')", 60)
    person.tap_words("Hand over")
    person.until(f"{PATH.format('/handover')} && document.querySelector('#way-sound')")
    for way in ("sound", "handout"):
        person.tap(f"label[for=way-{way}]")
        person.until(f"!document.querySelector('#way-{way}').checked")
    person.tap_words("Make it for Zoë")
    person.sees("Save for Zoë", 240)
    picture(person, "handover")
    words = person.text(".six")
    [page] = (desk.library / "handed-over").glob("*/files/*.html")
    assert "zo" not in page.name.lower()
    return page, words


def open_as_the_client(person, page, words):
    """Open the page in the same browser, type the words, begin; it plays."""
    person.go_to(page.as_uri())
    person.tap("#lock-phrase")
    person.type(" ".join(words.split()))
    person.tap("#lock-form .go")
    person.until("document.querySelector('#begin')?.checkVisibility()", 60)
    person.tap("#begin")
    person.until(f"{AUDIO}.currentTime > 1")
    assert person.get(f"{AUDIO}.duration") == pytest.approx(600, abs=2)


def test_a_quiet_hour_for_zoe(person, desk, loudest):
    make_it(person)
    change_a_sentence(person, desk)
    arrange(person, desk)
    hear(person, loudest)
    page, words = hand_over(person, desk)
    session = own_session(desk)
    assert session["title"] == "A quiet hour"
    assert session["length"] == "10m"
    assert session["values"] == {"name": "Zoë"}
    assert session["steps"][0] == own_part(desk).stem
    person.check()
    open_as_the_client(person, page, words)
