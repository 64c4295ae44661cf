from __future__ import annotations

import contextlib
import json
import shutil

import numpy as np
import pytest
from hand import HandOutput, tone, write

from serguide.base.errors import BundleError
from serguide.base.units import SAMPLERATE
from serguide.player.control import open_engine
from serguide.player.model.open_bundle import open_playable
from serguide.player.model.playable import Ground, PlayableFile


def manifest(bundle):
    return json.loads((bundle / "session.json").read_text(encoding="utf-8"))["serguide"]


@pytest.mark.parametrize("inside", ["", "session.json", "session.wav"])
def test_a_bundle_is_its_session(bundle, inside):
    playable = open_playable(bundle / inside)
    assert playable.title == "The first evening"
    assert playable.pieces == (PlayableFile(bundle / "session.wav"),)
    assert playable.ground.path == bundle / "ground.wav"
    tracks = manifest(bundle)["tracks"]
    starts = {track["start"]: track["title"] for track in tracks}
    parts = {part.start: part.title for part in playable.parts}
    assert starts.items() <= parts.items()
    assert "On its own" in parts.values()
    assert list(parts) == sorted(parts)
    said = [event for event in manifest(bundle)["events"] if event["kind"] == "say"]
    assert [(c.start, c.end, c.text) for c in playable.score.captions] == [
        (event["start"], event["end"], event["text"]) for event in said
    ]


def test_without_files_of_its_tracks_the_session_is_still_the_whole(bundle, tmp_path):
    """As in a bundle that came as a zip."""
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    shutil.rmtree(copy / "tracks")
    data = json.loads((copy / "session.json").read_text(encoding="utf-8"))
    for track in data["serguide"]["tracks"]:
        track["audio"] = data["serguide"]["audio"]
    (copy / "session.json").write_text(json.dumps(data), encoding="utf-8")
    whole = open_playable(bundle)
    for inside in ("", "session.wav"):
        playable = open_playable(copy / inside)
        assert (playable.parts, playable.score) == (whole.parts, whole.score)
        assert playable.pieces == (PlayableFile(copy / "session.wav"),)


def test_a_track_has_its_own_captions_counted_from_its_beginning(bundle):
    track = manifest(bundle)["tracks"][1]
    playable = open_playable(bundle / track["audio"])
    assert playable.ground.path == bundle / "ground.wav"
    assert playable.parts[0].start == 0
    assert playable.parts[0].title == track["title"]
    first = next(e for e in manifest(bundle)["events"] if e["track"] == 1 and e["kind"] == "say")
    assert playable.score.captions[0].start == first["start"] - track["start"]
    assert playable.score.captions[0].text == first["text"]


def test_the_ground_track_has_a_score_of_its_own(bundle):
    told = [e for e in manifest(bundle)["ground_events"] if e["kind"] == "say"]
    whole, alone = open_playable(bundle), open_playable(bundle / "ground.wav")
    assert [(c.start, c.end, c.text) for c in whole.ground.score.captions] == [
        (event["start"], event["end"], event["text"]) for event in told
    ]
    assert whole.score_of("ground") == whole.ground.score == alone.score
    assert whole.score_of("session") == whole.score != whole.ground.score
    assert whole.score_of("end").captions == ()
    assert (alone.ground, len(alone.parts)) == (None, 1)
    assert alone.score_of("ground").captions == ()


def test_a_bundle_of_before_has_no_words_for_its_ground_track(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    data = json.loads((copy / "session.json").read_text(encoding="utf-8"))
    del data["serguide"]["ground_events"], data["serguide"]["ground_frames"]
    (copy / "session.json").write_text(json.dumps(data), encoding="utf-8")
    before = open_playable(copy)
    assert before.ground == Ground(copy / "ground.wav")
    assert before.score == open_playable(bundle).score


def test_what_led_one_breath_is_gone_when_the_next_begins(bundle):
    score = open_playable(bundle).score
    led, third = score.captions[-2], score.breaths[2]
    assert led.text == "Breathe out"
    assert score.caption_at(third.start - 1) == led
    assert score.caption_at(third.start) is None
    assert score.caption_at(score.breaths[-1].end - 1) is None


def test_any_sound_file_can_be_played(tmp_path):
    playable = open_playable(write(tmp_path / "sea.wav", tone(4800)))
    assert (playable.title, playable.ground, playable.score.captions) == ("sea", None, ())


def test_what_is_said_where(bundle):
    playable = open_playable(bundle)
    second = playable.score.captions[1]
    assert playable.score.caption_at(playable.score.captions[0].start - 1) is None
    assert playable.score.caption_at(second.start) == second
    assert playable.score.caption_at(second.end) == second
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
    assert (playable.parts, playable.score, playable.key) == (
        whole.parts, whole.score, whole.key,
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
    assert [(b.start, b.end, b.phase) for b in open_playable(bundle).score.breaths] == [
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
