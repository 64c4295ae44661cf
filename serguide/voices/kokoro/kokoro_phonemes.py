"""Turn text into the phonemes that Kokoro was taught: those of espeak-ng, as IPA."""

from __future__ import annotations

import re

from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import phonemes_of
from serguide.voices.kokoro.kokoro_text import clauses

_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9-]+)?\)")
"""What espeak writes where a word is taken for one of another language: `(en)`."""


def phonemes(text: str, code: str) -> str:
    """Return a text's phonemes, with its punctuation; empty when there is nothing to say.

    code: one of espeak's languages, such as `en-us`. Raises VoiceError.
    """
    parts = list(clauses(text, code))
    spelled = [part.words for part in parts if part.words and not part.sounds]
    found = iter(phonemes_of(spelled, catalogue().files[code]) if spelled else ())
    said = ""
    for part in parts:
        sounds = part.sounds or (_SWITCH.sub("", next(found)).strip() if part.words else "")
        if sounds:
            said += f" {sounds}" if said else sounds
        if part.mark and said and said[-1] not in ",—:;….!?":
            said += part.mark
    return said
