from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from samples import TrackMaker, contents_of, session

from serguide.base.units import SAMPLERATE
from serguide.bundle.manifest import manifest_json
from serguide.cli.group import cli
from serguide.encode.wav import WavEncoder

SCRIPT = """\
    title: Hello
    kind: relaxation
    values: {name: ""}
    cues:
      - say: Hello, {name}.
    """


@pytest.fixture(autouse=True)
def _null_device(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")


@pytest.fixture
def bundle(tmp_path):
    """A session of some four seconds."""
    return made(tmp_path / "hello", TrackMaker("hello").say("Hello.", seconds=1))


@pytest.fixture
def long_bundle(tmp_path):
    """A session of some fourteen seconds."""
    return made(tmp_path / "long", TrackMaker("hello").say("Hello.", seconds=1).rest(10))


def made(folder, track):
    (folder / "tracks").mkdir(parents=True)
    contents = contents_of(session(track.done(), ending="sleep"), ".wav")
    for file in (contents.audio, contents.ground, *contents.tracks):
        with WavEncoder(folder / file.path, 2) as encoder:
            encoder.write(np.zeros((contents.audio.frames, 2), np.float32))
    (folder / "session.json").write_text(manifest_json(contents), encoding="utf-8")
    return folder


@pytest.fixture
def no_device(monkeypatch):
    import miniaudio

    def none(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, ["play", *map(str, arguments)])


def test_a_bundle_is_played_to_its_end_in_plain_lines(bundle):
    done = run(bundle)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        "0:00  — Hello",
        "0:01  Hello.",
    ]
    assert done.stderr.startswith("The first evening\n")
    assert "not while driving" in done.stderr


def place_of(bundle):
    from serguide.player.model.bookmark import Bookmark, default_folder
    from serguide.player.model.open_bundle import open_playable

    return Bookmark(default_folder(), open_playable(bundle).key)


def test_it_goes_on_where_one_stopped(long_bundle):
    place = place_of(long_bundle)
    place.keep(11 * SAMPLERATE)
    assert run(long_bundle).stdout.startswith("0:11")
    assert place_of(long_bundle).position == 0  # it was heard to its end


def test_what_is_asked_for_reaches_the_player(bundle, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "serguide.player.ui.lines.play_lines", lambda *_arguments, **more: asked.append(more)
    )
    assert run(bundle, "--from-start").exit_code == 0
    assert run(bundle).exit_code == 0
    assert asked == [{"from_start": True}, {"from_start": False}]


def test_a_place_that_cannot_be_kept_troubles_nobody(bundle, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SERGUIDE_STATE", str(tmp_path / "file"))
    assert run(bundle).exit_code == 0


@pytest.mark.slow
def test_a_script_is_rendered_and_played(write, tmp_path, monkeypatch):
    library = write("library/scripts/hello.yaml", SCRIPT).parents[1]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    done = run("hello", "--library", library, "--voice", "tone", "--set", "name=Ana", "--no-ui")
    assert done.exit_code == 0, done.stderr
    assert "Hello, Ana." in done.stdout
    assert list(tmp_path.glob("serguide-*")) == []


def test_what_is_rendered_cannot_be_changed(bundle):
    done = run(bundle, "--voice", "tone")
    assert done.exit_code == 2
    assert "rendered already" in done.stderr


def test_defaults_of_the_user_do_not_stand_in_the_way(bundle, monkeypatch):
    monkeypatch.setenv("SERGUIDE_VOICE", "tone")
    assert run(bundle).exit_code == 0


def test_a_script_of_the_same_name_is_rendered_when_it_is_to_be_changed(
    bundle, write, monkeypatch, no_device
):
    library = write("library/scripts/hello.yaml", SCRIPT).parents[1]
    monkeypatch.chdir(bundle.parent)
    rendered = []

    def render(*arguments, **_more):
        rendered.append(arguments[0])
        raise KeyboardInterrupt

    monkeypatch.setattr("serguide.render.plan.plan", render)
    monkeypatch.setattr("serguide.player.audio.device.DeviceOutput.__init__", lambda _self: None)
    monkeypatch.setattr("serguide.player.audio.device.DeviceOutput.close", lambda _self: None)
    done = run("hello", "--library", library, "--set", "name=Eva")
    assert done.exit_code == 130
    assert [program.title for program in rendered] == ["Hello"]


def test_without_a_device_the_words_go_on_in_their_own_time(bundle, no_device):
    began = time.monotonic()
    done = run(bundle)
    took = time.monotonic() - began
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == ["0:00  — Hello", "0:01  Hello."]
    assert "The words and the breath go on without sound" in " ".join(done.stderr.split())
    assert took > 3  # some four seconds, not as fast as a machine can
    assert place_of(bundle).position == 0


def test_without_a_device_nobody_learns_it_only_after_the_words_were_spoken(no_device, monkeypatch):
    told = []

    def plan(*_arguments, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("serguide.render.plan.plan", plan)
    monkeypatch.setattr("serguide.cli.play.say", told.append)
    assert run("five-minute-reset").exit_code == 130
    assert "no audio device answers on this machine: the words will go on" in told[-1]


def test_what_is_not_there_is_told(tmp_path):
    done = run("the-frist-evening")
    assert done.exit_code == 2
    assert "the-first-evening" in done.stderr
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "holds no session" in done.stderr
    (tmp_path / "noise.mp3").write_bytes(b"nothing")
    done = run(tmp_path / "noise.mp3")
    assert done.exit_code == 1
    assert "not a sound file" in done.stderr
