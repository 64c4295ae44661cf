"""Pieces that were encoded apart decode as one sound, in which no seam is to be heard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sound_signals import cut as in_blocks
from sound_signals import found_near, speech_like
from test_mp3_frames import decoders, track

from serguide.audio.pieces import Piece, cut
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME
from serguide.encode.base import NoSplicePoint
from serguide.encode.mp3.encoder import Mp3Encoder
from serguide.encode.mp3.frames import Mp3Header, block_types, main_data_begin
from serguide.encode.mp3.splice import splice

pytestmark = pytest.mark.slow

LENGTH = 5 * BLOCK_FRAMES
GRANULE = MP3_FRAME // 2
RESERVE = 4 * MP3_FRAME
"""How far a frame's bytes, and what is heard of it, reach."""

channel_counts = pytest.mark.parametrize("channels", [1, 2])


def calm(seconds: float, channels: int, seed: int) -> Block:
    """Syllables over a soundscape: what a track sounds like, whole MP3 frames long."""
    sound = speech_like(seconds, channels=channels, seed=seed)
    rng = np.random.Generator(np.random.PCG64(seed))
    sound += (0.004 * rng.normal(size=sound.shape)).astype(np.float32)
    return sound[: len(sound) // MP3_FRAME * MP3_FRAME]


def encoded(folder: Path, sound: Block, pieces: tuple[Piece, ...]) -> list[Path]:
    paths = []
    for number, piece in enumerate(pieces):
        path = folder / f"{number}.piece"
        with Mp3Encoder(path, sound.shape[1]) as encoder:
            for part in in_blocks(sound[piece.first : piece.last], BLOCK_FRAMES):
                encoder.write(part)
        paths.append(path)
    return paths


def spliced(folder: Path, sound: Block) -> tuple[Path, tuple[Piece, ...]]:
    pieces = cut(len(sound), LENGTH)
    target = folder / "spliced.mp3"
    splice(encoded(folder, sound, pieces), pieces, target)
    return target, pieces


def errors(heard: Block, sound: Block) -> np.ndarray:
    """How far what was decoded is from what was encoded, for each granule."""
    apart = (heard - sound)[: len(sound) // GRANULE * GRANULE]
    return np.sqrt(np.square(apart).reshape(-1, GRANULE * sound.shape[1]).mean(axis=1))


@channel_counts
@decoders
def test_no_seam_is_heard(tmp_path: Path, decoder, channels: int):
    sound = calm(40, channels, 3)
    path, pieces = spliced(tmp_path, sound)
    heard, whole = decoder(path), decoder(track(tmp_path / "whole.mp3", sound))
    assert heard.shape == sound.shape
    ours, theirs = errors(heard, sound), errors(whole, sound)
    assert len(pieces) > 10
    for piece in pieces[1:]:
        around = slice((piece.first - RESERVE) // GRANULE, (piece.start + RESERVE) // GRANULE)
        # The codec's own noise comes and goes by some dB; a broken frame is 20 dB over it.
        assert ours[around].max() < 1.5 * theirs.max()
    assert np.sqrt(np.mean(ours**2)) < 1.05 * np.sqrt(np.mean(theirs**2))


@pytest.mark.parametrize("seed", range(4))
def test_frames_lean_only_on_what_is_there(tmp_path: Path, seed: int):
    """Each frame's bytes begin where the frame before has ended, or later."""
    path, _ = spliced(tmp_path, calm(60, 2, seed))
    data = path.read_bytes()
    header = Mp3Header.read(data)
    assert header is not None
    size, head = header.frame_bytes, 4 + header.side_bytes
    sides = [data[at + 4 : at + head] for at in range(size, len(data), size)]
    free = 0
    for side, following in pairwise(sides):
        needed = sum(part_lengths(side))
        begin = main_data_begin(side)
        assert begin <= free
        left = begin + (size - head) - -(-needed // 8)
        assert left >= 0
        free = left
        closes = block_types(side, 2)[1]
        opens = block_types(following, 2)[0]
        assert [kind in (0, 3) for kind in closes] == [kind in (0, 1) for kind in opens]


def part_lengths(side: bytes) -> list[int]:
    bits = int.from_bytes(side, "big")
    return [bits >> (256 - at - 12) & 0xFFF for at in range(20, 20 + 4 * 59, 59)]


@decoders
def test_clicks_stay_where_they_are(tmp_path: Path, decoder):
    sound = np.zeros((4 * LENGTH, 1), np.float32)
    places = [LENGTH - 700, LENGTH + 5, 2 * LENGTH - 30_000, 3 * LENGTH + 1]
    for place in places:
        sound[place] = 0.9
    path, _ = spliced(tmp_path, sound)
    heard = decoder(path)
    assert [found_near(heard, place) for place in places] == places


def test_pieces_that_do_not_fit_are_said_and_nothing_is_left(tmp_path: Path):
    """The coming piece leans back on bytes at every frame, the earlier one has none free."""
    pieces = cut(2 * LENGTH, LENGTH)
    paths = encoded(tmp_path, calm(2 * LENGTH / 48_000 + 1, 1, seed=1)[: 2 * LENGTH], pieces)
    for path, begins in zip(paths, (0, 511), strict=True):
        data = bytearray(path.read_bytes())
        header = Mp3Header.read(bytes(data[:4]))
        for at in range(header.frame_bytes, len(data), header.frame_bytes):
            data[at + 4] = begins >> 1
            data[at + 5] = (data[at + 5] & 0x7F) | (begins & 1) << 7
        path.write_bytes(data)
    with pytest.raises(NoSplicePoint):
        splice(paths, pieces, tmp_path / "spliced.mp3")
    assert not (tmp_path / "spliced.mp3").exists()


def test_what_is_no_mp3_is_refused(tmp_path: Path):
    path = tmp_path / "0.piece"
    path.write_bytes(b"not sound" * 1000)
    with pytest.raises(SoundError):
        splice([path], cut(LENGTH, LENGTH), tmp_path / "spliced.mp3")
    assert not (tmp_path / "spliced.mp3").exists()
