from __future__ import annotations

import numpy as np
import pytest
from hand import tone, write

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.player.audio.file_source import FileSource

FRAMES = 6 * SAMPLERATE
SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".opus")
LOSSLESS = (".wav", ".flac")


@pytest.fixture(scope="module")
def noise():
    rng = np.random.Generator(np.random.PCG64(5))
    white = 0.1 * rng.standard_normal((FRAMES, 2))
    # Below 3 kHz, where every codec keeps what it is given.
    soft = np.hanning(40) / 20
    return np.stack([np.convolve(side, soft, "same") for side in white.T], 1).astype(np.float32)


@pytest.fixture(scope="module", params=SUFFIXES)
def file(request, noise, tmp_path_factory):
    return write(tmp_path_factory.mktemp("source") / f"noise{request.param}", noise)


@pytest.fixture
def open_source():
    opened = []

    def open_(path):
        opened.append(FileSource(path))
        return opened[-1]

    yield open_
    for source in opened:
        source.close()


def whole(path):
    source = FileSource(path)
    block = source.read(10 * FRAMES)
    source.close()
    return block


def test_a_file_is_read_whole_and_in_place(file, noise):
    heard = whole(file)
    assert heard.dtype == np.float32
    assert FRAMES <= len(heard) <= FRAMES + 2 * 1152
    limit = 1e-4 if file.suffix in LOSSLESS else 0.005
    assert np.sqrt(np.mean((heard[:FRAMES] - noise) ** 2)) < limit


def test_the_pieces_join(file, open_source):
    source = open_source(file)
    parts, sizes = [], (1, 2880, 777, 48_000)
    while len(piece := source.read(sizes[len(parts) % 4])):
        parts.append(piece)
    assert source.position == sum(len(part) for part in parts)
    np.testing.assert_array_equal(np.concatenate(parts), whole(file))


@pytest.mark.parametrize("position", [0, 1, 1151, 3 * SAMPLERATE + 7, FRAMES - 100])
def test_a_seek_lands_on_its_sample(file, position, open_source):
    source = open_source(file)
    source.read(50_000)
    source.seek(position)
    assert source.position == position
    heard = source.read(3000)
    expected = whole(file)[position : position + 3000]
    assert len(heard) == len(expected)
    # A codec's memory of what came before may differ by a little; a sample's shift would not.
    assert np.abs(heard - expected).max() < 1e-3


def test_a_seek_beyond_the_end_leaves_nothing(file, open_source):
    source = open_source(file)
    source.seek(10 * FRAMES)
    assert len(source.read(100)) == 0
    source.seek(0)
    assert len(source.read(100)) == 100


def test_other_rates_and_mono_become_what_the_device_takes(tmp_path, open_source):
    import wave

    path = tmp_path / "phone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        sine = 16_000 * np.sin(2 * np.pi * 200 * np.arange(22_050) / 22_050)
        file.writeframes(sine.astype("<i2").tobytes())
    source = open_source(path)
    assert source.frames == SAMPLERATE
    heard = source.read(2 * SAMPLERATE)
    assert abs(len(heard) - SAMPLERATE) < 50
    assert np.abs(heard).max() == pytest.approx(16_000 / 32_768, rel=0.02)
    np.testing.assert_array_equal(heard[:, 0], heard[:, 1])


@pytest.mark.parametrize(
    "content", [b"", b"not sound at all" * 500, b"#EXTM3U\nhttp://127.0.0.1/x"]
)
def test_what_is_no_sound_file_is_refused(tmp_path, content):
    path = tmp_path / "broken.mp3"
    path.write_bytes(content)
    with pytest.raises(SoundError, match=r"broken\.mp3"):
        FileSource(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SoundError, match="cannot be opened"):
        FileSource(tmp_path / "nothing.mp3")


def test_memory_does_not_grow_with_length(tmp_path, open_source):
    import tracemalloc

    path = write(tmp_path / "long.wav", tone(60 * SAMPLERATE))
    source = open_source(path)
    tracemalloc.start()
    while len(source.read(4800)):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
