"""Vocabulary of beats: meanings of a say cue, written under `beats:` and asked for by rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

BEATS: Final[Mapping[str, str]] = {
    "orient": "says what this is, how long it takes, where the listener is",
    "permission": "stopping, leaving out or doing otherwise is fine",
    "choice": "offers a choice",
    "skip": "a part may be left out",
    "posture": "how to sit, lie or stand",
    "eyes": "eyes closed, open or resting on something",
    "safety": "not while driving or using machines; other plain safety",
    "caution": "for whom this is not, or whom to ask first",
    "support": "being carried, held, accompanied",
    "contact": "where the body meets chair, floor or bed",
    "touch": "something to touch, hands",
    "movement": "moves a part of the body, small or large",
    "sound": "something to hear",
    "sight": "something to see in the room",
    "smell": "something to smell",
    "taste": "something to taste",
    "drink": "water, a sip",
    "outward": "turns attention to the world outside the body",
    "notice": "what one may notice, never a target",
    "feeling": "a feeling is named",
    "image": "paints a picture (a technique)",
    "breath": "speaks of the breath",
    "tense": "asks to tense a part of the body (a technique)",
    "distance": "nearer or farther from a picture, as one likes",
    "person": "somebody to call, to tell or to sit with",
    "adult": "the adult beside a child is spoken of",
    "journal": "something to write down",
    "return": "comes back to the room",
    "ground": "here and now, firm ground",
    "date-place": "the day, the place",
    "sleep": "leads into sleep",
    "close": "the last words",
}
"""Every beat, and what it says about a cue."""

ALIASES: Final[Mapping[str, str]] = {
    "stop": "permission",
    "orientation": "orient",
    "imagery": "image",
    "hearing": "sound",
    "look": "sight",
    "body": "contact",
    "weight": "contact",
    "grounding": "ground",
    "date": "date-place",
    "place": "date-place",
    "water": "drink",
    "move": "movement",
    "closing": "close",
    "breathing": "breath",
}
"""Other words for a beat that are taken as well."""

CLOSING: Final = frozenset(
    {
        *("return", "ground", "date-place", "outward", "sight", "sound", "smell", "taste"),
        *("movement", "contact", "touch", "drink", "eyes", "person", "adult", "close", "safety"),
    }
)
"""Beats that a closing is made of."""

RETURNING: Final = frozenset({"return", "ground", "date-place", "sight", "outward"})
"""Beats of which a closing needs one: they name the room or the day."""

WAYS_OUT: Final = frozenset({"permission", "choice", "skip", "distance"})
"""Beats that leave a listener free to do otherwise."""


def canonical(beats: Iterable[str]) -> frozenset[str]:
    """Return beats with other words for them replaced."""
    return frozenset(ALIASES.get(beat, beat) for beat in beats)
