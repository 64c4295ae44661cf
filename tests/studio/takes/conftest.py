"""A part to read, and the studio's application around it."""

from __future__ import annotations

import pytest
from reading_aloud import spoken

from serguide.cache.store import Store

PART = """
title: By the window
kind: relaxation
values: {name: ""}
cues:
  - say: If you like, listen to the rain. [1s] Or to nothing at all.
  - rest: 6s
  - say: And let it carry you for a while.
"""


@pytest.fixture
def part(studio):
    """The part in the therapist's own folder."""
    path = studio.library / "scripts" / "by-the-window.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PART.lstrip(), encoding="utf-8")
    return "by-the-window"


@pytest.fixture(scope="session")
def voice(tmp_path_factory):
    """Each sentence of the part as espeak reads it."""
    folder = tmp_path_factory.mktemp("voice")
    (folder / "by-the-window.yaml").write_text(PART.lstrip(), encoding="utf-8")
    return dict(spoken("by-the-window", folder, Store(folder / "store")))


@pytest.fixture
def part_on_desk(tmp_path):
    """The part in the folder that `desk` has as its library."""
    path = tmp_path / "desk" / "scripts" / "by-the-window.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PART.lstrip(), encoding="utf-8")
    return "by-the-window"
