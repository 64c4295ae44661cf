"""Cutting a clip to its speech, so that a timeline's positions are where words begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from serguide.block import Block

VERSION: Final = 1
"""Goes into a voice's identity; raise it when trimming changes."""

FLOOR_DB: Final = -54.0
"""What is quieter than this (RMS of 1 ms, relative to full scale) is not speech."""

LEAD_MS, TAIL_MS = 4, 12
"""How much is kept outside the first and last sound, and faded, so that nothing clicks."""


def trim(mono: Block, samplerate: int, floor_db: float = FLOOR_DB) -> Block:
    """Cut silence off both ends and fade what is left in and out over a few milliseconds.

    mono: shape (frames, 1), at samplerate in Hz. Returns shape (frames, 1), float32, on the
    16-bit grid; zero frames when nothing is louder than floor_db.
    """
    # Imported here, because listing and checking open voices and never speak.
    import numpy as np

    from serguide.voices.segments import AudioSegment, detect_leading_silence

    sixteen = np.clip(np.rint(mono[:, 0] * 32768.0), -32768, 32767).astype("<i2")
    segment = AudioSegment(
        data=sixteen.tobytes(), sample_width=2, frame_rate=samplerate, channels=1
    )
    start = detect_leading_silence(segment, silence_threshold=floor_db, chunk_size=1)
    if start >= len(segment):
        return np.zeros((0, 1), dtype=np.float32)
    silent_tail = detect_leading_silence(
        segment.reverse(), silence_threshold=floor_db, chunk_size=1
    )
    start, end = max(0, start - LEAD_MS), len(segment) - max(0, silent_tail - TAIL_MS)
    # Above 100 ms pydub fades in steps; these are below, and so are smooth.
    cut = segment[start:end].fade_in(LEAD_MS).fade_out(TAIL_MS)
    samples = np.frombuffer(cut.raw_data, dtype="<i2").astype(np.float32) / np.float32(32768.0)
    return samples.reshape(-1, 1)
