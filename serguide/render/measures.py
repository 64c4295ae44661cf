"""Measured loudness of a rendered session, as its manifest states it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionLoudness:
    """Hold the measured loudness of the session (ITU-R BS.1770).

    integrated: of the mix, LUFS; speech: of the voice stem, LUFS; true_peak: of the mix, dBTP.
    None where there is nothing to measure, as in a session without a word.
    """

    integrated: float | None
    speech: float | None
    true_peak: float | None
