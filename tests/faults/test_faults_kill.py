"""SIGKILL at any moment: the next run finishes, and nothing that was whole is not."""

from __future__ import annotations

import random
import shutil
import sys

import pytest
from faultlab import (
    IN_PIECES,
    SHORT,
    left_over,
    portion,
    sampled,
    tree,
    write_session,
    wrong_entries,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks and kills")


@pytest.fixture(scope="module", params=[SHORT, IN_PIECES], ids=["short", "pieces"])
def place(request, launcher, tmp_path_factory):
    """Two versions of a session, and what a whole bundle of each is."""
    base = tmp_path_factory.mktemp("kill")
    found = {}
    for word in ("calm", "quiet"):
        session = write_session(base / word, word, request.param)
        run = launcher.run(["render", session, "-o", base / f"{word}-bundle"], base)
        run.assert_clean(0)
        found[word] = tree(base / f"{word}-bundle")
    assert found["calm"] != found["quiet"]
    return base, found, run.count, run.seconds


def struck(launcher, place, number, **strike):
    """Kill a render over an earlier bundle, look, and let the next run finish."""
    base, found, _, _ = place
    work = base / f"trial-{number}"
    work.mkdir()
    shutil.copytree(base / "calm-bundle", work / "bundle")
    argv = ["render", base / "quiet" / "evening.yaml", "-o", work / "bundle"]
    run = launcher.run(argv, work, **strike)
    assert run.code in (-9, 0)
    assert tree(work / "bundle") in (found["calm"], found["quiet"])
    assert wrong_entries(work / "cache") == []
    again = launcher.run(argv, work)
    again.assert_clean(0)
    assert tree(work / "bundle") == found["quiet"]
    assert left_over(work) == []
    assert not list((work / "cache" / "damaged").iterdir())
    shutil.rmtree(work)
    return run.code == -9


def test_before_each_write_sync_and_rename_in_turn(launcher, place):
    moments = sampled(place[2], 7, seed=5)
    killed = [struck(launcher, place, f"step-{number}", at=number, do="kill") for number in moments]
    assert sum(killed) >= len(moments) - 1


def test_at_random_moments(launcher, place):
    moments = random.Random(9)
    killed = [
        struck(launcher, place, f"time-{number}", after=moments.random() * place[3], send="kill")
        for number in range(portion(100, 3))
    ]
    assert any(killed)
