"""Choose the voice that speaks what a person has not recorded."""

from __future__ import annotations

from serguide.base.errors import VoiceError
from serguide.base.language import primary
from serguide.recordings.voice_description import VoiceCard
from serguide.voices.base import Voice
from serguide.voices.natural import default_voice, open_named


def voice_standing_in(name: str, card: VoiceCard, language: str) -> Voice:
    """Return the voice that speaks in a recorded one's place: its `otherwise`, or the best here.

    name: of the recorded voice; language: BCP 47; a voice that was made for the card's language
    gives way to its engine's for another. Raises VoiceError, which names the card's line.
    """
    chosen = card.otherwise or default_voice(language)
    if chosen.partition(":")[0] == "recorded":
        raise VoiceError(
            f"In voice.yaml of `{name}`, `otherwise` is a recorded voice, and must be one that "
            "can say anything.",
            "Write `otherwise: natural` or `otherwise: espeak`.",
        )
    if card.otherwise and primary(language) != primary(card.language):
        chosen = chosen.partition(":")[0]
    try:
        return open_named(chosen, language)
    except VoiceError as error:
        raise VoiceError(
            f"What `{name}` has not recorded cannot be spoken: {error.message}", error.hint
        ) from error
