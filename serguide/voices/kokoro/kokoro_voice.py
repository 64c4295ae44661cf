"""Voice of Kokoro-82M: natural, offline, once its weights are on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Self

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary
from serguide.base.units import Samples, samples
from serguide.cache.versions import stamp
from serguide.voices.kokoro.kokoro_engine import GET, describe
from serguide.voices.kokoro.kokoro_styles import STYLES, KokoroStyle, styles_for
from serguide.voices.language_match import unknown
from serguide.voices.weights import InstalledWeights, installed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from serguide.audio.types import Clip
    from serguide.base.ipa.ipa_fitting import FittedIpa
    from serguide.script.program import Spoken
    from serguide.voices.kokoro.kokoro_model import ModelSound

_GAP: Final = 0.55
"""Seconds between two runs of a long text at pace 1, as between sentences of one run."""


class KokoroVoice:
    """Speak with a style of Kokoro; see serguide.voices.base.Voice."""

    sends_to: str | None = None
    serial = False

    def __init__(self, style: KokoroStyle, weights: InstalledWeights, language: str) -> None:
        """Take a style whose file the weights have."""
        self._style = style
        self._weights = weights
        self._digest = ""
        self.name = f"kokoro:{style.name}"
        self.language = language

    @property
    def seconds_at_once(self) -> float:
        """Return how much is spoken at once; see serguide.voices.base.BoundedVoice."""
        from serguide.voices.kokoro.kokoro_model import AT_ONCE

        return AT_ONCE

    @classmethod
    def open(cls, variant: str | None, language: str) -> Self:
        """Return the voice of a style such as `af_heart`, or else the best here for a language.

        Raises VoiceError when there is no such style, when it does not speak the language, or
        when it is not on this machine.
        """
        choices = styles_for(language)
        if variant is not None and variant not in STYLES:
            raise unknown(
                "Kokoro voice", variant, STYLES, Hint(f"It has {len(STYLES)}.", Remedy("voices"))
            )
        if not choices:
            raise VoiceError(
                f"Kokoro has no voice for the language “{language}”.",
                Hint("Choose a voice that speaks it.", Remedy("voices")),
            )
        if variant is not None:
            style = STYLES[variant]
            if style not in choices:
                named = ", ".join(f"`kokoro:{each.name}`" for each in choices)
                raise VoiceError(
                    f"`kokoro:{variant}` speaks {style.label.partition(',')[0]}, not the language "
                    f"“{language}”.",
                    Hint(f"For that, Kokoro has {named}.", Remedy("voices")),
                )
            choices = (style,)
        weights = installed("kokoro")
        missing = describe().install
        if weights is None or missing:
            raise VoiceError("Kokoro is not installed.", missing)
        for style in choices:
            if style.name in weights.styles:
                return cls(style, weights, language)
        raise VoiceError(
            f"`kokoro:{choices[0].name}` is not on this machine; of Kokoro's voices there "
            f"{'is' if len(weights.styles) == 1 else 'are'} {', '.join(weights.styles) or 'none'}.",
            GET,
        )

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace."""
        if not self._digest:
            try:
                style = self._weights.styles[self._style.name].read_bytes()
                self._digest = hashlib.sha256(style).hexdigest()
            except OSError as error:
                raise _lost(error) from error
        return {
            "engine": "kokoro",
            "variant": self._style.name,
            "phonemes": self._style.code,
            "speed": self._style.speed,
            "model": self._weights.digest,
            "style": self._digest,
            **stamp("kokoro text", "kokoro speech", "espeak text", "trim"),
        }

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: 0.5 to 2. Raises VoiceError for a text with nothing in it to say.
        """
        # Imported here, because listing and checking open voices and never speak.
        from serguide.audio.types import Clip
        from serguide.base.units import SAMPLERATE
        from serguide.voices.kokoro.calm_speed import MOST_TRIES, calmer_pace
        from serguide.voices.kokoro.kokoro_phonemes import phonemes

        spelled = phonemes(text, self._style.code, sentence.sounds if sentence else ())
        said = self._said(spelled, pace)
        if said is None:
            raise VoiceError(
                f"{self.name} has nothing to say for “{text[:60]}”.",
                "Write words into the cue, or make it a pause.",
            )
        now = pace
        for _ in range(MOST_TRIES):
            before, now = now, calmer_pace(text, len(said) / SAMPLERATE, now, pace)
            if now == before:
                break
            said = self._said(spelled, now)
            assert said is not None
        return Clip(said, SAMPLERATE)

    def load_ahead(self) -> None:
        """Begin to load the model; see serguide.voices.base.LoadsAhead."""
        from serguide.voices.kokoro.kokoro_model import load_ahead

        load_ahead(self._weights.parts)

    def fit_sounds(self, ipa: str) -> FittedIpa:
        """Return IPA in the model's sounds; see serguide.voices.base.SpeaksIpa."""
        from serguide.voices.kokoro.kokoro_phonemes import fitted_to_kokoro

        return fitted_to_kokoro(ipa)

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return about how many frames `speak` would give, without speaking."""
        # Imported here, because where all is rendered already nothing is estimated.
        from serguide.voices.kokoro.calm_speed import calm_seconds
        from serguide.voices.kokoro.kokoro_estimate import seconds_of

        seconds = seconds_of(text, primary(self._style.language)) * self._style.length / pace
        return Samples(samples(calm_seconds(text, seconds, pace)))

    def _said(self, spelled: str, pace: float) -> npt.NDArray[np.float32] | None:
        """Speak phonemes; None where there are none to speak."""
        from serguide.voices.kokoro.kokoro_sound import finished
        from serguide.voices.kokoro.kokoro_tokens import longest_run, runs

        most = longest_run(self._style.speed * pace)
        said = [self._run(run, pace) for run in runs(spelled, most)]
        return finished(said, _GAP / pace) if said else None

    def _run(self, phonemes: str, pace: float) -> ModelSound:
        """Speak one run of phonemes."""
        import numpy as np

        from serguide.voices.kokoro.kokoro_model import STYLE, shared_model
        from serguide.voices.kokoro.kokoro_tokens import tokens_of

        try:
            style = np.fromfile(self._weights.styles[self._style.name], "<f4").reshape(STYLE)
        except (OSError, ValueError) as error:
            raise _lost(error) from error
        model = shared_model(self._weights.parts)
        return model.speak(tokens_of(phonemes), style, self._style.speed * pace)


def _lost(error: Exception) -> VoiceError:
    return VoiceError(f"A file of Kokoro's voice cannot be read: {error}.", GET)
