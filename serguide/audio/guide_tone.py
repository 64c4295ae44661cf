"""Synthesise the breath guide: a soft tone that rises with the breath in and falls with it out.

Its pitch glides from LOW to HIGH over "in" and back over "out"; "hold" stays high and "rest"
low, hardly to be heard. Every phase begins and ends at zero, so that phases join in any order
and at any length without a click.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE, Samples, gain_of
from serguide.script.program import Phase

LOW, HIGH = 196.0, 261.6
"""Hz at the bottom and at the top of a breath: a fourth, G3 to C4."""

_OVERTONES = ((1.0, 0.0), (2.0, -11.0), (3.0, -21.0))  # ratio, dB: heard on small speakers too
_FULL = 0.042  # amplitude at the top of a breath: about -28 LUFS in its loudest 400 ms
_SOFT = 0.10  # of that, during hold and rest
_EDGE = 0.25  # seconds that soft edges take
_ONSET = 0.04  # seconds in which "in" becomes audible

_Curve = npt.NDArray[np.float64]


def guide_tone(phase: Phase, frames: Samples) -> Block:
    """Return the tone of one phase: shape (frames, 2), exact, zero at both ends."""
    if frames <= 0:
        return np.zeros((0, 2), np.float32)
    part = (np.arange(frames) + 0.5) / frames
    turns = np.cumsum(_pitch(phase, part)) / SAMPLERATE
    tone = np.zeros(frames)
    for ratio, db in _OVERTONES:
        tone += gain_of(db) * np.sin(2.0 * np.pi * ratio * turns)
    tone *= _FULL * _amplitude(phase, part, frames)
    return np.repeat(tone.astype(np.float32)[:, None], 2, axis=1)


def _pitch(phase: Phase, part: _Curve) -> _Curve:
    # Equal steps of pitch, not of Hz, and level where a breath turns.
    glide = (1.0 - np.cos(np.pi * part)) / 2.0
    height = {"in": glide, "hold": np.ones_like(part), "out": 1.0 - glide, "rest": 0.0 * part}
    return LOW * (HIGH / LOW) ** height[phase]


def _amplitude(phase: Phase, part: _Curve, frames: int) -> _Curve:
    seconds = part * frames / SAMPLERATE
    length = frames / SAMPLERATE
    edge = min(_EDGE, length / 3.0)
    end = _rise((length - seconds) / edge)
    match phase:
        case "in":
            # It begins as softly as a hold, at once, and swells from there.
            return (_SOFT + (1.0 - _SOFT) * _rise(part / 0.85)) * _rise(seconds / _ONSET) * end
        case "out":
            return (
                (_SOFT + (1.0 - _SOFT) * _rise((1.0 - part) / 0.85)) * _rise(seconds / edge) * end
            )
        case _:
            return _SOFT * _rise(seconds / edge) * end


def _rise(part: _Curve) -> _Curve:
    """Go from 0 at 0 to 1 at 1 with level tangents, and stay there."""
    return np.square(np.sin(np.clip(part, 0.0, 1.0) * (np.pi / 2.0)))
