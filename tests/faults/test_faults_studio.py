"""Kill -9 of a whole studio while everything is done in it at once."""

from __future__ import annotations

import sys
from pathlib import Path

from faultlab import FULL

sys.path.append(str(Path(__file__).parent.parent / "bench"))
from studio_kills import killed

MOMENTS = 50 if FULL else 6


def test_nothing_that_was_saved_is_lost(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    kills = killed(tmp_path, MOMENTS, longest=2.0)
    assert not kills.wrong
    assert set(kills.struck) >= {"saves of words", "saves of a session", "takes", "hand-overs"}
