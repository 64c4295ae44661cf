"""Takes as a phone would give them: words by espeak, a room's noise and hum, silence around."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from serguide.recordings.clip import clip_name
from serguide.recordings.clips_again import make_clips
from serguide.recordings.recording import Recording
from serguide.recordings.voice_folder import VoiceFolder
from serguide.voices.registry import open_voice

RATE = 48_000


def speech(text, *, voice="espeak:en-us", language="en"):
    """Return words, shape (frames,), at some -23 dB."""
    samples = open_voice(voice, language).speak(text).samples[:, 0].astype(np.float64)
    return samples * 0.07 / np.sqrt(np.mean(samples**2))


def room(frames, *, snr=20.0, hum=0.0, mains=50.0, level=0.07, seed=7):
    """Return pink-ish noise `snr` dB under speech of a level, and hum of an amplitude."""
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft(random.standard_normal(frames))
    frequency = np.maximum(np.fft.rfftfreq(frames, 1 / RATE), 20.0)
    noise = np.fft.irfft(spectrum / np.sqrt(frequency), frames)
    noise *= level * 10 ** (-snr / 20) / np.sqrt(np.mean(noise**2))
    time = np.arange(frames) / RATE
    harmonics = sum(np.sin(2 * np.pi * mains * k * time + k) / k for k in (1, 2, 3, 4, 5, 6))
    return noise + hum * harmonics


def take(texts, *, gap=1.5, **how):
    """Return a whole take, shape (frames,), clean and with its room, and (start, end) in s."""
    parts, spans, at = [np.zeros(round(gap * RATE))], [], gap
    for text in texts:
        said = speech(text)
        spans.append((at, at + len(said) / RATE))
        parts += [said, np.zeros(round(gap * RATE))]
        at += len(said) / RATE + gap
    clean = np.concatenate(parts)
    return clean, clean + room(len(clean), **how), spans


def write(path: Path, samples) -> Path:
    soundfile.write(path, np.clip(samples, -1, 1), RATE, subtype="PCM_16")
    return path


def record(folder: VoiceFolder, tmp_path: Path, texts, *, language="en", state="good", **how):
    """Put a take of sentences into a voice folder, as `recordings add` does."""
    _, noisy, spans = take(texts, **how)
    name = folder.keep_original(
        write(tmp_path / f"take-{len(texts)}-{abs(hash(tuple(texts)))}.wav", noisy)
    )
    entries = [
        Recording(
            text, language, name, start - 0.05, end + 0.1,
            clip_name(text, language, name, start - 0.05, end + 0.1), state,
            "" if state == "good" else "something knocked", "2026-11-21T20:00:00Z",
        )
        for text, (start, end) in zip(texts, spans, strict=True)
    ]  # fmt: skip
    make_clips(folder, entries)
    folder.add(entries)
    return entries
