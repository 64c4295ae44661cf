"""Interfaces of a voice and of its engine. `docs/adding.md` says how to add one, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from serguide.base.units import Samples

if TYPE_CHECKING:
    from serguide.audio.types import Clip
    from serguide.base.ipa.ipa_fitting import FittedIpa
    from serguide.script.program import Spoken


@dataclass(frozen=True, slots=True)
class VoiceVariant:
    """Describe one of an engine's voices.

    name: what stands behind the colon, `en-gb`; language: BCP 47; label: its language or
    character, in words; size, install, licence, origin: as of the engine, where this voice
    comes by itself.
    """

    name: str
    language: str
    label: str
    size: int = 0
    install: str = ""
    licence: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class VoiceDescription:
    """Describe an engine and its voices, without opening any.

    engine: the name before the colon; licence: SPDX, or in words; variants: its voices, empty
    for an engine that has but one, which speaks every language; about: then, what it speaks;
    sends_to: who else receives the text, in words, None when it stays on this machine; serial:
    one sentence at a time; speaks_ipa: it takes pronunciations by IPA; size: bytes to be fetched
    before it speaks, 0 when it came along; install: how it is installed, empty when it is;
    origin: who made it, in words, as a bundle names them.
    """

    engine: str
    licence: str
    variants: tuple[VoiceVariant, ...] = ()
    about: str = ""
    sends_to: str | None = None
    serial: bool = False
    speaks_ipa: bool = False
    size: int = 0
    install: str = ""
    origin: str = ""

    @property
    def online(self) -> bool:
        """Tell whether the text leaves this machine."""
        return self.sends_to is not None

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages of its voices, BCP 47; empty when it speaks every one."""
        return frozenset(variant.language for variant in self.variants)

    def installed(self, variant: str | None = None) -> bool:
        """Tell whether the engine, and one of its voices, could speak now."""
        return not self.install and not any(
            each.install for each in self.variants if each.name == variant
        )


@runtime_checkable
class Voice(Protocol):
    """Turn text into a clip of speech. Several threads may use one at a time.

    sentence: what the text is a sentence of, for voices that need to know its place, as
    recordings do; None for words that stand in no script.
    """

    name: str
    """The whole name that opens this voice again, such as `espeak:en-us`."""

    language: str
    """The BCP 47 language that it was opened for."""

    sends_to: str | None
    """Who else would receive the text, in words for a person; None: nobody, it stays here."""

    serial: bool
    """Whether its engine takes one sentence at a time."""

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes a sentence's sound besides text, language and pace.

        Plain data: the engine, the variant, settings that can differ, `stamp` of its steps in
        serguide.cache.versions. Asked for each sentence, also by `check` and `show`: quick.
        """
        ...

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: speed relative to the voice's calm default, 0.5 to 2. Raises VoiceError.
        """
        ...

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return about how many frames `speak` would give, without speaking."""
        ...


@runtime_checkable
class SpeaksIpa(Protocol):
    """Speak IPA where a sentence has some (`Spoken.sounds`); a voice without it reads the text."""

    def fit_sounds(self, ipa: str) -> FittedIpa:
        """Return a pronunciation, as `read_ipa` gives it, in the voice's own sounds."""
        ...


@runtime_checkable
class VoiceEngine(Protocol):
    """Describe voices and open them: a class or a module with these two functions."""

    def describe(self) -> VoiceDescription:
        """Return what there is; loads no library, reads no model and asks no network."""
        ...

    def open(self, variant: str | None, language: str) -> Voice:
        """Return the voice of the part of `NAME:VARIANT` behind the colon, or of a language.

        language: BCP 47. Quick: models are loaded when the first sentence is spoken. Raises
        VoiceError, with the choices, when there is no such variant or it is not installed.
        """
        ...


@runtime_checkable
class LibraryEngine(Protocol):
    """A VoiceEngine whose voices lie in libraries, as recordings do."""

    def within(self, libraries: tuple[Path, ...]) -> VoiceEngine:
        """Return the engine that knows the voices of these folders, the first of a name first."""
        ...


@runtime_checkable
class BoundedVoice(Protocol):
    """Speak no more than so many seconds at once, because memory grows with them."""

    @property
    def seconds_at_once(self) -> float:
        """Return that many, estimated."""
        ...


@runtime_checkable
class LoadsAhead(Protocol):
    """Have something to load, before the first sentence, that takes a second or more."""

    def load_ahead(self) -> None:
        """Begin to load it, beside all else."""


@runtime_checkable
class OwnPaceVoice(Protocol):
    """A Voice that does not always follow the pace that is asked for."""

    def pace_of(self, sentence: Spoken) -> float:
        """Return the pace at which it speaks a sentence."""
        ...
