"""A voice of Piper's, set for guided imagery.

CALM, slower than it was trained to speak, gives `en_US-joe-medium` 105 to 130 words a minute on
sentences of the library, and a better predicted naturalness than its own pace. Both kinds of noise
are off, so that the same words give the same samples, and nothing is normalised: sentences keep
their level towards one another, and a track's gain brings them all to where speech belongs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from serguide.base.errors import VoiceError
from serguide.base.ipa.ipa_fitting import FittedIpa, fitted
from serguide.base.units import SAMPLERATE, Samples, samples
from serguide.cache.versions import stamp
from serguide.script.pronunciation import sounded_parts
from serguide.voices.piper.piper_phonemes import phoneme_names
from serguide.voices.piper.piper_text import piper_text

if TYPE_CHECKING:
    from serguide.audio.types import Clip
    from serguide.script.program import Spoken
    from serguide.voices.weights import InstalledWeights

CALM: Final = 2.3
"""How much longer than it was trained to speak."""


class PiperVoice:
    """Speak with one of Piper's models; see serguide.voices.base.Voice."""

    sends_to: str | None = None
    serial = False

    def __init__(self, weights: InstalledWeights, language: str) -> None:
        """Take the weights of a voice that is installed."""
        self._weights = weights
        self.name = weights.name
        self.language = language

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace."""
        return {
            "engine": "piper",
            "model": self._weights.digest,
            "length_scale": CALM,
            **stamp("piper text", "piper speech", "trim"),
        }

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: 0.5 to 2. Raises VoiceError for a text with nothing in it to say.
        """
        # Imported here, because listing and checking open voices and never speak.
        import numpy as np

        from serguide.audio.types import Clip
        from serguide.voices.piper.piper_model import load_model
        from serguide.voices.piper.piper_sound import finished

        parts = self._parts(text, sentence)
        if parts:
            model = load_model(self._weights)
            spoken = model.speech(parts, CALM / pace)
            if not all(np.isfinite(each).all() for each in spoken):
                raise VoiceError(
                    f"{self.name} gave samples that are not numbers for “{text[:60]}”.",
                    "Its model may not suit this machine: use another voice.",
                )
            trimmed = finished(spoken, model.samplerate)
            if len(trimmed):
                return Clip(trimmed, SAMPLERATE)
        raise VoiceError(
            f"{self.name} has nothing to say for “{text[:60]}”.",
            "Write words into the cue, or make it a pause.",
        )

    def fit_sounds(self, ipa: str) -> FittedIpa:
        """Return IPA in the model's sounds; see serguide.voices.base.SpeaksIpa."""
        sounds = phoneme_names(self._weights)
        return fitted(ipa, sounds) if sounds else FittedIpa((), ((ipa, ""),))

    def _parts(self, text: str, sentence: Spoken | None) -> list[tuple[str, str]]:
        """Return a text in prepared parts, with the phonemes of those that have IPA."""
        sounds = sentence.sounds if sentence and phoneme_names(self._weights) else ()
        parts: list[tuple[str, str]] = []
        for part, ipa in sounded_parts(text, sounds):
            if ipa:
                parts.append((part, "".join(self.fit_sounds(ipa).units)))
            elif not sounds:
                parts += [(piper_text(part), "")]
            else:
                parts += _between(part)
        return [each for each in parts if each[0]]

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return about how many frames `speak` would give, without speaking."""
        # Imported here, because where all is rendered already nothing is estimated.
        from serguide.voices.piper.piper_estimate import piper_seconds

        return samples(piper_seconds(text, self.language) / pace)


def _between(part: str) -> list[tuple[str, str]]:
    """Return what stands between two pronunciations, prepared; its punctuation counts too."""
    text = piper_text(part)
    if not text:
        return [("".join(mark for mark in part if mark in ",;:.!?")[-1:], "")]
    mark = part.lstrip()[:1]
    # espeak drops a mark that a text begins with.
    return [*([(mark, mark)] if mark in {",", ";", ":"} else []), (text, "")]
