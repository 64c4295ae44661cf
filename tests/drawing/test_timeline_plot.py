from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from samples import TrackMaker, evening, session, small_session

from serguide.drawing.raster import png_of
from serguide.drawing.timeline_plot import plot_svg

GOLDEN = Path(__file__).with_name("tiny.svg")
SVG = "{http://www.w3.org/2000/svg}"


def tiny():
    track = (
        TrackMaker("tiny")
        .sound()
        .say("Notice the chair.")
        .rest(6)
        .breathe(cycles=1, guide=0, in_=4, hold=1, out=6)
        .chapter("Back")
        .say("Thank you.")
        .done()
    )
    return session(track, title="Tiny")


def shapes(svg, kind):
    return [e for e in ET.fromstring(svg).iter() if e.get("class") == kind]


def test_the_whole_drawing_of_a_tiny_session():
    # When a change is meant: look at the new drawing, then save it as the golden one.
    assert plot_svg(tiny()) == GOLDEN.read_text(encoding="utf-8")


def test_every_event_is_drawn_where_it_happens():
    timeline = small_session()
    svg = plot_svg(timeline)
    events = [event for track in timeline.tracks for event in track.events]
    assert len(shapes(svg, "say")) == sum(event.kind == "say" for event in events)
    assert len(shapes(svg, "rest")) == sum(event.kind == "rest" for event in events)
    assert len(shapes(svg, "sound")) == sum(event.kind == "sound" for event in events)
    assert len(shapes(svg, "breath")) == 1
    assert len(shapes(svg, "chapter")) == 1
    longest = max(track.frames for track in timeline.tracks)
    scale = (1280 - 112) / longest
    bars = shapes(svg, "say")
    said = [event for event in events if event.kind == "say"]
    for bar, event in zip(bars, said, strict=True):
        assert float(bar.get("x")) == pytest.approx(56 + event.start * scale, abs=0.06)
        assert float(bar.get("width")) == pytest.approx((event.end - event.start) * scale, abs=0.06)


def test_the_breath_rises_and_falls():
    wave = shapes(plot_svg(tiny()), "breath")[0].get("d")
    points = wave.replace("M", "").split("C")
    heights = [float(points[0].split()[1]), *(float(part.split()[-1]) for part in points[1:])]
    low, high, held, back = heights
    assert high < low
    assert held == high
    assert back == low


def test_measured_loudness_is_drawn_and_told_from_the_planned():
    timeline = small_session()
    step = 4800
    loud = [(at, -20.0) for at in range(0, timeline.frames, step)]
    quiet = [(at, -50.0) for at in range(0, timeline.frames, step)]
    planned, one, other = (plot_svg(timeline, points) for points in (None, loud, quiet))
    assert "loudness, as planned" in planned
    assert "as planned" not in one

    def tops(svg):
        path = shapes(svg, "loudness")[0].get("d")
        return [float(pair.split()[1]) for pair in path.rstrip("Z").split("L")[1:-1]]

    assert max(tops(one)) < min(tops(other))
    assert len(set(tops(one))) == 1


def test_silence_is_on_the_floor():
    timeline = tiny()
    svg = plot_svg(timeline, [(0, -math.inf), (4800, math.nan)])
    assert "nan" not in svg
    assert "inf" not in svg


def test_titles_cannot_break_the_drawing():
    hostile = '"><script>&\0\x1b \ud83c\udf19'.encode("utf-16", "surrogatepass").decode("utf-16")
    track = TrackMaker("x", title=hostile).say("Hello.").chapter(hostile).done()
    svg = plot_svg(session(track, title=hostile, about=hostile))
    texts = [e.text for e in ET.fromstring(svg).iter(f"{SVG}text")]
    assert '"><script>& \U0001f319' in texts
    assert not list(ET.fromstring(svg).iter(f"{SVG}script"))
    assert png_of(svg, width=320).startswith(b"\x89PNG")


def test_a_track_without_an_event_and_a_day_long_track_are_drawn():
    long = TrackMaker("long").rest(24 * 3600).done()
    svg = plot_svg(session(TrackMaker("empty").done(), long))
    labels = [e.text for e in ET.fromstring(svg).iter(f"{SVG}text")]
    assert "12:00:00" in labels
    assert len(labels) < 60


def test_the_drawing_is_the_same_each_time_and_has_a_row_a_track():
    svg = plot_svg(evening())
    assert svg == plot_svg(evening())
    steps = [e.get("data-step") for e in ET.fromstring(svg).iter() if e.get("data-step")]
    assert steps == [
        "arriving-here", "held-by-the-chair", "easy-six", "lighter-heavier-same", "coming-back",
    ]  # fmt: skip
