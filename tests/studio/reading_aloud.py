"""A voice to read with: a script's own sentences, spoken, as a microphone's sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from serguide import api
from serguide.base.units import SAMPLERATE

QUIET = 3.4
"""Seconds of quiet before the first sentence: a count of three goes on."""

BETWEEN = 4.0
"""Seconds of quiet after each sentence."""


def spoken(name, library, store, voice="espeak:en-us"):
    """Return each sentence of a script as (text, samples at SAMPLERATE)."""
    plan = api.speak(api.RenderRequest(name, libraries=(library,), voice=voice), store=store)
    mix = plan.jobs[0].mix
    found = []
    for event in mix.timeline.speech():
        samples = mix.clip_of(event.spoken).samples.mean(axis=1)
        found.append((event.spoken.spoken, (0.5 * samples / np.abs(samples).max())))
    return found


def microphone_wav(sentences, path: Path) -> Path:
    """Write a WAV in which sentences are read one after another in a quiet room."""
    rng = np.random.default_rng(7)
    parts = [np.zeros(round(QUIET * SAMPLERATE))]
    for _, samples in sentences:
        parts += [samples, np.zeros(round(BETWEEN * SAMPLERATE))]
    whole = np.concatenate(parts) + rng.normal(0, 3e-4, sum(map(len, parts)))
    soundfile.write(path, whole, SAMPLERATE, subtype="PCM_16")
    return path
