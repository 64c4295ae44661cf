"""Short takes by espeak in a voice that is not the reference: for the logic, without weights."""

import numpy as np
import soxr
from long_takes import RATE

from serguide.voices.registry import open_voice


def speaker(name, language, pace=1.0):
    """Return a function that speaks a text: mono at RATE."""
    voice = open_voice(name, language)
    kept = {}

    def say(text):
        if text not in kept:
            clip = voice.speak(text, pace=pace)
            kept[text] = soxr.resample(clip.samples[:, 0], clip.samplerate, RATE).astype(np.float32)
        return kept[text]

    return say


def spoken(say, texts, pause=1.0, noise=0.0005, seed=1):
    """Return a take of texts with pauses, and where each begins and ends, in seconds."""
    rng = np.random.default_rng(seed)
    silence = np.zeros(int(RATE * pause), np.float32)
    parts, places, at = [silence], [], len(silence)
    for text in texts:
        clip = say(text) if isinstance(text, str) else text
        places.append((at / RATE, (at + len(clip)) / RATE))
        parts += [clip, silence]
        at += len(clip) + len(silence)
    samples = np.concatenate(parts)
    samples = samples + rng.normal(0.0, noise, len(samples))
    return (samples * 0.5 / np.abs(samples).max()).astype(np.float32), places
