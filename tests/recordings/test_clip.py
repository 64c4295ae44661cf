"""Clips: cut, cleaned and levelled, always from the original; measured by FFmpeg's meter."""

from __future__ import annotations

import av
import numpy as np
import pytest
import soundfile
from readings import RATE, record, room, speech, take, write
from sound_signals import ebur128

from serguide.base.errors import Cancelled, RecordingError
from serguide.base.tasks.cancel import Cancel
from serguide.recordings.clip import clip_name, make_clip, read_clip
from serguide.recordings.clips_again import make_clips
from serguide.recordings.recording import Recording
from serguide.recordings.sound_reader import decoded
from serguide.recordings.voice_folder import VoiceFolder

TEXTS = ("So, here you are, and that is good.", "Shh.", "Pick up the stone, if you like.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    base = tmp_path_factory.mktemp("clips")
    found = VoiceFolder(base / "ana")
    found.create()
    record(found, base, TEXTS, hum=0.003)
    return found


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_clip_is_48_khz_mono_flac_at_18_lufs_under_the_ceiling(folder, number):
    reading = folder.open_index().recordings[number]
    info = soundfile.info(folder.file(reading.clip))
    assert (info.samplerate, info.channels, info.format) == (48_000, 1, "FLAC")
    clip = read_clip(folder.file(reading.clip))
    assert clip.frames == pytest.approx(reading.seconds * RATE, abs=2)
    found = ebur128(clip.samples)
    assert found["I"] == pytest.approx(-18.0, abs=1.0)
    assert found["true_peak"] <= -1.4


@pytest.mark.parametrize("gain", [0.02, 0.2, 1.0])
def test_however_soft_or_loud_it_was_read(gain):
    _clean_take, noisy, ((start, end),) = take(TEXTS[:1], gap=1.2)
    clip = make_clip((noisy * gain).astype(np.float32).reshape(-1, 1), RATE, start - 0.1, end + 0.2)
    found = ebur128(clip.samples)
    assert found["I"] == pytest.approx(-18.0, abs=1.0)
    assert found["true_peak"] <= -1.4


def test_clips_are_made_again_from_the_originals_as_they_were(folder):
    before = {
        each.clip: folder.file(each.clip).read_bytes() for each in folder.open_index().recordings
    }
    originals = {p: p.read_bytes() for p in (folder.path / "originals").iterdir()}
    for name in before:
        folder.file(name).unlink()
    made = []
    make_clips(folder, made=made.append)
    assert {each.clip for each in made} == set(before)
    assert {name: folder.file(name).read_bytes() for name in before} == before
    assert {p: p.read_bytes() for p in (folder.path / "originals").iterdir()} == originals


def test_cancelling_ends_it_between_blocks(folder):
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        make_clips(folder, cancel=cancel)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 96_000])
def test_other_sampling_rates_and_stereo_are_taken(rate, tmp_path):
    import soxr

    _, noisy, ((start, end),) = take(TEXTS[:1], gap=1.2)
    other = soxr.resample(noisy, RATE, rate)
    stereo = np.stack([other, other * 0.5], axis=1).astype(np.float32)
    clip = make_clip(stereo, rate, start, end)
    assert clip.frames == pytest.approx((end - start) * RATE, abs=2)
    assert ebur128(clip.samples)["I"] == pytest.approx(-18.0, abs=1.0)


CODECS = {
    "m4a": "aac",
    "mp3": "mp3",
    "ogg": "libopus",
    "webm": "libopus",
    "flac": "flac",
    "wav": "pcm_s16le",
}


@pytest.mark.parametrize("suffix", CODECS)
def test_what_phones_and_browsers_give_is_read(suffix, tmp_path):
    said = np.concatenate([np.zeros(RATE), speech(TEXTS[0]), np.zeros(RATE)]).astype(np.float32)
    path = tmp_path / f"take.{suffix}"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(CODECS[suffix], rate=RATE, layout="stereo")
        for at in range(0, len(said), RATE):
            piece = np.ascontiguousarray(np.stack([said[at : at + RATE]] * 2))
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    found = np.concatenate(list(decoded(path)))
    assert found.shape[1] == 1
    assert found.dtype == np.float32
    assert len(found) == pytest.approx(len(said), abs=5000)
    assert np.sqrt(np.mean(found**2)) == pytest.approx(np.sqrt(np.mean(said**2)), rel=0.1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no sound file"),
        (b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n", "no sound file"),
        (b"\x00" * 5000, "no sound file"),
    ],
)
def test_what_is_no_sound_is_refused(content, words, tmp_path):
    path = tmp_path / "take.m4a"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=words):
        list(decoded(path))


def test_a_lost_original_is_told_by_its_name(folder):
    lost = Recording("Gone.", "en", "originals/gone.wav", 0.0, 1.0, "clips/gone.flac")
    with pytest.raises(RecordingError, match=r"gone\.wav"):
        make_clips(folder, [lost])


def test_a_stretch_in_which_nothing_is_heard_is_refused():
    with pytest.raises(RecordingError, match="nothing is heard"):
        make_clip(np.zeros((RATE * 3, 1), np.float32), RATE, 1.0, 2.0)


def test_readings_that_overlap_and_lie_at_the_ends_are_cut_right(tmp_path):
    folder = VoiceFolder(tmp_path / "ana")
    folder.create()
    time = np.arange(RATE * 40) / RATE
    sound = (0.2 * np.sin(2 * np.pi * (200 + 10 * time) * time) + room(len(time), snr=40)).astype(
        np.float32
    )
    name = folder.keep_original(write(tmp_path / "take.wav", sound))
    spans = [(0.0, 2.0), (1.5, 3.5), (1.0, 30.0), (20.0, 21.0), (38.0, 40.0), (39.5, 44.0)]
    readings = [
        Recording(f"{a}", "en", name, a, b, clip_name(f"{a}", "en", name, a, b)) for a, b in spans
    ]
    make_clips(folder, readings)
    for each in readings:
        clip = read_clip(folder.file(each.clip)).samples[:, 0]
        first = round(each.start * RATE)
        expected = sound[first : first + len(clip)]
        assert len(clip) == min(round(each.end * RATE), len(sound)) - first
        middle = slice(len(clip) // 2 - 4800, len(clip) // 2 + 4800)
        likeness = np.corrcoef(clip[middle], expected[middle])[0, 1]
        assert likeness > 0.95, each


def test_a_clip_has_words_in_its_name_and_no_two_share_one():
    name = clip_name("Šálek čaje, prosím.", "cs", "originals/a.wav", 0, 1)
    assert name.startswith("clips/salek-caje-prosim-")
    assert name != clip_name("Šálek čaje, prosím.", "cs", "originals/a.wav", 0, 1.5)
    assert clip_name("静か", "ja", "a", 0, 1).startswith("clips/")
