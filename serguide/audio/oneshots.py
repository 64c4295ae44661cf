"""Synthesise the one-shots: bowl, bell, wood block and chime, struck softly.

Each is a sum of decaying partials (modal synthesis) at the ratios of the real, inharmonic
body: a singing bowl's ring modes, each a pair that beats because no bowl is perfectly round
(Inácio, Henrique and Antunes 2006); a tuned bell's hum, prime, tierce, quint and nominal
(Rossing 2000, chapter 11); a free bar's bending modes 1 : 2.756 : 5.404 (Rossing, chapter 4).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from serguide.audio.loudness.meter import measure
from serguide.audio.types import Block, Clip
from serguide.base.errors import SoundError
from serguide.base.nearest import did_you_mean
from serguide.base.units import SAMPLERATE, Samples, gain_of

LOUDEST_LUFS = -24.0
"""The loudest 400 ms of every one-shot: gently under a voice at -18 LUFS."""

_PEAK = 0.5
_CLOSE = 0.25  # the last part of each sound that fades into digital silence


@dataclass(frozen=True, slots=True)
class Partial:
    """Hold one mode: hz; gain, linear; decay: seconds to fall by 60 dB; side: -1 to 1."""

    hz: float
    gain: float
    decay: float
    side: float = 0.0


@dataclass(frozen=True, slots=True)
class OneShotRecipe:
    """Hold what a one-shot is made of; onset: seconds that it takes to rise."""

    seconds: float
    onset: float
    partials: tuple[Partial, ...]


def _bowl() -> OneShotRecipe:
    modes = ((1.0, 1.0, 11.0), (2.77, 0.50, 7.5), (5.18, 0.20, 4.5), (8.16, 0.06, 2.5))
    pairs = []
    for place, (ratio, gain, decay) in enumerate(modes):
        beat = 0.35 + 0.45 * place
        pairs.append(Partial(186.0 * ratio - beat / 2, gain, decay, -0.35))
        pairs.append(Partial(186.0 * ratio + beat / 2, gain * 0.7, decay * 0.95, 0.35))
    return OneShotRecipe(10.0, 0.025, tuple(pairs))


def _bell() -> OneShotRecipe:
    modes = (
        (0.5, 0.45, 6.0), (1.0, 0.9, 4.5), (1.2, 0.45, 3.6), (1.5, 0.2, 3.0),
        (2.0, 0.55, 2.6), (2.67, 0.12, 1.6), (3.0, 0.10, 1.4),
    )  # fmt: skip
    sides = (0.0, -0.2, 0.3, -0.4, 0.2, 0.5, -0.5)
    return OneShotRecipe(
        6.0,
        0.012,
        tuple(
            Partial(440.0 * ratio, gain, decay, side)
            for (ratio, gain, decay), side in zip(modes, sides, strict=True)
        ),
    )


def _wood_block() -> OneShotRecipe:
    modes = ((1.0, 1.0, 0.34, -0.1), (2.756, 0.22, 0.16, 0.2), (5.404, 0.05, 0.09, -0.2))
    return OneShotRecipe(
        0.6, 0.008, tuple(Partial(410.0 * ratio, gain, t, side) for ratio, gain, t, side in modes)
    )


def _chime() -> OneShotRecipe:
    # Three tubes, each with the first bending modes of a free bar; all three at once, softly.
    partials = []
    for hz, gain, side in ((659.3, 1.0, -0.4), (880.0, 0.8, 0.1), (1174.7, 0.5, 0.45)):
        for ratio, part, decay in ((1.0, 1.0, 4.2), (2.756, 0.22, 1.8), (5.404, 0.04, 0.8)):
            partials.append(Partial(hz * ratio, gain * part, decay, side))
    return OneShotRecipe(4.5, 0.015, tuple(partials))


ONE_SHOTS: dict[str, Callable[[], OneShotRecipe]] = {
    "bowl": _bowl,
    "bell": _bell,
    "woodblock": _wood_block,
    "chime": _chime,
}
"""What each one-shot is made of, by the name that scripts use."""

_OTHER_NAMES = {"wood-block": "woodblock"}

_clips: dict[str, Clip] = {}
_lock = threading.Lock()


def one_shot(name: str) -> Clip:
    """Return a one-shot: shape (frames, 2), read-only, from rest to digital silence.

    Raises SoundError for a name that there is not.
    """
    known = _known(name)
    with _lock:
        if known not in _clips:
            _clips[known] = _made(ONE_SHOTS[known]())
        return _clips[known]


def frames_of(name: str) -> Samples:
    """Return a one-shot's length without making it.

    Raises SoundError for a name that there is not.
    """
    return _frames(ONE_SHOTS[_known(name)]())


def _known(name: str) -> str:
    known = _OTHER_NAMES.get(name, name)
    if known not in ONE_SHOTS:
        hint = did_you_mean(name, ONE_SHOTS, otherwise=f"there is: {', '.join(ONE_SHOTS)}")
        raise SoundError(f"there is no sound “{name}”", hint)
    return known


def _frames(recipe: OneShotRecipe) -> Samples:
    return Samples(round(recipe.seconds * SAMPLERATE))


def _made(recipe: OneShotRecipe) -> Clip:
    frames = _frames(recipe)
    times = np.arange(frames) / SAMPLERATE
    found = np.zeros((2, frames))
    for place, partial in enumerate(recipe.partials):
        # Phases a golden angle apart, so that the partials do not all push at once.
        turn = 2.0 * np.pi * (partial.hz * times + 0.381966 * place)
        ring = np.sin(turn) * np.exp(times * (-3.0 * np.log(10.0) / partial.decay))
        angle = (1.0 + partial.side) * np.pi / 4.0
        found[0] += ring * (partial.gain * np.cos(angle))
        found[1] += ring * (partial.gain * np.sin(angle))
    # The onset reaches 1 with a level tangent; the close does the same towards 0 at the end.
    found *= np.sin(np.minimum(times / recipe.onset, 1.0) * np.pi / 2.0) ** 2
    left = (frames - 1 - np.arange(frames)) / (frames * _CLOSE)
    found *= np.sin(np.minimum(left, 1.0) * np.pi / 2.0) ** 2
    samples = _at_level(np.ascontiguousarray(found.T, np.float32))
    samples.setflags(write=False)
    return Clip(samples, SAMPLERATE)


def _at_level(sound: Block) -> Block:
    gain = gain_of(LOUDEST_LUFS - measure([sound], channels=2).momentary_max)
    peak = float(np.abs(sound).max())
    return sound * np.float32(min(gain, _PEAK / peak))
