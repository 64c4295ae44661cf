from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from publication import FatalError, process
from samples import TrackMaker, contents_of, evening, session, small_session

from serguide.base.units import Samples
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import Contents
from serguide.bundle.page.html import page_html
from serguide.notices.model import Notices
from serguide.render.measures import SessionLoudness

BASE = "file:///home/ana/the-first-evening/session.json"


def undated(errors):
    """Leave out the dates, which a bundle does without on purpose."""
    return [error for error in errors if error[1] not in ("dateModified", "datePublished")]


def hostile():
    track = (
        TrackMaker("můj skript #1", title='"<b>\\ </script>\n\u2028', language="he")
        .say("שלום.")
        .done()
    )
    return session(track, title='A "title" \\ with\nall', about="", language="he")


@pytest.mark.parametrize("suffix", [".mp3", ".opus"])
@pytest.mark.parametrize("timeline", [small_session, evening, hostile])
def test_manifest_is_a_valid_w3c_audiobook(timeline, suffix):
    contents = contents_of(timeline(), suffix=suffix)
    manifest = json.loads(manifest_json(contents))
    errors = process(manifest, BASE, page_html(contents))
    assert undated(errors) == []
    assert len(errors) == 2


def test_durations_add_up_where_no_track_is_a_whole_microsecond(small):
    third = [replace(file, start=Samples(0), end=Samples(file.frames + 8)) for file in small.tracks]
    manifest = json.loads(manifest_json(replace(small, tracks=tuple(third))))
    assert undated(process(manifest, BASE)) == []


@pytest.mark.parametrize(
    ("spoil", "step"),
    [
        (lambda m: m.pop("author"), "recommended"),
        (lambda m: m.update(duration="PT1S"), "durations do not add up"),
        (lambda m: m["resources"].append("tracks/01-arriving-here.mp3 x"), "linked resource url"),
        (lambda m: m["readingOrder"].append(m["readingOrder"][0]), "not unique"),
        (lambda m: m["resources"].pop(1), "cover"),
        (lambda m: m.update(inLanguage="english!"), "inLanguage"),
        (lambda m: m.update(abridged="no"), "value category"),
    ],
)
def test_the_check_itself_finds_faults(small, spoil, step):
    manifest = json.loads(manifest_json(small))
    spoil(manifest)
    assert step in [error[0] for error in undated(process(manifest, BASE))]


def test_the_check_itself_refuses_what_is_no_audiobook(small):
    manifest = json.loads(manifest_json(small))
    with pytest.raises(FatalError):
        process(manifest | {"conformsTo": "https://example.org/"}, BASE)


def test_the_serguide_key(small):
    own = json.loads(manifest_json(small))["serguide"]
    assert list(own) == [
        "format", "samplerate", "audio", "ground", "ending", "voice", "voices",
        "loudness", "notices", "tracks", "events", "ground_frames", "ground_events",
    ]  # fmt: skip
    assert own["voices"] == [
        {"name": "espeak:en-us", "licence": "GPL-3.0-or-later", "origin": "eSpeak NG"}
    ]
    assert own["loudness"] == {
        "integrated": -18.1,
        "speech": -18.0,
        "true_peak": -2.3,
        "unit": "LUFS, dBTP",
    }
    first, second = own["tracks"]
    assert (first["start"], first["end"]) == (0, second["start"])
    assert first["step"] == "arriving-here"
    assert first["kind"] == "relaxation"
    assert first["audio"] == "tracks/01-arriving-here.mp3"
    assert len(first["sha256"]) == 64
    assert [chapter["title"] for chapter in second["chapters"]] == ["Easy six", "On its own"]


def test_every_key_is_documented(small):
    contents = replace(small, notices=Notices("AT", (), (), "Jana Nova"))
    own = json.loads(manifest_json(contents))["serguide"]
    told = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text(encoding="utf-8")
    inner = [own["loudness"], own["notices"], own["tracks"][0], own["tracks"][0]["chapters"][0]]
    for entry in (own, *inner, *own["events"], *own["ground_events"]):
        for key in entry:
            assert f"`{key}`" in told, key


def test_events_are_placed_in_the_session(small):
    own = json.loads(manifest_json(small))["serguide"]
    events = own["events"]
    assert [event["kind"] for event in events[:3]] == ["sound", "say", "pause"]
    assert events[0]["text"] == "bowl"
    say = events[1]
    assert say == {
        "track": 0,
        "kind": "say",
        "start": 48_000 * 7,
        "end": say["end"],
        "text": "If you like, close your eyes, or rest them on one spot.",
        "line": 10,
    }
    breaths = [event for event in events if event["kind"] == "breathe"]
    assert [event["phase"] for event in breaths] == ["in", "out"] * 3
    assert [event["cycle"] for event in breaths] == [0, 0, 1, 1, 2, 2]
    start = own["tracks"][1]["start"]
    assert all(event["start"] >= start for event in breaths)
    assert all(after["start"] - before["start"] == 480_000
               for before, after in zip(breaths[::2], breaths[2::2], strict=False))  # fmt: skip


@pytest.mark.parametrize("delay", [0, 1105])
def test_the_ground_track_has_events_in_its_own_file(small, delay):
    ground = replace(small.ground, end=Samples(small.ground.end + delay), delay=Samples(delay))
    own = json.loads(manifest_json(replace(small, ground=ground)))["serguide"]
    assert own["ground"] == "ground.mp3"
    assert own["ground_frames"] == small.timeline.ground.frames + delay
    events = own["ground_events"]
    assert [event["kind"] for event in events[:4]] == ["say", "pause", "say", "pause"]
    first = small.timeline.ground.events[0]
    assert events[0] == {
        "kind": "say",
        "start": 48_000 + delay,
        "end": first.end + delay,
        "text": "Look around.",
        "line": 9,
    }
    assert events[-1]["end"] < own["ground_frames"]


def test_breaths_of_the_ground_track_are_told_as_the_session_s_are():
    back = TrackMaker("back", "grounding").breathe(cycles=1, guide=0, in_=4, out=6).done()
    own = json.loads(manifest_json(contents_of(session(TrackMaker("x").done(), ground=back))))
    assert [
        (event["kind"], event["phase"], event["cycle"], event["start"], event["end"])
        for event in own["serguide"]["ground_events"]
    ] == [("breathe", "in", 0, 48_000, 240_000), ("breathe", "out", 0, 240_000, 528_000)]


def test_one_event_a_line_and_letters_as_they_are():
    track = TrackMaker("x").say("Nádech – výdech.", "Ještě jednou.").done()
    text = manifest_json(contents_of(session(track)))
    lines = [line.strip().rstrip(",") for line in text.splitlines()]
    said = [json.loads(line) for line in lines if '"kind": "say"' in line]
    assert [event["text"] for event in said][:2] == ["Nádech – výdech.", "Ještě jednou."]
    assert len(said) == 6  # those of the ground track too
    assert "Nádech" in text


def test_same_contents_same_bytes_and_same_name():
    one, other = (manifest_json(contents_of(small_session())) for _ in range(2))
    assert one == other
    changed = contents_of(small_session())
    changed = replace(changed, loudness=SessionLoudness(-18.1, -18.0, -2.5))
    assert json.loads(manifest_json(changed))["id"] != json.loads(one)["id"]


def test_silence_has_no_loudness(small):
    quiet = replace(small, loudness=SessionLoudness(None, None, None))
    assert json.loads(manifest_json(quiet))["serguide"]["loudness"]["speech"] is None


def test_contents_need_a_file_for_each_track(small):
    with pytest.raises(ValueError, match="each track"):
        Contents(small.timeline, small.audio, small.tracks[:1], small.ground, small.loudness)
