"""The soundscape set against the voice in Firefox and in WebKit, the main way."""

from __future__ import annotations

import shutil

import pytest
from balancing import OVER, SHARE, SLIDER, STEMS, set_to
from listening import AUDIO

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

NEAR = f"Math.abs({STEMS}.currentTime - {AUDIO}.currentTime) < 0.2"


GAVE_UP = f"{SLIDER}.hidden"


@pytest.mark.parametrize("form", ["hosted folder", "single page"])
def test_the_stems_follow_or_the_session_goes_on_as_it_is(
    listening, rain, serve, tmp_path, request, form
):
    """WebKitGTK loses a sound that Web Audio has, at a seek: there is no slider."""
    if form == "hosted folder":
        address = serve(rain.folder)[0]
    else:
        address = shutil.copy(rain.folder / "rain.html", tmp_path / "sent.html").as_uri()
    one = listening(address).begin()
    one.tap("[data-opens=settings]")
    if "webkit" in request.node.name:
        assert not one.get(f"{SLIDER}.checkVisibility()"), "WebKit loses such a sound at a seek"
        return
    assert one.get(f"{SLIDER}.checkVisibility()")
    one.tap("#balance")  # in its middle; a browser may let sound begin in a tap alone
    one.until("document.querySelector('#balance').value < 0.7")
    one.until(f"({OVER} && {NEAR}) || {GAVE_UP}")
    one.tap("#settings-title ~ .actions [data-back]")
    one.go(14)
    one.press(" ")
    one.until(f"{AUDIO}.paused && {STEMS}.paused")
    one.press(" ")
    one.until(f"!{AUDIO}.paused && (({OVER} && !{STEMS}.paused && {NEAR}) || {GAVE_UP})")
    one.press("Escape")
    one.until(f"{AUDIO}.paused && {STEMS}.paused")
    one.tap("#go-on")
    one.until(f"!{AUDIO}.paused && (({OVER} && {NEAR}) || {GAVE_UP})")
    if "firefox" in request.node.name:
        assert not one.get(GAVE_UP)
    set_to(one, 1)
    one.until(f"{SHARE} > 0.99 && {STEMS}.paused", 30)  # giving up takes ten seconds
    before = one.at
    one.until(f"{AUDIO}.currentTime > {before} + 0.5")
