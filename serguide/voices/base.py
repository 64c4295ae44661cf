"""What a voice is. To add one:

1. Write `serguide/voices/NAME.py` with a class that has the members of Voice below.
2. Let `open` take the part of `NAME:VARIANT` behind the colon (or None) and a BCP 47 language,
   and raise VoiceError with the choices when it has no such variant.
3. Name everything that changes its sound in `identity`: engine, version, settings.
4. Add it to VOICES in `serguide/voices/registry.py`; the shared suite in
   `tests/voices/test_every_voice.py` then runs on it, and must pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from serguide.base.units import Samples

if TYPE_CHECKING:
    from serguide.audio.types import Clip


@runtime_checkable
class Voice(Protocol):
    """Turn text into a clip of speech."""

    name: str
    """The whole name that opens this voice again, such as `espeak:en-us`."""

    language: str
    """The BCP 47 language that it was opened for."""

    sends_to: str | None
    """Who else would receive the text, in words for a person; None: nobody, it stays here."""

    def identity(self) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace: engine, version, settings."""
        ...

    def speak(self, text: str, *, pace: float = 1.0) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: speed relative to the voice's calm default, 0.5 to 2. Raises VoiceError.
        """
        ...

    def estimate(self, text: str, *, pace: float = 1.0) -> Samples:
        """Return about how many frames `speak` would give, without speaking."""
        ...
