from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from serguide.audio.levels import REFERENCE_LUFS
from serguide.audio.loudness.meter import measure, short_term
from serguide.audio.types import BLOCK_FRAMES
from serguide.base.errors import SoundError
from serguide.soundscapes.bed import locate
from serguide.soundscapes.recorded.file_bed import FileBed

RATE = 48_000


def noise(seconds, rate=RATE, channels=2, seed=7):
    rng = np.random.Generator(np.random.PCG64(seed))
    return (rng.standard_normal((round(seconds * rate), channels)) * 0.05).astype(np.float32)


def write_wav(path: Path, sound, rate=RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def write_coded(path: Path, codec: str, sound, *, cover: bool = False) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, layout="stereo")
        if cover:
            picture = container.add_stream("png", rate=1)
            picture.width = picture.height = 16
            picture.pix_fmt = "rgb24"
            picture.disposition = av.stream.Disposition.attached_pic
            image = av.VideoFrame.from_ndarray(np.full((16, 16, 3), 90, np.uint8), format="rgb24")
            container.mux([*picture.encode(image), *picture.encode(None)])
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound.T), format="fltp", layout="stereo"
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "stereo", RATE, frame_size=stream.frame_size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def heard(bed, seconds):
    blocks = list(bed.blocks(round(seconds * RATE)))
    assert all(block.shape == (BLOCK_FRAMES, 2) for block in blocks[:-1])
    found = np.concatenate(blocks)
    assert found.shape == (round(seconds * RATE), 2)
    assert found.dtype == np.float32
    return found


def test_noise_has_the_reference_loudness_and_no_hole_or_click_at_the_seam(tmp_path):
    quiet = np.zeros((RATE, 2), np.float32)
    path = write_wav(tmp_path / "n.wav", np.concatenate((quiet, noise(14), quiet)))
    sound = heard(FileBed(path), 50)
    found = measure([sound], channels=2)
    assert found.integrated == pytest.approx(REFERENCE_LUFS, abs=0.3)
    assert np.ptp(short_term(found.energies)) < 1.5
    assert np.abs(np.diff(sound, axis=0)).max() < 8 * np.diff(sound, axis=0).std()


def test_a_tone_goes_on_through_the_seam(tmp_path):
    times = np.arange(round(9.137 * RATE)) / RATE
    tone = np.repeat(0.2 * np.sin(2 * np.pi * 220 * times)[:, None], 2, axis=1)
    sound = heard(FileBed(write_wav(tmp_path / "tone.wav", tone)), 30)
    energies = measure([sound], channels=2).energies[2:]
    assert 10 * np.log10(energies.max() / energies.min()) < 0.5
    steepest = sound.max() * 2 * np.pi * 220 / RATE
    assert np.abs(np.diff(sound, axis=0)).max() < 1.1 * steepest


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_mono_come_out_as_stereo_at_48_khz(tmp_path, rate, channels):
    path = write_wav(tmp_path / "x.wav", noise(4, rate, channels), rate)
    sound = heard(FileBed(path), 9)
    assert measure([sound], channels=2).integrated == pytest.approx(REFERENCE_LUFS, abs=0.5)


def test_a_file_of_little_more_than_a_second_is_enough_and_less_is_refused(tmp_path):
    sound = heard(FileBed(write_wav(tmp_path / "short.wav", noise(1.05))), 10)
    assert np.ptp(short_term(measure([sound], channels=2).energies)) < 1.5
    bed = FileBed(write_wav(tmp_path / "tooshort.wav", noise(0.8)))
    with pytest.raises(SoundError, match=r"tooshort\.wav.* less than a second"):
        bed.blocks(RATE)


def test_a_silent_file_is_refused(tmp_path):
    bed = FileBed(write_wav(tmp_path / "s.wav", np.zeros((3 * RATE, 2))))
    with pytest.raises(SoundError, match="is silent"):
        bed.blocks(RATE)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.flac", "flac"), ("a.ogg", "libopus")],
)
def test_coded_files_play_and_loop(tmp_path, name, codec):
    sound = heard(FileBed(write_coded(tmp_path / name, codec, noise(5))), 12)
    assert np.ptp(short_term(measure([sound], channels=2).energies)) < 1.5


def test_a_cover_picture_is_passed_over(tmp_path):
    path = write_coded(tmp_path / "cover.mp3", "libmp3lame", noise(3), cover=True)
    with av.open(str(path)) as container:
        assert container.streams.video
    heard(FileBed(path), 5)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.flac", "flac")]
)
def test_a_cut_off_file_is_named(tmp_path, name, codec):
    path = write_coded(tmp_path / name, codec, noise(6))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SoundError, match=name) as caught:
        list(FileBed(path).blocks(RATE))
    assert caught.value.hint


def test_a_cut_off_wav_is_named(tmp_path):
    path = write_wav(tmp_path / "cut.wav", noise(6))
    path.write_bytes(path.read_bytes()[:500_001])
    with pytest.raises(SoundError, match=r"cut\.wav"):
        list(FileBed(path).blocks(RATE))


def test_what_is_no_audio_file_is_refused(tmp_path):
    inner = write_wav(tmp_path / "inner.wav", noise(3))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{inner.as_uri()}\n"
    for name, data in {
        "text.mp3": b"hello, this is not sound\n" * 50,
        "empty.wav": b"",
        "list.mp3": playlist.encode(),
        "list.wav": f"ffconcat version 1.0\nfile {inner.name}\n".encode(),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(SoundError, match=name):
            list(FileBed(path).blocks(RATE))
    with pytest.raises(SoundError):
        FileBed(tmp_path)
    with pytest.raises(SoundError, match="cannot be opened"):
        FileBed(tmp_path / "missing.wav")
    with pytest.raises(SoundError, match="is an address"):
        locate("https://localhost/a.mp3", lambda name: None)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes and devices")
def test_a_pipe_or_device_is_refused_without_waiting(tmp_path):
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    code = (
        "import sys; from pathlib import Path; from serguide.base.errors import SoundError\n"
        "from serguide.soundscapes.recorded.file_bed import FileBed\n"
        "try: FileBed(Path(sys.argv[1]))\n"
        "except SoundError as error: print(error.message)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(pipe)], capture_output=True, text=True, timeout=60
    )
    assert "not an ordinary file" in run.stdout
    with pytest.raises(SoundError, match="not an ordinary file"):
        FileBed(Path(os.devnull))


def test_identity_follows_the_content(tmp_path):
    first = FileBed(write_wav(tmp_path / "a.wav", noise(2))).identity()
    assert FileBed(write_wav(tmp_path / "b.wav", noise(2))).identity() == first
    assert FileBed(write_wav(tmp_path / "c.wav", noise(2, seed=8))).identity() != first


def test_the_same_blocks_come_again(tmp_path):
    bed = FileBed(write_wav(tmp_path / "a.wav", noise(2)))
    np.testing.assert_array_equal(heard(bed, 5), heard(bed, 5))
