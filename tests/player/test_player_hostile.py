"""A foreign bundle's texts are read on the terminal, and do nothing else there."""

from __future__ import annotations

import dataclasses
import re

import pytest
from textual.widgets import Static

from serguide.base.units import SAMPLERATE
from serguide.notices.model import Contact
from serguide.player.model.open_bundle import open_playable

EVIL = "\x1b]0;pwn\x07\x9b2J\u202ename\u2066\x00[bold]"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(bundle):
    """What a hostile bundle would make of each text of a real one."""
    playable = open_playable(bundle)
    captions = tuple(
        dataclasses.replace(caption, text=f"{EVIL} {caption.text}")
        for caption in playable.score.captions
    )
    parts = tuple(
        dataclasses.replace(part, title=f"{EVIL} {part.title}") for part in playable.parts
    )
    call = Contact("crisis", "CZ", f"116 {EVIL}", EVIL, EVIL, "2026-01-02", True)
    return {
        "title": f"{EVIL} {playable.title}",
        "parts": parts,
        "score": dataclasses.replace(playable.score, captions=captions),
        "about": EVIL,
        "cautions": (EVIL,),
        "contacts": (call,),
    }


def test_no_pane_shows_more_than_words(drive, hostile, bundle):
    first = open_playable(bundle).score.captions[0]

    def shown(hand):
        return " ".join(str(widget.content) for widget in hand.app.query(Static))

    async def story(hand):
        seen = [shown(hand)]
        await hand.press("space")
        await hand.turn((first.start + 100) / SAMPLERATE)
        seen.append(shown(hand))
        await hand.press("g")
        await hand.turn(1)
        seen.append(shown(hand))
        assert all("pwn" in each and "[bold]" in each for each in seen)
        assert [HARMFUL.findall(each) for each in seen] == [[], [], []]

    drive(story, changes=hostile)
