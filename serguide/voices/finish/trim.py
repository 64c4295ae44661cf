"""Trim a clip to its speech, so that a timeline's positions are where words begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serguide.base.units import Decibels, gain_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from serguide.audio.types import Block

FLOOR_DB: Final = Decibels(-54.0)
"""What is quieter than this (RMS of 1 ms, relative to full scale) is not speech."""

LEAD_MS, TAIL_MS = 4, 12
"""How much is kept outside the first and last sound, and faded, so that nothing clicks."""


def trim(mono: Block, samplerate: int, floor_db: Decibels = FLOOR_DB) -> Block:
    """Cut silence off both ends and fade what is left in and out over a few milliseconds.

    mono: shape (frames, 1), at samplerate in Hz. Returns shape (frames, 1), float32, on the
    16-bit grid; zero frames when nothing is louder than floor_db.
    """
    # Imported here, because listing and checking open voices and never speak.
    import numpy as np

    from serguide.voices.finish.segments import AudioSegment

    sixteen = np.clip(np.rint(mono[:, 0] * 32768.0), -32768, 32767).astype("<i2")
    segment = AudioSegment(
        data=sixteen.tobytes(), sample_width=2, frame_rate=samplerate, channels=1
    )
    # pydub's own search cuts a segment for every millisecond, and takes half as long as espeak.
    loud = np.flatnonzero(_rms(mono[:, 0], samplerate) >= gain_of(floor_db))
    if not loud.size:
        return np.zeros((0, 1), dtype=np.float32)
    start, end = max(0, int(loud[0]) - LEAD_MS), min(len(segment), int(loud[-1]) + 1 + TAIL_MS)
    # Above 100 ms pydub fades in steps; these are below, and so are smooth.
    cut = segment[start:end].fade_in(LEAD_MS).fade_out(TAIL_MS)
    samples = np.frombuffer(cut.raw_data, dtype="<i2").astype(np.float32) / np.float32(32768.0)
    return samples.reshape(-1, 1)


def _rms(samples: npt.NDArray[np.float32], samplerate: int) -> npt.NDArray[np.float64]:
    """Return the level of every millisecond, the last one cut short; full scale is 1."""
    import numpy as np

    count = -(-len(samples) * 1000 // samplerate)
    bounds = np.minimum(np.arange(count + 1) * samplerate // 1000, len(samples))
    sums = np.concatenate(((0.0,), np.cumsum(np.square(samples, dtype=np.float64))))
    lengths = np.maximum(np.diff(bounds), 1)
    levels: npt.NDArray[np.float64] = np.sqrt((sums[bounds[1:]] - sums[bounds[:-1]]) / lengths)
    return levels
