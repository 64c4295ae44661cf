"""Takes with known truth: clips of sentences, put together as a person reads a script aloud.

A take has pauses, breaths, false starts, repeats, sentences left out, sentences that say
something else, coughs, pages turned, a spoken title, noise and music. Everything comes from a
seed. Samples are mono at 16 kHz.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

RATE = 16_000
LOUD_DB = 35.0
"""How far under a clip's loudest 10 ms its first and last speech lie."""


@dataclass(frozen=True)
class Reading:
    """Truth of one sentence: where its last whole reading has its speech, in seconds."""

    sentence: int
    start: float
    end: float
    breath: bool


@dataclass(frozen=True)
class Recipe:
    """What happens in a take; chances are for each sentence."""

    name: str
    voice: str
    sentences: range
    seed: int
    noise_db: float = 20.0
    repeats: float = 0.08
    false_starts: float = 0.08
    omissions: float = 0.05
    wrong: float = 0.06
    clatter: float = 0.1
    breaths: float = 0.2
    music: bool = False
    title: bool = False
    pauses: tuple[float, float] = (0.6, 2.5)
    gain: float = 0.5


@dataclass
class MadeTake:
    """A take and its truth; unread: sentences left out or said wrongly."""

    samples: np.ndarray
    truth: dict[int, Reading] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


Clips = Callable[[str], np.ndarray]
"""Speak a text: mono at RATE."""


def make_take(recipe: Recipe, sentences: Sequence[str], wrong: Mapping[int, str], clips: Clips):
    """Return the take of a recipe. wrong: what is said in a sentence's place, where it may be."""
    rng = np.random.default_rng(recipe.seed)
    parts: list[np.ndarray] = []
    take = MadeTake(np.zeros(0, np.float32))
    at = 0

    def put(samples: np.ndarray) -> int:
        nonlocal at
        parts.append(samples.astype(np.float32))
        at += len(samples)
        return at - len(samples)

    def pause(least: float = 0.0) -> None:
        put(np.zeros(int(RATE * max(least, rng.uniform(*recipe.pauses)))))

    pause(1.0)
    if recipe.title:
        put(clips("The first evening. Read by a friend, in November."))
        pause()
    for number in recipe.sentences:
        happens = rng.random(6)
        if happens[0] < recipe.omissions:
            take.unread.add(number)
            continue
        clip = clips(sentences[number])
        if happens[1] < recipe.clatter:
            put(_clatter(rng))
            pause(0.4)
        if happens[2] < recipe.wrong and number in wrong:
            put(clips(wrong[number]))
            take.unread.add(number)
            pause()
            continue
        if happens[3] < recipe.false_starts:
            put(_broken_off(clip, rng))
            pause(0.5)
        if happens[4] < recipe.repeats:
            put(clip)
            pause(0.7)
        breath = bool(happens[5] < recipe.breaths)
        if breath:
            put(_breath(rng, clip))
            put(np.zeros(int(RATE * rng.uniform(0.05, 0.15))))
        first, last = speech_edges(clip)
        begin = put(clip) / RATE
        take.truth[number] = Reading(number, begin + first, begin + last, breath)
        pause()
    samples = np.concatenate(parts)
    speech = float(np.sqrt(np.mean(samples[np.abs(samples) > 1e-3] ** 2)))
    if recipe.music:
        samples += _music(len(samples), rng) * speech * 10.0 ** (-20.0 / 20.0)
    samples += _noise(len(samples), rng) * speech * 10.0 ** (-recipe.noise_db / 20.0)
    take.samples = (samples * recipe.gain / np.abs(samples).max()).astype(np.float32)
    return take


def speech_edges(clip: np.ndarray) -> tuple[float, float]:
    """Return first and last speech of a clean clip, in seconds, to 10 ms."""
    step = RATE // 100
    frames = clip[: len(clip) // step * step].reshape(-1, step)
    level = 20.0 * np.log10(np.sqrt((frames**2).mean(axis=1)) + 1e-9)
    loud = np.flatnonzero(level > level.max() - LOUD_DB)
    return loud[0] / 100.0, (loud[-1] + 1) / 100.0


def _broken_off(clip: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    part = clip[: int(len(clip) * rng.uniform(0.25, 0.6))].copy()
    fade = min(len(part), RATE // 50)
    part[-fade:] *= np.linspace(1.0, 0.0, fade)
    return part


def _breath(rng: np.random.Generator, clip: np.ndarray) -> np.ndarray:
    length = int(RATE * rng.uniform(0.3, 0.5))
    hiss = _shaped(rng.normal(size=length), 500.0, 4_000.0)
    loud = float(np.sqrt(np.mean(clip**2))) * 10.0 ** (-16.0 / 20.0)
    return hiss / np.sqrt(np.mean(hiss**2)) * loud * np.sin(np.linspace(0.0, np.pi, length))


def _clatter(rng: np.random.Generator) -> np.ndarray:
    """Return a cough or a page turned."""
    if rng.random() < 0.5:
        bursts = []
        for _ in range(rng.integers(1, 3)):
            length = int(RATE * rng.uniform(0.12, 0.25))
            burst = _shaped(rng.normal(size=length), 300.0, 3_000.0)
            bursts += [burst / np.abs(burst).max() * np.exp(-np.linspace(0.0, 5.0, length)) * 0.4]
            bursts += [np.zeros(int(RATE * rng.uniform(0.1, 0.2)))]
        return np.concatenate(bursts)
    length = int(RATE * rng.uniform(0.3, 0.7))
    crackle = rng.normal(size=length) * (rng.random(length) < 0.05)
    page = _shaped(crackle, 1_500.0, 7_500.0)
    return page / np.abs(page).max() * 0.15 * np.hanning(length)


def _music(length: int, rng: np.random.Generator) -> np.ndarray:
    """Return slow chords of plucked tones, RMS 1."""
    time = np.arange(length) / RATE
    found = np.zeros(length)
    for start in np.arange(0.0, length / RATE, 1.5):
        root = 110.0 * 2.0 ** (rng.choice([0, 3, 5, 7, 10]) / 12.0)
        span = slice(int(start * RATE), min(length, int((start + 4.0) * RATE)))
        local = time[span] - start
        for step in (0, 4, 7, 12):
            tone = np.sin(2.0 * np.pi * root * 2.0 ** (step / 12.0) * local)
            found[span] += tone * np.exp(-local / 1.5)
    return found / np.sqrt(np.mean(found**2))


def _noise(length: int, rng: np.random.Generator) -> np.ndarray:
    """Return a room's noise, 3 dB an octave less upwards, RMS 1."""
    spectrum = np.fft.rfft(rng.normal(size=length))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), spectrum.size * 60.0 / 8_000.0))
    noise = np.fft.irfft(spectrum, length)
    return noise / np.sqrt(np.mean(noise**2))


def _shaped(samples: np.ndarray, low: float, high: float) -> np.ndarray:
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1.0 / RATE)
    spectrum[(hertz < low) | (hertz > high)] = 0.0
    return np.fft.irfft(spectrum, len(samples))
