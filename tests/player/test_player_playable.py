from __future__ import annotations

import json
import shutil

import pytest
from hand import tone, write

from serguide.errors import BundleError
from serguide.player.playable import Piece, open_playable


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
