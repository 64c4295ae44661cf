"""Polish a synthetic voice: softer, evener, with a short reverberation.

Chosen by measurement on sixteen sentences of guided imagery (espeak in en-us, en-gb and cs),
as octave bands relative to the band of 300 to 1,000 Hz:

    band             raw            polished     why
    2 to 4 kHz    -9.7 to -11.2   -12 to -14     where synthetic voices sound hard
    4 to 8 kHz   -17.8 to -18.7   -17 to -19     compression alone would raise it by 3 dB
    crest          19 to 21 dB    16 to 18 dB    no word leaps out of a quiet bed

The treble cut and the room are as small as they are for the words' sake: with twice the cut
and more room Whisper made a fifth more errors, and DistillMOS was no higher (docs/heard.md).

Speech is not made equally loud clip by clip: the mix sets one gain for a track, so that a
sentence which is spoken softly stays softer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serguide.base.units import SAMPLERATE, samples

if TYPE_CHECKING:
    from serguide.audio.types import Block

TAIL: Final = samples(0.240)
"""How long the room rings on after the speech, in frames at SAMPLERATE; its last frame is 0."""

_TAIL_FADE: Final = samples(0.160)
_CEILING: Final = 0.98


def polish(mono: Block, samplerate: int = SAMPLERATE) -> Block:
    """Soften speech, set it in a small room, and bring it to SAMPLERATE.

    mono: shape (frames, 1), float32, at samplerate in Hz, trimmed. Effects work at that rate: an
    engine that speaks at half of SAMPLERATE has nothing for them to do above. Returns shape
    (frames at SAMPLERATE + TAIL, 1); the speech stays where it was. Nothing is louder than 0.98
    of full scale.
    """
    # Imported here, because listing and checking open voices and never speak.
    import numpy as np
    import soxr
    from pedalboard import Chain, Compressor, HighpassFilter, HighShelfFilter, PeakFilter, Reverb

    # Built for each clip, because effects keep state and clips may be made in several threads.
    board = Chain(
        [
            PeakFilter(cutoff_frequency_hz=2_800, gain_db=-4.0, q=0.7),
            HighShelfFilter(cutoff_frequency_hz=5_000, gain_db=-4.0, q=0.7),
            Compressor(threshold_db=-24.0, ratio=2.0, attack_ms=10.0, release_ms=150.0),
            HighpassFilter(cutoff_frequency_hz=70.0),
            # 0.5 is unity for `dry_level`. The wet sound comes out 31 dB below the voice.
            Reverb(room_size=0.05, damping=0.8, wet_level=0.06, dry_level=0.5, width=0.0),
        ]
    )
    frames = round(len(mono) * SAMPLERATE / samplerate) + TAIL
    padded = np.zeros(-(-frames * samplerate // SAMPLERATE), np.float32)
    padded[: len(mono)] = mono[:, 0]
    ringing = board(padded, samplerate, reset=True)
    resampled = soxr.resample(ringing, samplerate, SAMPLERATE, quality="HQ")
    polished: Block = np.zeros((frames, 1), np.float32)
    polished[: len(resampled), 0] = resampled[:frames]
    phase = np.linspace(0.0, np.pi, _TAIL_FADE, dtype=np.float64)
    polished[-_TAIL_FADE:, 0] *= (0.5 + 0.5 * np.cos(phase)).astype(np.float32)
    polished[-1] = 0.0
    peak = float(np.abs(polished).max())
    if peak > _CEILING:  # only a signal that is not speech comes here
        polished *= np.float32(_CEILING / peak)
    return polished
