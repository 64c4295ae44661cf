from __future__ import annotations

import contextlib
import json
import shutil

import numpy as np
import pytest
from hand import HandOutput, tone, write

from serguide.errors import BundleError
from serguide.player.control import open_engine
from serguide.player.playable import Piece, open_playable
from serguide.units import SAMPLERATE


def manifest(bundle):
    return json.loads((bundle / "session.json").read_text(encoding="utf-8"))["serguide"]


@pytest.mark.parametrize("inside", ["", "session.json", "session.wav"])
def test_a_bundle_is_its_session(bundle, inside):
    playable = open_playable(bundle / inside)
    assert playable.title == "The first evening"
    assert playable.pieces == (Piece(bundle / "session.wav"),)
    assert playable.ground == bundle / "ground.wav"
    tracks = manifest(bundle)["tracks"]
    starts = {track["start"]: track["title"] for track in tracks}
    parts = {part.start: part.title for part in playable.parts}
    assert starts.items() <= parts.items()
    assert "On its own" in parts.values()
    assert list(parts) == sorted(parts)
    said = [event for event in manifest(bundle)["events"] if event["kind"] == "say"]
    assert [(c.start, c.end, c.text) for c in playable.captions] == [
        (event["start"], event["end"], event["text"]) for event in said
    ]


def test_a_track_has_its_own_captions_counted_from_its_beginning(bundle):
    track = manifest(bundle)["tracks"][1]
    playable = open_playable(bundle / track["audio"])
    assert playable.ground == bundle / "ground.wav"
    assert playable.parts[0].start == 0
    assert playable.parts[0].title == track["title"]
    first = next(e for e in manifest(bundle)["events"] if e["track"] == 1 and e["kind"] == "say")
    assert playable.captions[0].start == first["start"] - track["start"]
    assert playable.captions[0].text == first["text"]


def test_the_ground_track_alone_has_no_captions_and_no_ground(bundle):
    playable = open_playable(bundle / "ground.wav")
    assert playable.ground is None
    assert playable.captions == ()
    assert len(playable.parts) == 1


def test_any_sound_file_can_be_played(tmp_path):
    playable = open_playable(write(tmp_path / "sea.wav", tone(4800)))
    assert (playable.title, playable.ground, playable.captions) == ("sea", None, ())


def test_what_is_said_where(bundle):
    playable = open_playable(bundle)
    second = playable.captions[1]
    assert playable.caption_at(playable.captions[0].start - 1) is None
    assert playable.caption_at(second.start) == second
    assert playable.caption_at(second.end) == second
    last = len(playable.parts) - 1
    assert playable.part_at(0) == 0
    assert playable.part_at(playable.parts[last].start) == last
    assert playable.part_at(playable.parts[last].start - 1) == last - 1


def test_a_folder_without_a_session_is_refused(tmp_path):
    with pytest.raises(BundleError, match="holds no session"):
        open_playable(tmp_path)


def test_another_samplerate_is_refused(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    data = json.loads((copy / "session.json").read_text(encoding="utf-8"))
    data["serguide"]["samplerate"] = 44_100
    (copy / "session.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BundleError, match="44100"):
        open_playable(copy)


def test_without_its_session_file_the_tracks_are_played_in_sequence(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    (copy / "session.wav").unlink()
    whole, playable = open_playable(bundle), open_playable(copy)
    tracks = manifest(bundle)["tracks"]
    assert [piece.path.name for piece in playable.pieces] == [
        track["audio"].rpartition("/")[2] for track in tracks
    ]
    assert (playable.parts, playable.captions, playable.key) == (
        whole.parts, whole.captions, whole.key,
    )  # fmt: skip
    output = HandOutput()
    with contextlib.closing(open_engine(playable, output)) as engine:
        engine.start()
        assert engine.status().frames == tracks[-1]["end"]
        joint = tracks[1]["start"]
        engine.seek(joint - SAMPLERATE)
        engine.play()
        heard = output.turn(2)[:, 0]
    # Each track is a tone that begins at its own start, so the joint is where it begins anew.
    expected = tone(2 * SAMPLERATE)[:, 0]
    np.testing.assert_allclose(heard[SAMPLERATE:], expected[:SAMPLERATE], atol=1e-4)
    before = tone(joint)[-SAMPLERATE // 2 :, 0]
    np.testing.assert_allclose(heard[SAMPLERATE // 2 : SAMPLERATE], before, atol=1e-4)


def test_without_its_ground_track_a_bundle_still_plays(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    (copy / "ground.wav").unlink()
    assert open_playable(copy).ground is None


def test_breaths_are_the_manifests(bundle):
    told = [event for event in manifest(bundle)["events"] if event["kind"] == "breathe"]
    assert [(b.start, b.end, b.phase) for b in open_playable(bundle).breaths] == [
        (event["start"], event["end"], event["phase"]) for event in told
    ]


def test_whom_to_call_begins_with_ones_own_country(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    data = json.loads((copy / "session.json").read_text(encoding="utf-8"))
    entry = {"kind": "emergency", "checked": "2026-01-02", "published": True}
    data["serguide"]["notices"] = {
        "locale": "de-AT",
        "contacts": [
            {**entry, "country": "DE", "number": "110"},
            {**entry, "country": "AT", "number": "133"},
        ],
        "cautions": ["Gently."],
    }
    (copy / "session.json").write_text(json.dumps(data), encoding="utf-8")
    playable = open_playable(copy)
    assert [contact.number for contact in playable.contacts] == ["133", "110"]
    assert playable.cautions == ("Gently.",)


def test_a_place_belongs_to_what_is_played(bundle):
    inside = ["", "session.wav", "ground.wav", manifest(bundle)["tracks"][0]["audio"]]
    keys = [open_playable(bundle / name).key for name in inside]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
