"""Guide words of paced breathing by language: a word for each phase, short enough for it."""

from __future__ import annotations

from collections.abc import Mapping

from serguide.base.language import primary
from serguide.script.program import Phase

GUIDE_WORDS: Mapping[str, Mapping[Phase, str]] = {
    "en": {"in": "In.", "hold": "Hold.", "out": "Out.", "rest": "Rest."},
    "cs": {"in": "Nádech.", "hold": "Zadržte.", "out": "Výdech.", "rest": "Pauza."},
    "sk": {"in": "Nádych.", "hold": "Zadržte.", "out": "Výdych.", "rest": "Pauza."},
    "de": {"in": "Ein.", "hold": "Halten.", "out": "Aus.", "rest": "Pause."},
    "fr": {"in": "Inspirez.", "hold": "Pause.", "out": "Expirez.", "rest": "Repos."},
    "es": {"in": "Inhala.", "hold": "Pausa.", "out": "Exhala.", "rest": "Descansa."},
    "it": {"in": "Inspira.", "hold": "Pausa.", "out": "Espira.", "rest": "Riposa."},
    "pl": {"in": "Wdech.", "hold": "Pauza.", "out": "Wydech.", "rest": "Spokój."},
    "nl": {"in": "In.", "hold": "Vasthouden.", "out": "Uit.", "rest": "Rust."},
    "pt": {"in": "Inspire.", "hold": "Pausa.", "out": "Expire.", "rest": "Descanse."},
    "hu": {"in": "Be.", "hold": "Tartsd.", "out": "Ki.", "rest": "Pihenj."},
}
"""Words by language and phase; a language that is missing here is guided by the tone."""


def guide_words(language: str) -> Mapping[Phase, str] | None:
    """Return the words for a BCP 47 language, or None when there are none."""
    return GUIDE_WORDS.get(primary(language))
