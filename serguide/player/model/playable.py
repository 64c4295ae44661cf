"""Playable: a bundle, one of its files, or any sound file, with its parts, captions and breaths."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from serguide.base.units import Samples
from serguide.notices.model import Contact
from serguide.player.audio.engine import Deck
from serguide.player.model.score import Score

_NO_SCORE = Score()


@dataclass(frozen=True, slots=True)
class PlayableFile:
    """Name a sound file; frames: how much of it is played, in samples, or None for all."""

    path: Path
    frames: Samples | None = None


@dataclass(frozen=True, slots=True)
class PlayablePart:
    """Name a part that a listener can jump to.

    start: in samples of what is played; inner: it is a chapter inside a track.
    """

    start: Samples
    title: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Name the ground track; path: None where it is mixed as it is listened to."""

    path: Path | None
    score: Score = _NO_SCORE


@dataclass(frozen=True, slots=True)
class Playable:
    """Hold all that a player needs; parts in order, the first one at 0.

    key: what a place in it is kept under; pieces: played one after another without a gap, none
    where it is mixed as it is listened to; ground: None where there is no way back to the room;
    language: BCP 47, of captions and interface; ending: whether a cue wakes at the end;
    contacts: whom to call, those of the session's own country first; grounding_only: it does
    nothing but bring a listener back; made_for, giver: whom it was made for, and who hands it
    over, or empty.
    """

    key: str
    title: str
    pieces: tuple[PlayableFile, ...]
    ground: Ground | None
    parts: tuple[PlayablePart, ...]
    score: Score = _NO_SCORE
    language: str = "en"
    about: str = ""
    ending: Literal["alert", "sleep"] | None = None
    cautions: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    grounding_only: bool = False
    made_for: str = ""
    giver: str = ""

    @classmethod
    def of_file(cls, path: Path, ground: Ground | None = None) -> Playable:
        """Return a sound file of which nothing else is known."""
        part = PlayablePart(Samples(0), path.stem)
        return cls(
            place_key(str(path.absolute())), path.stem, (PlayableFile(path),), ground, (part,)
        )

    def part_at(self, position: int) -> int:
        """Return the number of the part that a position lies in, from 0."""
        return max(0, bisect_right(self.parts, position, key=lambda part: part.start) - 1)

    def score_of(self, deck: Deck) -> Score:
        """Return what can be followed on a deck."""
        if deck == "session":
            return self.score
        return self.ground.score if deck == "ground" and self.ground else _NO_SCORE


def place_key(*names: str) -> str:
    """Return what a place in something that can be played is kept under."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
