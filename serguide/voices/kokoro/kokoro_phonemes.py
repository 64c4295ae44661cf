"""Turn text into the phonemes that Kokoro was taught: those of espeak-ng, as IPA."""

from __future__ import annotations

import re
from collections.abc import Iterator

from serguide.base.ipa.ipa_fitting import FittedIpa, fitted
from serguide.script.program import Sounded
from serguide.script.pronunciation import sounded_parts
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import phonemes_of
from serguide.voices.kokoro.kokoro_text import Clause, clauses
from serguide.voices.kokoro.kokoro_tokens import vocabulary

_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9-]+)?\)")
"""What espeak writes where a word is taken for one of another language: `(en)`."""


def phonemes(text: str, code: str, sounds: tuple[Sounded, ...] = ()) -> str:
    """Return a text's phonemes, with its punctuation; empty when there is nothing to say.

    code: one of espeak's languages, such as `en-us`; sounds: stretches of the text that are given
    in IPA. Raises VoiceError.
    """
    parts = list(_with_ipa(text, code, sounds))
    spelled = [part.words for part in parts if part.words and not part.sounds]
    found = iter(phonemes_of(spelled, catalogue().files[code]) if spelled else ())
    said = ""
    for part in parts:
        heard = part.sounds or (_SWITCH.sub("", next(found)).strip() if part.words else "")
        if heard:
            said += f" {heard}" if said else heard
        if part.mark and said and said[-1] not in ",—:;….!?":
            said += part.mark
    return said


def fitted_to_kokoro(ipa: str) -> FittedIpa:
    """Return a pronunciation in the sounds that the model has tokens for."""
    return fitted(ipa, vocabulary())


def _with_ipa(text: str, code: str, sounds: tuple[Sounded, ...]) -> Iterator[Clause]:
    """Yield a text's clauses, of which those that are given in IPA have their sounds."""
    for part, ipa in sounded_parts(text, sounds):
        if ipa:
            yield Clause(part, "", "".join(fitted_to_kokoro(ipa).units))
        else:
            yield from clauses(part, code)
