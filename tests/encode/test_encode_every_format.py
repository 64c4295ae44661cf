"""What every format must do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from needed import program
from sound_signals import clicks, cut, cut_at_random, decode, found_near, speech_like, tone

from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME
from serguide.cli.render import command
from serguide.encode.formats import FORMATS

LENGTH = 100 * MP3_FRAME
POSITIONS = [5_000, 40_001, LENGTH - 5_003]
AAC_FRAME = 1_024

formats = pytest.mark.parametrize("name", FORMATS)
channel_counts = pytest.mark.parametrize("channels", [1, 2])


def encode(path: Path, name: str, block: Block, *sizes: int) -> Path:
    with FORMATS[name].open(path, block.shape[1]) as encoder:
        for part in cut(block, *(sizes or (BLOCK_FRAMES,))):
            encoder.write(part)
    return path


def lines_up(found: Block, name: str, length: int) -> bool:
    """Every sample and no more, but that FFmpeg gives the rest of the last AAC frame too."""
    more = found.shape[0] - length
    return 0 <= more < AAC_FRAME if name == "m4a" else more == 0


@formats
@channel_counts
def test_samples_line_up(tmp_path: Path, name: str, channels: int):
    path = encode(tmp_path / "x", name, clicks(LENGTH, POSITIONS, channels))
    found = decode(path)
    assert found.shape[1] == channels
    assert lines_up(found, name, LENGTH)
    assert [found_near(found, position) for position in POSITIONS] == POSITIONS
    assert np.abs(found[LENGTH:]).max(initial=0.0) < 1e-3


@formats
@pytest.mark.parametrize("length", [1, 700, 1_151, 1_153, 48_000, 50_001])
def test_any_length_is_kept(tmp_path: Path, name: str, length: int):
    path = encode(tmp_path / "x", name, speech_like(2, channels=1)[:length])
    assert lines_up(decode(path), name, length)


@formats
@channel_counts
def test_the_ffmpeg_program_agrees(tmp_path: Path, name: str, channels: int):
    program("ffmpeg", package="ffmpeg")
    path = encode(tmp_path / f"x{FORMATS[name].suffix}", name, clicks(LENGTH, POSITIONS, channels))
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    found = np.frombuffer(done.stdout, np.float32).reshape(-1, channels)
    assert lines_up(found, name, LENGTH)
    assert [found_near(found, position) for position in POSITIONS] == POSITIONS


@formats
def test_same_sound_same_bytes(tmp_path: Path, name: str):
    block = speech_like(3)
    one = encode(tmp_path / "one", name, block)
    with FORMATS[name].open(tmp_path / "two", 2) as encoder:
        for part in cut_at_random(block, seed=9):
            encoder.write(part)
    assert one.read_bytes() == (tmp_path / "two").read_bytes()


@formats
def test_sound_survives(tmp_path: Path, name: str):
    block = speech_like(3)
    found = decode(encode(tmp_path / "x", name, block))[: block.shape[0]]
    error = np.sqrt(np.mean((found - block) ** 2) / np.mean(block**2))
    assert error < (0.001 if name in ("flac", "wav") else 0.5)


@formats
@channel_counts
def test_level_is_kept(tmp_path: Path, name: str, channels: int):
    block = tone(-14, 2, hertz=440, channels=channels)
    found = decode(encode(tmp_path / "x", name, block))[9_600:76_800]
    level_db = 20 * np.log10(found.std() / block[9_600:76_800].std())
    assert abs(level_db) < 0.1


@formats
@channel_counts
def test_silence_decodes_to_silence(tmp_path: Path, name: str, channels: int):
    found = decode(encode(tmp_path / "x", name, np.zeros((20_000, channels), np.float32)))
    assert np.abs(found).max() < (1e-4 if name in ("opus", "m4a") else 1e-9)


@formats
def test_too_loud_is_clipped_not_wrapped(tmp_path: Path, name: str):
    block = tone(6, 1, hertz=300)
    found = decode(encode(tmp_path / "x", name, block))[: block.shape[0]]
    assert np.corrcoef(found[:, 0], block[:, 0])[0, 1] > 0.9


@formats
def test_failure_leaves_no_file(tmp_path: Path, name: str):
    def interrupted():
        with FORMATS[name].open(tmp_path / "x", 2) as encoder:
            encoder.write(speech_like(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


@formats
def test_no_samples_no_file(tmp_path: Path, name: str):
    encoder = FORMATS[name].open(tmp_path / "x", 2)
    with pytest.raises(SoundError, match="empty"):
        encoder.close()
    assert list(tmp_path.iterdir()) == []


@formats
def test_full_disk_is_explained(tmp_path: Path, name: str):
    block = np.random.Generator(np.random.PCG64(1)).normal(size=(BLOCK_FRAMES, 2)) * 0.3
    resource = pytest.importorskip("resource", reason="limits file sizes on POSIX only")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(SoundError, match="cannot write") as caught:
            encode(tmp_path / "x", name, np.tile(block, (20, 1)).astype(np.float32))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "Make room" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@formats
def test_missing_folder_is_explained(tmp_path: Path, name: str):
    with pytest.raises(SoundError, match="cannot write") as caught:
        FORMATS[name].open(tmp_path / "none" / "x", 2)
    assert caught.value.hint


@formats
def test_wrong_shape_is_refused(tmp_path: Path, name: str):
    with pytest.raises(ValueError, match="shape"):
        encode_wrong(tmp_path / "x", name)


def encode_wrong(path: Path, name: str) -> None:
    with FORMATS[name].open(path, 2) as encoder:
        encoder.write(np.zeros((100, 1), np.float32))


@formats
def test_record_is_whole(name: str):
    record = FORMATS[name]
    assert record.name == name
    assert record.suffix == f".{name}"
    assert record.mime.startswith("audio/")


@formats
def test_the_command_line_offers_it(name: str):
    (option,) = [each for each in command.params if each.name == "format_name"]
    assert name in option.type.choices
