"""The levels that everything agrees on: speech, soundscapes, true peak."""

from __future__ import annotations

from typing import Final

from serguide.base.units import Decibels

SPEECH_LUFS: Final = -18.0
"""Integrated loudness of the voice as heard from two loudspeakers (ITU-R BS.1770), in LUFS."""

REFERENCE_LUFS: Final = SPEECH_LUFS
"""Integrated loudness of every soundscape before a mix turns it down, in LUFS."""

TRUE_PEAK_DB: Final = Decibels(-1.5)
"""No true peak of a decoded bundle is above this, in dBTP."""

CEILING: Final = Decibels(TRUE_PEAK_DB - 0.5)
"""dBTP; a limiter's, half a dB left for what an encoder adds."""

LIFT_DB: Final = Decibels(6.0)
"""How far the soundscape rises where nobody speaks, in dB."""
