"""Name a fault in the sound of a reading, in plain words, or none."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.activity import Activity
from serguide.alignment.edges import Edges
from serguide.alignment.take_sound import RATE, TakeSound
from serguide.base.units import SAMPLERATE
from serguide.recordings.hum import HUM_WINDOW, find_hum, hum_look

CUT_OFF: Final = "cut off"
SOFT: Final = "too soft"
CLIPPED: Final = "too loud: it is clipped"
HUM: Final = "a hum in the room"
NOISE: Final = "much noise in the room"

_SOFTEST: Final = 0.012  # of full scale: a peak under it drowns in any phone's own noise
_FULL: Final = 0.985
_CLIPPED: Final = 3  # of its 10 ms
_NOISY: Final = 11.0  # dB between speech and background
_HUMMING: Final = 26.0  # dB between speech and hum
_MARGIN: Final = 0.02  # seconds of silence that a whole reading has at the ends of a take
_PAUSES: Final = 40  # looks at the hum


def fault_of(sound: TakeSound, activity: Activity, edges: Edges, *, hum: bool) -> str:
    """Return what is wrong with a reading's sound, the worst first; empty for nothing.

    hum: the take has one.
    """
    first, last = round(edges.speech_start * 100), max(1, round(edges.speech_end * 100))
    peaks = sound.peaks[first:last]
    if edges.speech_start < _MARGIN or edges.speech_end > activity.seconds - _MARGIN:
        return CUT_OFF
    if peaks.size and float(np.max(peaks)) < _SOFTEST:
        return SOFT
    if int((peaks >= _FULL).sum()) >= _CLIPPED:
        return CLIPPED
    level, floor = activity.level[first:last], activity.floor[first:last]
    if hum:
        return HUM
    if level.size and float(np.quantile(level, 0.9) - floor.mean()) < _NOISY:
        return NOISE
    return ""


def hums(sound: TakeSound, activity: Activity) -> bool:
    """Tell whether the mains hum in a take's pauses, loud enough to be heard beside speech."""
    import soxr

    length = HUM_WINDOW / SAMPLERATE
    looks: list[npt.NDArray[np.float32]] = []
    powers: list[float] = []
    for first, last in activity.pauses():
        if last - first >= length and len(looks) < _PAUSES:
            samples = sound.floats(first, first + length)
            powers.append(float(np.mean(samples.astype(np.float64) ** 2)))
            wide = soxr.resample(samples, RATE, SAMPLERATE)
            looks.append(hum_look(np.pad(wide, (0, HUM_WINDOW))[:HUM_WINDOW]))
    if not looks or not find_hum(looks) or not activity.speech.any():
        return False
    speech = float(np.quantile(activity.level[activity.speech], 0.9))
    return 10 * float(np.log10(np.median(powers) + 1e-12)) > speech - _HUMMING
