from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from samples import TrackMaker, contents_of, session

from serguide.base.units import Samples
from serguide.bundle.page.html import page_html

VOID = {"meta", "link", "img", "track", "input"}


class Page(HTMLParser):
    """Read a page, and fail when its elements are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.texts, self.style = [], [], [], ""
        self.scripts = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif data.strip():
            self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def hashed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & ' $title ${about} \0"


def test_the_page_plays_without_a_script(small):
    page = Page(page_html(small))
    audio = page.all("audio")
    assert [entry["src"] for entry in audio] == ["session.mp3", "ground.mp3"]
    assert all("controls" in entry and entry["preload"] == "metadata" for entry in audio)
    tracks = page.all("track")
    assert all(track["src"].startswith("data:text/vtt;base64,V0VCVlRU") for track in tracks)
    assert len({track["src"] for track in tracks}) == len(audio)
    assert "#text-ground" in [link["href"] for link in page.all("a")]
    assert "text-ground" in [heading.get("id") for heading in page.all("h3")]
    late = [attributes for _, attributes in page.tags if "data-late" in attributes]
    assert late
    assert all("hidden" in attributes for attributes in late)
    text = " ".join(page.texts)
    assert "not while driving or using machines" in text
    assert "You can stop at any time" in text
    assert text.count("Come back to the room") >= 3
    assert "Notice where your back meets the chair." in text
    assert "Breathing: in 4 seconds, out 6 seconds, 3 times" in text


def test_nothing_is_fetched_from_anywhere_else(small):
    text = page_html(small)
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert addresses
    apart = [address for address in addresses if not address.startswith("data:text/vtt;")]
    assert not any(":" in address or address.startswith("/") for address in apart)
    assert "url(" not in text
    assert "@import" not in text


def test_the_policy_allows_this_style_and_these_scripts_and_no_other(small):
    page = Page(page_html(small))
    policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
    early, data, script = page.scripts
    assert f"style-src {hashed(page.style)};" in policy
    assert f"script-src {hashed(early)} {hashed(script)};" in policy
    assert json.loads(data)["title"] == "The first evening"
    assert policy.startswith("default-src 'none'; media-src 'self'")
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert not any("style" in attributes for _, attributes in page.tags)
    assert not any(key.startswith("on") for _, attributes in page.tags for key in attributes)


def test_parts_link_into_the_session(small):
    page = Page(page_html(small))
    links = [a["href"] for a in page.all("a") if "#t=" in a["href"]]
    second = small.tracks[1].start / 48_000
    assert links[0] == "session.mp3#t=0"
    assert float(links[1].partition("#t=")[2]) == pytest.approx(second, abs=1e-6)
    assert len(links) == 3
    assert "On its own" in page.texts


def test_the_script_knows_the_ground_track_as_it_does_the_session(small):
    ground = replace(small.ground, delay=Samples(480))
    data = json.loads(Page(page_html(replace(small, ground=ground))).scripts[1])
    assert data["ground"].keys() == {"frames", "says", "breaths"} <= data.keys()
    assert data["ground"]["frames"] == small.ground.frames
    assert [(start, end, text) for start, end, text, *_ in data["ground"]["says"]] == [
        (event.start + 480, event.end + 480, event.text) for event in small.timeline.ground.speech()
    ]


def test_hostile_words_stay_words(small):
    track = TrackMaker("x", title=HOSTILE).chapter(HOSTILE).say(HOSTILE).done()
    contents = contents_of(session(track, title=HOSTILE, about=HOSTILE, language='en"><b>'))
    page = Page(page_html(contents))
    assert [script.get("type") for script in page.all("script")] == [
        None, "application/json", "module",
    ]  # fmt: skip
    data = json.loads(page.scripts[1])
    assert data["says"][0][2] == " ".join(HOSTILE.split())
    assert [image["src"] for image in page.all("img")] == ["cover.png"]
    assert not page.all("b")
    assert sum("<script>alert(1)</script>" in text for text in page.texts) >= 4
    assert sum("${about}" in text for text in page.texts) >= 4


def test_direction_follows_the_script():
    track = TrackMaker("x", title="שלום", language="he").say("שלום.").done()
    page = Page(page_html(contents_of(session(track, title="ערב", language="he"))))
    assert page.all("html")[0] == {"lang": "he", "dir": "rtl"}
    assert {"lang": "he", "dir": "rtl"} in page.all("p")
    notice = next(p for p in page.all("p") if p.get("class") == "notice")
    assert (notice["lang"], notice["dir"]) == ("en", "ltr")


def test_same_contents_same_bytes(small):
    assert page_html(small) == page_html(small)
