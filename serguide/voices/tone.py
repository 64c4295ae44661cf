"""Silent-movie voice: a soft tone as long as the words would take.

For drafts of a session's timing, and for tests that must hear to the sample where a clip
begins and ends. Its length is exact and simple:

    milliseconds = 200 + 100 for each character that is not white space
    frames       = 48 * milliseconds / pace, rounded to the nearest

which is about 110 words a minute in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Self

from serguide.base.errors import VoiceError
from serguide.base.units import SAMPLERATE, Samples, samples
from serguide.cache.versions import stamp
from serguide.voices.base import VoiceDescription
from serguide.voices.language_match import unknown

if TYPE_CHECKING:
    from serguide.audio.types import Clip
    from serguide.script.program import Spoken

LEVEL: Final = 0.1
"""Amplitude of the tone: -20 dB relative to full scale."""

FREQUENCY: Final = 220.0
"""Of the tone, in Hz; by clip a little off it, so that whole cycles fill the clip."""

FADE: Final = samples(0.002)

_ONCE_MS, _CHARACTER_MS = 200, 100


class ToneVoice:
    """Hold a tone as long as words would take; see serguide.voices.base.Voice."""

    name = "tone"
    sends_to: str | None = None
    serial = False

    def __init__(self, language: str) -> None:
        """Take the BCP 47 language, which changes nothing."""
        self.language = language

    @classmethod
    def describe(cls) -> VoiceDescription:
        """Return that it speaks every language alike."""
        return VoiceDescription(
            "tone", "GPL-3.0-or-later", about="every language, as tones without words"
        )

    @classmethod
    def open(cls, variant: str | None, language: str) -> Self:
        """Return the voice. Raises VoiceError for any variant, because it has none."""
        if variant is not None:
            raise unknown("tone voice", variant, (), "It has no variants: write `tone`.")
        return cls(language)

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace."""
        return {"engine": "tone", **stamp("tone voice")}

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return a tone: shape (frames, 1), float32, at SAMPLERATE, first and last frame not 0.

        Raises VoiceError for a text without a character.
        """
        # Imported here, because listing and checking open voices and never speak.
        import numpy as np

        from serguide.audio.types import Clip

        if not text.strip():
            raise VoiceError("tone has nothing to say.", "Write words into the cue.")
        frames = self.estimate(text, pace=pace)
        # Whole cycles of a cosine from first to last frame: both ends stand at its peak, so
        # that no frame near them is 0 but by the fade, which begins above 0.
        cycles = round(FREQUENCY * (frames - 1) / SAMPLERATE)
        tone = LEVEL * np.cos(np.linspace(0.0, 2.0 * np.pi * cycles, frames))
        fade = np.arange(1, FADE + 1) / FADE
        tone[:FADE] *= fade
        tone[-FADE:] *= fade[::-1]
        return Clip(tone.astype(np.float32).reshape(-1, 1), SAMPLERATE)

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return exactly how many frames `speak` gives."""
        characters = len("".join(text.split()))
        milliseconds = _ONCE_MS + _CHARACTER_MS * characters
        return Samples(round(milliseconds * 48 / Fraction(str(pace))))
