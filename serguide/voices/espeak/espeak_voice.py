"""Voice of espeak-ng: the default, offline, in more than a hundred languages.

Its defaults are set for guided imagery, by measurement on 20 sentences in English (en-us):

- rate 112 and word gap 3 give 112 words a minute within phrases (cs 93, de 110, es 112,
  ru 113), near the 95 to 120 a minute that guided imagery is spoken at. French would come to
  134, so its rate is 96: 115 a minute. A word gap costs less clarity than a lower rate, which
  blurs vowels.
- pitch 38 lays the median fundamental of en-us at 85 Hz, against 102 Hz at the default 50.
- range 38 narrows its 10th to 90th percentile from 30 Hz to 22 Hz: calm, and still not flat.
- The sound is then softened (see `polish.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Self

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary
from serguide.base.units import SAMPLERATE, Samples, samples
from serguide.cache.versions import stamp
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import (
    FASTEST_RATE,
    SLOWEST_RATE,
    EspeakSettings,
    synthesise,
)
from serguide.voices.finish import polish as polishing
from serguide.voices.finish import trim as trimming
from serguide.voices.language_match import best_match, unknown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from serguide.audio.types import Block, Clip
    from serguide.base.ipa.ipa_fitting import FittedIpa
    from serguide.script.program import Spoken

CALM: Final = EspeakSettings(rate=112, pitch=38, pitch_range=38, wordgap=3)

RATES: Final[Mapping[str, int]] = {"fr": 96}
"""The calm rate of languages whose words are shorter, by primary language."""

PREFERRED: Final[Mapping[str, str]] = {
    "en": "en-us",
    "en-ca": "en-us",
    "en-jm": "en-029",
    "en-tt": "en-029",
    "fr": "fr-fr",
    "no": "nb",
    "nn": "nb",
    "zh": "cmn",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "es-mx": "es-419",
    "es-ar": "es-419",
    "es-co": "es-419",
    "es-us": "es-419",
    "iw": "he",
    "in": "id",
}
"""What stands for a BCP 47 tag that several of espeak's codes, or none, would serve.

Plain `en` is en-us, as everywhere in this program; other Englishes than those listed (en-AU,
en-IE, en-NZ) are nearer to en-gb, which `_ENGLISH` says.
"""

_ENGLISH: Final[Mapping[str, str]] = dict.fromkeys(
    ("en-au", "en-ie", "en-in", "en-nz", "en-uk", "en-za"), "en-gb"
)
_STEP_OF_A_GAP = 0.050  # how much 1 / pace grows with one step of word gap at the lowest rate


class EspeakVoice:
    """Speak with espeak-ng; see serguide.voices.base.Voice."""

    sends_to: str | None = None
    serial = False

    def __init__(self, code: str, timbre: str | None, language: str) -> None:
        """Take one of espeak's languages and a timbre, both known to exist."""
        self._code = code
        self._variant = f"{code}+{timbre}" if timbre else code
        self._file = catalogue().files[code] + (f"+{timbre}" if timbre else "")
        self._rate = RATES.get(primary(code), CALM.rate)
        self.name = f"espeak:{self._variant}"
        self.language = language

    @property
    def file(self) -> str:
        """Return the catalogue's file of its language."""
        return catalogue().files[self._code]

    @classmethod
    def open(cls, variant: str | None, language: str) -> Self:
        """Return the voice of a variant such as `en-gb` or `cs+f2`, or else of a language.

        Raises VoiceError when there is no such variant, or no voice for the language.
        """
        known = catalogue()
        preferred = {**PREFERRED, **_ENGLISH}
        if variant is None:
            code = best_match(language, known.languages, preferred)
            if code is None:
                raise unknown(
                    "espeak voice for the language",
                    language,
                    known.languages,
                    Hint(
                        "Set `language:` to a BCP 47 tag such as en-GB, of a language that it has.",
                        Remedy("voices"),
                    ),
                )
            return cls(code, None, language)
        asked, plus, timbre = variant.partition("+")
        code = best_match(asked, known.languages, preferred)
        if code is None or (code.lower() != asked.lower() and asked.lower() not in preferred):
            raise unknown(
                "espeak voice",
                asked,
                known.languages,
                Hint(f"It has {len(known.languages)}: en-gb, en-us, de, cs, ….", Remedy("voices")),
            )
        if plus and timbre not in known.timbres:
            raise unknown(
                "espeak timbre", timbre, known.timbres, f"It has {', '.join(known.timbres)}."
            )
        return cls(code, timbre or None, language)

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace."""
        return {
            "engine": "espeak",
            "variant": self._variant,
            "rate": self._rate,
            "pitch": CALM.pitch,
            "pitch_range": CALM.pitch_range,
            "wordgap": CALM.wordgap,
            **stamp("espeak text", "espeak speech", "trim", "polish"),
        }

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: 0.5 to 2. Markup is spoken as text. Raises VoiceError for a text with nothing in
        it to say.
        """
        # Imported here, because listing and checking open voices and never speak.
        from serguide.audio.types import Clip
        from serguide.voices.espeak.espeak_text import prepare

        sounds = sentence.sounds if sentence else ()
        if sounds:
            from serguide.voices.espeak.espeak_ipa import marked_up

            plain = marked_up(text, sounds, self.file)
        else:
            plain = prepare(text)
        if plain:
            spoken, samplerate = synthesise(
                plain, self._file, _settings(self._rate, pace), marked_up=bool(sounds)
            )
            trimmed = trimming.trim(_floats(spoken), samplerate)
            if len(trimmed):
                return Clip(polishing.polish(trimmed, samplerate), SAMPLERATE)
        raise VoiceError(
            f"{self.name} has nothing to say for “{text[:60]}”.",
            "Write words into the cue, or make it a pause.",
        )

    def fit_sounds(self, ipa: str) -> FittedIpa:
        """Return IPA in the sounds of this language; see serguide.voices.base.SpeaksIpa."""
        from serguide.voices.espeak.espeak_ipa import fitted_to_espeak

        return fitted_to_espeak(ipa, self.file)

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return about how many frames `speak` would give, without speaking."""
        # Imported here, because where all is rendered already nothing is estimated.
        from serguide.voices.espeak.espeak_estimate import seconds_of

        return Samples(samples(seconds_of(text, self._code) / pace) + polishing.TAIL)


def _floats(sixteen: npt.NDArray[np.int16]) -> Block:
    """Return 16-bit samples as a Block of one channel."""
    import numpy as np

    return (sixteen.astype(np.float32) / np.float32(32768.0)).reshape(-1, 1)


def _settings(calm_rate: int, pace: float) -> EspeakSettings:
    """Return the settings of a pace: by rate, and below the lowest rate by longer gaps."""
    rate = max(SLOWEST_RATE, min(round(calm_rate * pace), FASTEST_RATE))
    missing = max(0.0, 1.0 / pace - calm_rate / SLOWEST_RATE)
    return EspeakSettings(
        rate=rate,
        pitch=CALM.pitch,
        pitch_range=CALM.pitch_range,
        wordgap=CALM.wordgap + round(missing / _STEP_OF_A_GAP),
    )
