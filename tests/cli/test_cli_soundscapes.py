from __future__ import annotations

import json
import wave

import numpy as np
import pytest
from click.testing import CliRunner

from serguide.audio.oneshots import ONE_SHOTS
from serguide.cli.group import cli
from serguide.script.library import builtin_library


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, ["soundscapes", *arguments])


def stereo(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels()) == (48_000, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768


@pytest.fixture
def own(tmp_path, write):
    """A library with a recipe, a recording and a recipe that is wrong."""
    write(
        "lib/imagery/soundscapes/my-window.yaml",
        """\
        title: My window
        about: Rain.
        layers:
          - sound: rain
        """,
    )
    write("lib/imagery/soundscapes/wrong.yaml", "title: Wrong\nlayers: []\n")
    with wave.open(str(tmp_path / "lib/imagery/soundscapes/garden.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        noise = np.random.Generator(np.random.PCG64(1)).normal(0, 3000, 12 * 48_000)
        file.writeframes(noise.astype("<i2").tobytes())
    return tmp_path / "lib"


def test_all_that_is_shipped_is_listed():
    rows = json.loads(run("--json").stdout)
    recipes = {row["name"] for row in rows if row["kind"] == "recipe"}
    assert recipes == set(builtin_library().soundscapes)
    assert {row["name"] for row in rows if row["kind"] == "one-shot"} == set(ONE_SHOTS)
    porch = next(row for row in rows if row["name"] == "porch-by-the-river")
    assert porch["title"] == "Porch by the river"
    assert "stream" in porch["layers"]
    assert porch["path"].endswith("porch-by-the-river.yaml")


def test_ones_own_come_too_and_the_wrong_one_is_named(own):
    done = run("--library", str(own))
    assert done.exit_code == 0
    assert "my-window" in done.stdout
    assert "garden" in done.stdout.partition("sound files of your own")[2]
    assert "wrong" not in done.stdout
    assert "wrong.yaml:2:" in done.stderr


@pytest.mark.parametrize("name", ["my-window", "garden"])
def test_a_sample_has_soft_ends(own, tmp_path, name):
    target = tmp_path / "sample.wav"
    done = run("--library", str(own), "--sample", name, "-o", str(target))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"{target}\n"
    found = stereo(target)
    assert len(found) == 20 * 48_000
    assert np.abs(found[0]).max() == 0
    assert np.abs(found[-10:]).max() < 1e-4
    middle = np.sqrt(np.mean(found[5 * 48_000 : 15 * 48_000] ** 2))
    assert 0.01 < middle < 0.2
    assert np.abs(found).max() < 0.99


def test_a_one_shot(tmp_path):
    target = tmp_path / "bowl.wav"
    assert run("--sample", "bowl", "-o", str(target)).exit_code == 0
    assert np.abs(stereo(target)).max() > 0.01


def test_it_plays_where_there_is_a_device(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    assert run("--play", "woodblock").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--sample", "bowl"], 2, "-o bowl.wav"),
        (["-o", "x.wav"], 2, "--sample NAME"),
        (["--sample", "bowl", "-o", "x.mp3"], 2, ".wav"),
        (["--sample", "bowl", "--play", "bell", "-o", "x.wav"], 2, "leave one"),
        (["--sample", "porch-by-the-rivers", "-o", "x.wav"], 1, "porch-by-the-river"),
        (["--sample", "bowll", "-o", "x.wav"], 1, "`bowl`"),
        (["--sample", "none", "-o", "x.wav"], 1, "no soundscape"),
    ],
)
def test_wrong_wishes(arguments, code, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == code
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []
