"""Drawings on the start and behind the words; the practice's mark; the words on paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import av
import numpy as np
import pytest
from listening import AUDIO, PHONE
from samples import contents_of, small_session

from serguide.bundle.page.html import page_html
from serguide.notices.model import Notices, Practice

IMAGE = "document.querySelector('#scene img:not(.going)')"
HOSTILE = (
    "data:image/svg+xml;base64,"
    # <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>top.ran = 1</script></svg>
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxzY3JpcHQ+"
    "dG9wLnJhbiA9IDE8L3NjcmlwdD48L3N2Zz4="
)
NOTICES = Notices(
    supervised_by="Ana",
    made_for="Zoë",
    practice=Practice("By the River", "CranioSacral therapy", HOSTILE),
)


def page_of(tmp_path, notices):
    path = tmp_path / "index.html"
    contents = replace(contents_of(small_session()), notices=notices)
    path.write_text(page_html(contents), encoding="utf-8")
    return path.as_uri()


def lightness(png):
    """Return a picture's L* (CIE 1976), 0 to 100, shape (height, width)."""
    with av.open(io.BytesIO(png), "r") as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="rgb24") / 255.0
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    y = linear @ (0.2126, 0.7152, 0.0722)
    return np.where(y > 0.008856, 116 * np.cbrt(y) - 16, 903.3 * y)


def test_the_start_shows_the_session_s_drawing(opened):
    for viewport in ({"width": 320, "height": 568}, {"width": 1280, "height": 800}):
        one = opened(viewport=viewport)
        box = one.page.locator("#cover").bounding_box()
        assert box["height"] >= 88
        assert one.get("document.querySelector('#cover').naturalWidth") == 800


def test_each_part_has_its_own_drawing_behind_the_words(opened, evening):
    one = opened(**PHONE).begin()
    seen = []
    for track in evening.tracks:
        one.go(track["start"] / 48_000 + 2)
        one.until(f"{IMAGE}.complete && {IMAGE}.naturalWidth > 0")
        seen.append(one.get(f"{IMAGE}.src"))
        assert seen[-1].startswith("data:image/svg+xml;base64,")
    assert len(set(seen)) == len(evening.tracks)
    assert one.get("getComputedStyle(document.querySelector('#scene')).zIndex") == "-1"
    assert one.get("document.querySelector('#scene').ariaHidden") == "true"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_is_dim(opened, theme):
    one = opened(**PHONE, reduced_motion="reduce")
    if theme == "light":
        one.get("document.querySelector('#light').click()")
    one.begin()
    one.until(f"{IMAGE}.complete")
    one.page.wait_for_timeout(3500)
    one.get("document.querySelectorAll('main, footer').forEach((e) => e.style.opacity = 0)")
    with_it = lightness(one.page.screenshot())
    one.get("document.querySelector('#scene').style.display = 'none'")
    without = lightness(one.page.screenshot())
    stands_out = np.abs(with_it - without)
    assert 1.0 < stands_out.max() < 12.0


def test_it_drifts_slower_than_a_breath_and_not_at_all_where_nothing_may_move(opened):
    style = f"getComputedStyle({IMAGE})"
    one = opened().begin()
    one.until(IMAGE)
    names, durations = one.get(f"[{style}.animationName, {style}.animationDuration]")
    drift = float(durations.split(", ")[names.split(", ").index("drift")].removesuffix("s"))
    assert drift >= 30
    one.press(" ")
    one.until(f"{style}.animationPlayState.endsWith('paused')")
    still = opened(reduced_motion="reduce").begin()
    still.until(IMAGE)
    assert still.get(f"{style}.animationName") == "none"


def test_it_stands_nowhere_but_behind_what_plays(opened):
    one = opened().begin()
    one.press("Escape")
    one.until("getComputedStyle(document.querySelector('#scene')).opacity === '0'")


def test_whom_it_is_for_and_whose_practice_it_comes_from(listening, tmp_path):
    one = listening(page_of(tmp_path, NOTICES), quiet=False)
    assert one.text(".made-for") == "For Zoë, from Ana"
    assert "By the River" in one.text(".practice")
    assert "CranioSacral therapy" in one.text(".practice")
    assert one.page.locator(".practice img").count() == 1
    assert one.get("window.ran") is None  # a script in the mark
    assert not [url for url in one.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.mark.parametrize(
    ("notices", "told"),
    [
        (Notices(made_for="Zoë"), "For Zoë"),
        (Notices(supervised_by="Ana"), "From Ana"),
        (Notices(made_for="Zoë", practice=Practice("By the River")), "For Zoë, from By the River"),
        (Notices(), None),
        (Notices(made_for="<b>Zoë</b>"), "For <b>Zoë</b>"),
    ],
)
def test_what_is_not_known_is_not_said(tmp_path, notices, told):
    contents = replace(contents_of(small_session()), notices=notices)
    found = re.search(r'<p class="made-for"[^>]*>(.*?)</p>', page_html(contents))
    assert (found and found[1].replace("&lt;", "<").replace("&gt;", ">")) == told


@pytest.mark.parametrize("screen", ["before", "playing"])
def test_on_paper_are_the_words(opened, screen):
    one = opened()
    if screen == "playing":
        one.begin()
    one.page.emulate_media(media="print")
    for words in ("Notice where your back meets the chair.", "Breathing: in 4 seconds"):
        assert one.page.locator(".transcript").get_by_text(words).first.is_visible()
    assert one.page.locator("#title").is_visible()
    assert one.page.locator(".calls a[href='tel:112']").first.is_visible()
    for left_out in ("#room", "#begin", "#play", "#scale-before", "#scene"):
        assert not one.page.locator(left_out).is_visible(), left_out
    tall = one.get("document.querySelector('main').scrollHeight")
    assert one.get("document.querySelector('main').clientHeight") == tall  # nothing is cut off
    assert one.page.pdf().startswith(b"%PDF") if screen == "before" else True


def test_paused_is_said_in_words(opened):
    one = opened().begin()
    assert one.text("#state") == ""
    one.press(" ")
    one.until(f"{AUDIO}.paused")
    assert one.text("#state") == "Paused"


def test_the_bar_tells_speech_from_rest_and_breath(opened):
    one = opened().begin()
    paths = one.get(
        "['said', 'rests', 'waves'].map((name) =>"
        " document.querySelector(`#bars .${name}`).getAttribute('d'))"
    )
    assert all(paths)
    said, rests, waves = paths
    heights = [
        float(bottom) - float(top) for top, bottom in re.findall(r"M\S+ (\S+?)V([\d.]+)", said)
    ]
    assert max(heights) > 30
    assert "V" not in rests
    assert "c" in waves
