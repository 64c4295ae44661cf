"""Tracks joined by their frames decode to one stream in which every onset is where it belongs."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import miniaudio
import numpy as np
import pytest
import soundfile
from needed import program
from sound_signals import clicks, cut, decode, found_near, speech_like

from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME, SAMPLERATE
from serguide.encode import wav
from serguide.encode.mp3.encoder import Mp3Encoder, join
from serguide.encode.mp3.frames import DELAY, Mp3Header, read_track
from serguide.encode.tags.model import Tags
from serguide.encode.tags.tags import write_tags

EDGE = 2 * MP3_FRAME
"""Silence at both ends of a track, in samples."""

channel_counts = pytest.mark.parametrize("channels", [1, 2])


def track(path: Path, block: Block) -> Path:
    with Mp3Encoder(path, block.shape[1]) as encoder:
        for part in cut(block, BLOCK_FRAMES):
            encoder.write(part)
    return path


def busy(frames: int, channels: int, seed: int) -> Block:
    """Loud all through, so that the bit reservoir is drained, but for silent edges."""
    rng = np.random.Generator(np.random.PCG64(seed))
    block = np.zeros((frames * MP3_FRAME, channels), np.float32)
    inner = block[EDGE:-EDGE]
    inner[:] = rng.normal(size=inner.shape) * 0.2
    return block


def three_tracks(folder: Path, channels: int) -> tuple[list[Path], list[Block]]:
    blocks = [busy(frames, channels, seed) for seed, frames in enumerate((40, 33, 51))]
    paths = [track(folder / f"{i}.mp3", block) for i, block in enumerate(blocks)]
    return paths, blocks


def miniaudio_decode(path: Path) -> Block:
    channels = miniaudio.get_file_info(str(path)).nchannels
    found = miniaudio.decode_file(str(path), miniaudio.SampleFormat.FLOAT32, channels, SAMPLERATE)
    return np.frombuffer(found.samples, np.float32).reshape(-1, found.nchannels)


def mpg123_decode(path: Path) -> Block:
    """Through libsndfile, whose MP3 decoder is mpg123."""
    return soundfile.read(path, dtype="float32", always_2d=True)[0]


def ffmpeg_decode(path: Path) -> Block:
    program("ffmpeg", package="ffmpeg")
    command = ["ffmpeg", "-v", "warning", "-i", str(path), "-f", "f32le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    channels = 1 if Mp3Header.read(path.read_bytes()[:4]).channels == 1 else 2
    return np.frombuffer(done.stdout, np.float32).reshape(-1, channels)


decoders = pytest.mark.parametrize(
    "decoder", [decode, miniaudio_decode, mpg123_decode, ffmpeg_decode]
)


@decoders
@channel_counts
def test_onsets_are_exact(tmp_path: Path, channels: int, decoder):
    lengths = [30, 47, 25]
    starts = [0, 30 * MP3_FRAME, 77 * MP3_FRAME]
    inside = [EDGE + 300, EDGE + 7_001, -EDGE - 300]
    paths, expected = [], []
    for i, (frames, start) in enumerate(zip(lengths, starts, strict=True)):
        positions = [at % (frames * MP3_FRAME) for at in inside]
        expected += [start + at for at in positions]
        block = clicks(frames * MP3_FRAME, positions, channels)
        paths.append(track(tmp_path / f"{i}.mp3", block))
    join(paths, tmp_path / "session.mp3")
    found = decoder(tmp_path / "session.mp3")
    assert found.shape == (sum(lengths) * MP3_FRAME, channels)
    assert [found_near(found, position) for position in expected] == expected


@decoders
@channel_counts
def test_session_is_its_tracks_end_to_end(tmp_path: Path, channels: int, decoder):
    paths, blocks = three_tracks(tmp_path, channels)
    join(paths, tmp_path / "session.mp3")
    found = decoder(tmp_path / "session.mp3")
    alone = np.concatenate([decoder(path) for path in paths])
    assert found.shape == alone.shape
    # A decoder may dither or round anew; it may not lose a frame.
    assert np.abs(found - alone).max() < 1e-4
    at = 0
    for block in blocks[:-1]:
        at += block.shape[0]
        assert not found[at - 800 : at + 800].any(), "the joint is digital silence"


def test_a_track_alone_joins_to_itself(tmp_path: Path):
    path = track(tmp_path / "one.mp3", busy(40, 2, 1))
    join([path], tmp_path / "session.mp3")
    assert (tmp_path / "session.mp3").read_bytes() == path.read_bytes()


def test_tags_of_tracks_do_not_matter(tmp_path: Path):
    paths, _ = three_tracks(tmp_path, 2)
    join(paths, tmp_path / "plain.mp3")
    for path in paths:
        write_tags(path, "mp3", Tags("A title", cover=bytes(70_000)))
    join(paths, tmp_path / "tagged.mp3")
    assert (tmp_path / "tagged.mp3").read_bytes() == (tmp_path / "plain.mp3").read_bytes()


def test_a_track_may_come_again(tmp_path: Path):
    path = track(tmp_path / "one.mp3", busy(30, 2, 1))
    join([path] * 50, tmp_path / "session.mp3")
    assert decode(tmp_path / "session.mp3").shape[0] == 50 * 30 * MP3_FRAME


@channel_counts
def test_info_frame(tmp_path: Path, channels: int):
    frames = 40
    data = track(tmp_path / "x.mp3", busy(frames, channels, 1)).read_bytes()
    header = Mp3Header.read(data)
    assert header == Mp3Header({1: 64, 2: 96}[channels], channels, joint=channels == 2)
    size = header.frame_bytes
    assert len(data) == (frames + 2) * size
    assert all(Mp3Header.read(data[at : at + 4]) == header for at in range(0, len(data), size))

    at = 4 + header.side_bytes
    tag, flags, count, length = struct.unpack_from(">4sIII", data, at)
    assert (tag, flags, count, length) == (b"Info", 15, frames + 1, len(data))
    seek = data[at + 16 : at + 116]
    assert list(seek) == sorted(seek)
    assert seek[50] == pytest.approx(128, abs=4)
    lame = at + 120
    assert data[lame : lame + 4] == b"LAME"
    assert int.from_bytes(data[lame + 21 : lame + 24], "big") == DELAY << 12 | DELAY
    assert struct.unpack_from(">I", data, lame + 28) == (len(data),)
    music, own = struct.unpack_from(">HH", data, lame + 32)
    assert music == plain_crc(data[size:])
    assert own == plain_crc(data[: lame + 34])


def plain_crc(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def test_what_cannot_be_joined_is_refused(tmp_path: Path):
    good = track(tmp_path / "good.mp3", busy(40, 2, 1))
    mono = track(tmp_path / "mono.mp3", busy(40, 1, 1))
    uneven = track(tmp_path / "uneven.mp3", busy(40, 2, 1)[:-1])
    noisy = track(tmp_path / "noisy.mp3", speech_like(3)[: 40 * MP3_FRAME] + 0.1)
    cut_short = tmp_path / "short.mp3"
    cut_short.write_bytes(good.read_bytes()[:-10])
    foreign = tmp_path / "foreign.mp3"
    foreign.write_bytes(good.read_bytes()[288:])
    text = tmp_path / "text.mp3"
    text.write_text("not sound")
    for bad, why in (
        (mono, "channels"),
        (uneven, "whole number"),
        (noisy, "silence"),
        (cut_short, "cut short"),
        (foreign, "Info"),
        (text, "Info"),
        (tmp_path / "none.mp3", "cannot read"),
    ):
        with pytest.raises(SoundError, match=why) as caught:
            join([good, bad], tmp_path / "session.mp3")
        assert caught.value.hint
        assert not (tmp_path / "session.mp3").exists()


def test_read_track_passes_over_a_tag(tmp_path: Path):
    path = track(tmp_path / "x.mp3", busy(40, 2, 1))
    write_tags(path, "mp3", Tags("A title"))
    with path.open("rb") as file:
        found = read_track(file, path)
    assert found.frames == 41
    assert path.stat().st_size == found.first + 41 * 288


def test_wav_tracks_join_too(tmp_path: Path):
    blocks = [busy(30, 2, 1), busy(21, 2, 2)]
    paths = []
    for i, block in enumerate(blocks):
        paths.append(tmp_path / f"{i}.wav")
        with wav.WavEncoder(paths[-1], 2) as encoder:
            encoder.write(block)
        write_tags(paths[-1], "wav", Tags("A title"))
    wav.join(paths, tmp_path / "session.wav")
    whole = np.concatenate(blocks)
    np.testing.assert_allclose(decode(tmp_path / "session.wav"), whole, atol=1 / 32768)
    paths[1].write_bytes(paths[1].read_bytes()[:5_000])
    with pytest.raises(SoundError, match="whole"):
        wav.join(paths, tmp_path / "again.wav")
    assert not (tmp_path / "again.wav").exists()
