"""The soundscape set against the voice in Firefox and in WebKit, the main way."""

from __future__ import annotations

import shutil

import pytest
from balancing import OVER, SHARE, SLIDER, STEMS, set_to
from listening import AUDIO

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

NEAR = f"Math.abs({STEMS}.currentTime - {AUDIO}.currentTime) < 0.2"


@pytest.mark.parametrize("form", ["hosted folder", "single page"])
def test_the_stems_take_over_follow_and_give_back(listening, rain, serve, tmp_path, form):
    if form == "hosted folder":
        address = serve(rain.folder)[0]
    else:
        address = shutil.copy(rain.folder / "rain.html", tmp_path / "sent.html").as_uri()
    one = listening(address).begin()
    one.tap("[data-opens=settings]")
    assert one.get(f"{SLIDER}.checkVisibility()")
    one.tap("#balance")  # in its middle; a browser may let sound begin in a tap alone
    one.until("document.querySelector('#balance').value < 0.7")
    one.until(f"{OVER} && {NEAR}")
    one.tap("#settings-title ~ .actions [data-back]")
    one.go(14)
    one.press(" ")
    one.until(f"{AUDIO}.paused && {STEMS}.paused")
    one.press(" ")
    one.until(f"!{AUDIO}.paused && {OVER} && !{STEMS}.paused && {NEAR}")
    one.press("Escape")
    one.until(f"{AUDIO}.paused && {STEMS}.paused")
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && {OVER} && {NEAR}")
    set_to(one, 1)
    one.until(f"{SHARE} > 0.99 && {STEMS}.paused")
