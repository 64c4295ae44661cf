"""All rules, one function each, one file a family; importing this package fills RULES."""

from serguide.safety.rules import (
    audience,
    breathing,
    closing,
    crisis_contacts,
    media,
    opening,
    owed_cautions,
    pace,
    privacy,
    promises,
    second_reader,
    spoken_ipa,
    unchecked,
    wording,
)

__all__ = [
    "audience",
    "breathing",
    "closing",
    "crisis_contacts",
    "media",
    "opening",
    "owed_cautions",
    "pace",
    "privacy",
    "promises",
    "second_reader",
    "spoken_ipa",
    "unchecked",
    "wording",
]
