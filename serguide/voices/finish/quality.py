"""Check a clip for lost words and damage."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from serguide.audio.types import Block, Clip
from serguide.base.units import SAMPLERATE

QUIETEST_PEAK: Final = 10 ** (-50 / 20)
"""A clip that is nowhere louder than this is taken to be silent."""

_FULL_SCALE: Final = 32767 / 32768
_CLIPPED_RUN: Final = 4  # samples in a row at full scale; a lone peak may touch it
_FASTEST: Final = 30.0  # letters a second at pace 1; calm speech has 8, an auctioneer 25
_FASTEST_WIDE: Final = 12.0  # characters of Chinese, Japanese or Korean; calm speech has 3
_SHARE: Final = 0.55  # of the estimate; estimates are within 35 % for ordinary sentences
_ENOUGH_LETTERS: Final = 20  # for an estimate to be trusted

_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def quality_problem(clip: Clip, text: str, *, pace: float, estimate: int) -> str | None:
    """Return what is wrong with the speech of a text, as the end of "the voice …", or None.

    pace: that it was spoken at; estimate: the voice's own, in frames.
    """
    samples = clip.samples
    if clip.samplerate != SAMPLERATE or samples.ndim != 2 or samples.shape[1] != 1:
        return f"gave a clip of shape {samples.shape} at {clip.samplerate} Hz"
    if not len(samples):
        return "gave no sound at all"
    if not np.isfinite(samples).all():
        return "gave samples that are not numbers"
    peak = float(np.abs(samples).max())
    if peak < QUIETEST_PEAK:
        return "gave silence"
    if peak > 1.0 or _clipped(samples):
        return "gave sound that is clipped"
    least = shortest(text, pace=pace, estimate=estimate)
    if len(samples) < least:
        return (
            f"gave {len(samples) / SAMPLERATE:.2f} s of sound, where its words need at least "
            f"{least / SAMPLERATE:.2f} s; some of them are lost"
        )
    return None


def shortest(text: str, *, pace: float, estimate: int) -> int:
    """Return the frames below which a clip cannot hold all of a text's words.

    A share of the estimate where there are letters enough to trust it, and else what nobody
    speaks faster than, so that one word is never taken for too short.
    """
    wide = len(_WIDE.findall(text))
    letters = len(_LETTER.findall(text)) - wide
    least = (letters / _FASTEST + wide / _FASTEST_WIDE) / pace * SAMPLERATE
    weight = letters + 3 * wide
    spoken = len("".join(text.split()))
    if weight >= _ENOUGH_LETTERS and letters + wide >= 0.8 * spoken:
        least = max(least, _SHARE * estimate)
    return round(least)


def _clipped(samples: Block) -> bool:
    full = np.abs(samples[:, 0]) >= _FULL_SCALE
    if not full.any():
        return False
    runs = np.lib.stride_tricks.sliding_window_view(full, min(_CLIPPED_RUN, len(full)))
    return bool(runs.all(axis=1).any())
