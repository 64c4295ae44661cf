from __future__ import annotations

import json

import pytest

from serguide.base.errors import BundleError
from serguide.bundle.manifest import manifest_json
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.recognise import is_bundle


@pytest.fixture
def folder(small, tmp_path):
    (tmp_path / "session.json").write_text(manifest_json(small), encoding="utf-8")
    return tmp_path


def rewritten(folder, change):
    path = folder / "session.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_what_was_written_is_read(folder, small):
    manifest = read_manifest(folder)
    assert manifest.name == "The first evening"
    assert manifest.language == "en"
    own = manifest.serguide
    assert own.samplerate == 48_000
    placed = list(small.events())
    assert [(e.track, e.start, e.end, e.text) for e in own.events] == [
        (track, start, end, event.text) for track, start, end, event in placed
    ]
    assert own.tracks[1].chapters[1].title == "On its own"
    assert read_manifest(folder / "session.json") == manifest


def test_the_ground_track_s_events_are_read(folder, small):
    own = read_manifest(folder).serguide
    assert own.ground_frames == small.ground.frames
    assert [(e.kind, e.start, e.end, e.text) for e in own.ground_events] == [
        (event.kind, start, end, event.text) for start, end, event in small.ground_events()
    ]


@pytest.mark.parametrize("gone", [("ground_events",), ("ground_events", "ground_frames")])
def test_a_manifest_of_before_had_none(folder, gone):
    rewritten(folder, lambda data: [data["serguide"].pop(key) for key in gone])
    own = read_manifest(folder).serguide
    assert own.ground_events == ()
    assert own.events


def test_unknown_keys_are_let_be(folder):
    rewritten(folder, lambda data: data["serguide"]["events"][0].update(later="addition"))
    assert read_manifest(folder).serguide.events


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("serguide"), "not the manifest"),
        (lambda d: d["serguide"].update(format=2), "later serguide"),
        (lambda d: d["serguide"].update(audio="../../etc/passwd"), "inside the bundle"),
        (lambda d: d["serguide"].update(audio="https://example.org/a.mp3"), "inside the bundle"),
        (lambda d: d["serguide"]["tracks"][0].update(audio="/a.mp3"), "inside the bundle"),
        (lambda d: d["serguide"]["events"][0].update(track=9), "not there"),
        (lambda d: d["serguide"]["events"][0].update(end=-1), "serguide.events.0.end"),
        (lambda d: d["serguide"]["ground_events"][0].update(start=-1), "ground_events.0.start"),
        (lambda d: d["serguide"]["ground_events"][0].update(kind="x"), "ground_events.0.kind"),
        (lambda d: d["serguide"]["ground_events"][0].update(end=10**9), "end of the ground track"),
        (lambda d: d["serguide"].update(ground_frames=-1), "serguide.ground_frames"),
        (lambda d: d["serguide"]["tracks"][0].update(start=10**9), "ends before it starts"),
        (lambda d: d.pop("name"), "name"),
    ],
)
def test_a_wrong_manifest_is_one_clear_error(folder, change, said):
    path = rewritten(folder, change)
    with pytest.raises(BundleError, match=said) as caught:
        read_manifest(path)
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1]", b'{"a":', b"[" * 100_000])
def test_what_is_not_json_is_one_clear_error(tmp_path, content):
    (tmp_path / "session.json").write_bytes(content)
    with pytest.raises(BundleError):
        read_manifest(tmp_path)
    assert not is_bundle(tmp_path)


def test_a_folder_without_a_manifest(tmp_path):
    with pytest.raises(BundleError, match="cannot be read"):
        read_manifest(tmp_path)
