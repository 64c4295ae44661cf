"""A file that holds something else than sound is refused by what is wrong with it."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import numpy as np
import pytest
import soundfile

from serguide.base.errors import SoundError
from serguide.base.units import Samples
from serguide.soundscapes.recorded.file_bed import FileBed

RATE = 48_000


def noise(seconds: float = 3.0, rate: int = RATE) -> np.ndarray:
    rng = np.random.Generator(np.random.PCG64(5))
    return (rng.standard_normal((round(seconds * rate), 2)) * 0.05).astype(np.float32)


def refusal(path: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # one of numpy's would show lines of our code
        with pytest.raises(SoundError) as caught:
            list(FileBed(path).blocks(Samples(RATE)))
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value.message.partition("” ")[2]


def plays(path: Path) -> None:
    assert sum(block.shape[0] for block in FileBed(path).blocks(Samples(RATE))) == RATE


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("share", [0.0, 0.01, 1.0])
def test_numbers_that_are_none(tmp_path, value, share):
    sound = noise()
    sound[RATE + 10 if share == 0 else slice(RATE, round(RATE * (1 + 2 * share)))] = value
    soundfile.write(tmp_path / "rain.wav", sound, RATE, subtype="FLOAT")
    assert refusal(tmp_path / "rain.wav") == "holds numbers that are no sound (NaN) at 0:01"


@pytest.mark.parametrize(("subtype", "value"), [("FLOAT", 1e30), ("DOUBLE", 1e12)])
def test_numbers_that_are_too_large(tmp_path, subtype, value):
    sound = noise().astype(np.float64)
    sound[2 * RATE :] *= value
    soundfile.write(tmp_path / "rain.wav", sound, RATE, subtype=subtype)
    assert "times as loud at 0:02 as a file can be" in refusal(tmp_path / "rain.wav")


def test_whole_numbers_written_as_floating_point_are_sound(tmp_path):
    soundfile.write(tmp_path / "rain.wav", noise() * 32_768, RATE, subtype="FLOAT")
    plays(tmp_path / "rain.wav")


@pytest.mark.parametrize("level", [1.0, -1.0, 0.2])
def test_a_constant_level(tmp_path, level):
    soundfile.write(tmp_path / "rain.wav", np.full((3 * RATE, 2), level), RATE)
    assert refusal(tmp_path / "rain.wav") == "holds a constant level (DC) and no sound"
    # As a cheap sound card adds it, to a recording that is a little less loud.
    soundfile.write(tmp_path / "both.wav", noise() + 0.2, RATE)
    plays(tmp_path / "both.wav")


def test_silence_is_silence(tmp_path):
    soundfile.write(tmp_path / "rain.wav", np.zeros((3 * RATE, 2)), RATE)
    assert refusal(tmp_path / "rain.wav") == "is silent"


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("seed", range(4))
def test_a_flac_with_400_random_bytes(tmp_path, rate, seed):
    path = tmp_path / "rain.flac"
    soundfile.write(path, noise(5, rate), rate)
    plays(path)
    data, rng = bytearray(path.read_bytes()), random.Random(seed)
    at = rng.randrange(9000, len(data) - 400)
    data[at : at + 400] = rng.randbytes(400)
    path.write_bytes(data)
    assert refusal(path).startswith(("is damaged", "is cut off"))


@pytest.mark.parametrize("subtype", ["VORBIS", "OPUS"])
@pytest.mark.parametrize("share", [0.5, 0.73, 0.99])
def test_a_part_of_an_ogg(tmp_path, subtype, share):
    path = tmp_path / "rain.ogg"
    soundfile.write(path, noise(8), RATE, format="OGG", subtype=subtype)
    plays(path)
    data = path.read_bytes()
    path.write_bytes(data[: round(len(data) * share)])
    assert "cut off" in refusal(path)
    # Between two pages nothing is torn, and it is a part all the same.
    path.write_bytes(data[: data.rfind(b"OggS")])
    assert "its end is missing" in refusal(path)


def test_a_tag_behind_an_ogg_is_no_damage(tmp_path):
    path = tmp_path / "rain.ogg"
    soundfile.write(path, noise(), RATE, format="OGG", subtype="VORBIS")
    path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
    plays(path)
