"""The studio under load, short: ratios alone, with generous bounds (docs/studio.md has figures)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from running_studio import DeskPage, running_desk
from studio_load import (
    SESSIONS,
    STREAMS,
    TABS,
    Tab,
    after,
    asked_by,
    flat,
    followed,
    hand_over,
    quantile,
)
from studio_plays import library, plays

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc"),
]


def test_other_requests_are_answered_while_renders_go(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    with running_desk(tmp_path / "library") as desk:
        tabs, page = [Tab(desk, number) for number in range(TABS)], DeskPage(desk)
        asked_by(tabs, after(2.0), pause=0.2)  # what is loaded with the first question of its kind
        calm = flat(asked_by(tabs, after(5.0), pause=0.5))
        idents = hand_over(page, SESSIONS)
        with followed(desk, idents, STREAMS) as told:
            busy = flat(asked_by(tabs, after(10.0), pause=0.5))
            states = [page.get(f"/api/handovers/{each}")["state"] for each in idents]
        assert states[-1] == "waiting", "renders went all the time"
        assert told[0] > STREAMS
        for each in idents:
            page.delete(f"/api/handovers/{each}")
    assert len(busy) > TABS
    # Two to three times as long; as long as a render where one keeps the studio, or streams keep
    # its threads.
    assert quantile(busy, 0.95) < 8 * quantile(calm, 0.95)


def test_a_further_play_takes_no_more_memory(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    with running_desk(library(tmp_path / "library")) as desk:
        held = [megabytes for _, megabytes in plays(desk, 120)]
    first, last = max(held[40:60]), max(held[100:120])
    assert last < first + 10
