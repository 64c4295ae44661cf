"""The rules, one function each, one file a family; importing this package fills RULES."""

from serguide.check.rules import (
    audience,
    breathing,
    cautions,
    closing,
    contacts,
    language,
    media,
    opening,
    pace,
    privacy,
    promises,
    wording,
)

__all__ = [
    "audience",
    "breathing",
    "cautions",
    "closing",
    "contacts",
    "language",
    "media",
    "opening",
    "pace",
    "privacy",
    "promises",
    "wording",
]
