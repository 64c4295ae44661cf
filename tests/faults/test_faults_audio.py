"""A therapist's own sound files, broken by chance or on purpose: refused clearly and in bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from fault_audio import flac_bomb, mutated, wav
from faultlab import HERE, portion, write_script, write_sound

from serguide.base.errors import SoundError
from serguide.soundscapes.recorded import audio_file as audiofile
from serguide.soundscapes.recorded.audio_file import AudioFileDecoder
from serguide.soundscapes.recorded.file_bed import FileBed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="measures with getrusage")

BYTES = 350_000_000
ENDINGS = ("wav", "flac", "mp3", "ogg")


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    return [write_sound(folder / f"a.{ending}", seconds=1.5).read_bytes() for ending in ENDINGS]


def test_mutated_files_play_or_are_refused_by_name(originals, tmp_path):
    outcomes = {"played": 0, "refused": 0}
    for seed in range(portion(500, 16)):
        path = tmp_path / f"mutant-{seed}.{ENDINGS[seed % 4]}"
        path.write_bytes(mutated(originals[seed % 4], seed))
        said = None
        try:
            heard = sum(block.shape[0] for block in FileBed(path).blocks(48_000))
        except SoundError as error:
            said = error
        if said is None:
            assert heard == 48_000
        else:
            assert path.name in said.message
            assert said.hint
        outcomes["refused" if said else "played"] += 1
    assert min(outcomes.values()) > 0, outcomes


def bounded(path):
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    run = subprocess.run(
        [sys.executable, HERE / "fault_audio.py", path],
        capture_output=True, text=True, timeout=300, check=True, env=environment,
    )  # fmt: skip
    found = json.loads(run.stdout)
    assert found["memory"] < BYTES, found
    return found


def test_a_decompression_bomb(tmp_path):
    """An hour and a half of silence in 1.2 MB: below what is refused unheard, so it is heard."""
    path = flac_bomb(tmp_path / "bomb.flac", portion(5400, 1200))
    assert path.stat().st_size < 2_000_000
    assert "is silent" in bounded(path)["said"]


def test_a_bomb_that_says_it_is_short(tmp_path):
    """The header's count of samples is set to one second; what follows is not believed."""
    data = bytearray(flac_bomb(tmp_path / "lying.flac", 600).read_bytes())
    data[21:26] = bytes([data[21] & 0xF0]) + (48_000).to_bytes(4, "big")
    path = tmp_path / "lying.flac"
    path.write_bytes(data)
    bounded(path)


@pytest.mark.parametrize("kind", ["flac", "wav"])
def test_ten_hours_are_refused_unheard(tmp_path, kind):
    path = tmp_path / f"ten.{kind}"
    if kind == "wav":
        wav(path, 10 * 3600, rate=8000, channels=1)
    else:
        data = bytearray(write_sound(path, seconds=2).read_bytes())
        data[21:26] = bytes([data[21] & 0xF0]) + (10 * 3600 * 48_000).to_bytes(4, "big")
        path.write_bytes(data)
    found = bounded(path)
    assert "lasts longer than 2:00:00" in found["said"]
    assert "export some minutes" in found["said"]
    assert found["seconds"] < 5


def test_headers_that_claim_what_is_not_there(tmp_path):
    for name, path in {
        "long": wav(tmp_path / "long.wav", 2, says=600 * 192_000),
        "most": wav(tmp_path / "most.wav", 2, says=0xFFFFFFFF),
        "none": wav(tmp_path / "none.wav", 0, says=0),
        "many": wav(tmp_path / "many.wav", 2, channels=2000),
        "fast": wav(tmp_path / "fast.wav", 2, rate=4_000_000),
    }.items():
        found = bounded(path)
        assert f"{name}.wav" in found["said"], found


@pytest.mark.parametrize(
    "way",
    ["os.abort()", "os.kill(os.getpid(), 11)", "b'x' * 10**9", "os._exit(3)", "time.sleep(99)"],
)
def test_the_decoder_dies_and_the_program_does_not(tmp_path, monkeypatch, way):
    """The real decoder, with a fault put into its way of opening a file."""
    broken = tmp_path / "decoder.py"
    text = audiofile._SCRIPT.read_text(encoding="utf-8")
    assert "    with open(path" in text
    text = text.replace("    with open(path", f"    {way}\n    with open(path")
    text = text.replace("import threading", "import threading, time", 1)
    broken.write_text(text.replace("_PATIENCE = 30", "_PATIENCE = 1"), encoding="utf-8")
    monkeypatch.setattr(audiofile, "_SCRIPT", broken)
    path = write_sound(tmp_path / "rain.flac", 2)
    with pytest.raises(SoundError, match=r"rain\.flac") as caught:
        AudioFileDecoder(path)
    assert caught.value.hint
    said = "too much memory" if "10**9" in way else "crashed"
    assert said in caught.value.message or sys.platform != "linux"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("https://localhost/rain.mp3", "sound file"),
        ("concat:a.mp3|b.mp3", "sound file"),
        ("/dev/zero", "sound file"),
        ("/dev/stdin", "sound file"),
        ("/proc/self/mem", "mem"),
        (".", "sound file"),
    ],
)
def test_what_is_no_file(launcher, tmp_path, given, said):
    if sys.platform != "linux":
        pytest.skip("forks")
    script = write_script(tmp_path / "a.yaml", "say: Here.")
    argv = ["render", script, "-o", "b", "--soundscape", given]
    run = launcher.run(argv, tmp_path, limit=20)
    assert run.code in (1, 2)
    run.assert_clean(run.code)
    assert said in run.err
    assert not (tmp_path / "b").exists()
