"""Ctrl-C and SIGTERM at any time: 130 or 143, a word, and nothing left: no child, no file."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faultlab import (
    HERE,
    left_over,
    portion,
    sampled,
    tree,
    write_session,
    write_sound,
    wrong_entries,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks and kills")

CODES = {"int": 130, "term": 143}


@pytest.fixture(scope="module")
def place(launcher, tmp_path_factory):
    """A session over a sound file of its own, so that a decoder is a child of each render."""
    base = tmp_path_factory.mktemp("signals")
    session = write_session(base / "library")
    write_sound(base / "library" / "rain.flac", seconds=2)
    argv = ["render", session, "--soundscape", base / "library" / "rain.flac", "-o"]
    run = launcher.run([*argv, base / "bundle"], base)
    run.assert_clean(0)
    return base, argv, run


def struck(launcher, place, name, sort, **strike):
    base, argv, _ = place
    work = base / name
    work.mkdir()
    shutil.copytree(base / "bundle", work / "bundle")
    run = launcher.run([*argv, work / "bundle"], work, **strike, limit=30)
    if run.code != 0:  # else it was done before the signal came
        run.assert_clean(CODES[sort])
        assert "Stopped; nothing half-made" in run.err
    assert tree(work / "bundle") == tree(base / "bundle")
    assert left_over(work) == []
    assert wrong_entries(work / "cache") == []
    shutil.rmtree(work)
    return run.code != 0


@pytest.mark.parametrize("sort", CODES)
def test_before_each_operation_on_a_disk(launcher, place, sort):
    moments = sampled(place[2].count, 7, seed=len(sort))
    hit = [
        struck(launcher, place, f"{sort}-step-{number}", sort, at=number, do=sort)
        for number in moments
    ]
    assert sum(hit) >= len(moments) - 2
    assert_no_decoder()


@pytest.mark.parametrize("sort", CODES)
def test_at_random_moments(launcher, place, sort):
    moments = random.Random(sort)
    listening = 0.05  # seconds until it does, at the longest
    hit = [
        struck(
            launcher, place, f"{sort}-time-{number}", sort,
            after=listening + moments.random() * place[2].seconds, send=sort,
        )
        for number in range(portion(100, 5))
    ]  # fmt: skip
    assert any(hit)
    assert_no_decoder()


def hooked(tmp_path, sort, moment):
    """Render in an interpreter that strikes itself: see hooks/sitecustomize.py."""
    session = write_session(tmp_path / "library")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(HERE / "hooks"), str(HERE.parents[1])]),
        "SERGUIDE_CACHE": str(tmp_path / "cache"),
        "FAULT_SIGNAL": str(int(getattr(signal, f"SIG{sort.upper()}"))),
        "FAULT_IMPORT": str(moment),
    }
    return subprocess.run(
        [sys.executable, "-m", "serguide", "render", session, "-o", tmp_path / "bundle"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("sort", CODES)
def test_when_all_is_done(tmp_path, sort):
    """What is finished is not made undone by a signal to an interpreter that is packing up."""
    run = hooked(tmp_path, sort, "end")
    assert run.returncode == 0, run.stderr
    assert "Exception ignored" not in run.stderr, run.stderr
    assert (tmp_path / "bundle" / "session.json").exists()


@pytest.mark.parametrize("sort", CODES)
def test_while_importing(tmp_path, sort):
    """Each import, from the first of ours on, to the last before the work begins."""
    number = getattr(signal, f"SIG{sort.upper()}")
    counted = hooked(tmp_path, sort, "count")
    assert counted.returncode == 0
    last = int(counted.stderr.rpartition("imports ")[2]) - 20  # a few come after the bundle
    shutil.rmtree(tmp_path / "bundle")
    shutil.rmtree(tmp_path / "cache")
    moments = [1, 3, *random.Random(11).sample(range(4, last), portion(60, 3))]
    for moment in moments:
        run = hooked(tmp_path, sort, moment)
        # Before our first line has run, Python's own handling is what there is for SIGTERM.
        expected = {CODES[sort]} | ({-number} if moment == 1 else set())
        assert run.returncode in expected, (moment, run.stderr)
        assert "Traceback" not in run.stderr, (moment, run.stderr)
        assert "Exception ignored" not in run.stderr, (moment, run.stderr)
        assert left_over(tmp_path / "cache") == []
        assert not (tmp_path / "bundle").exists()


def test_a_killed_program_takes_its_decoder_along(launcher, place):
    base, argv, whole = place
    for part in (0.5, 0.7, 0.9):
        launcher.run(
            [*argv, base / "killed"], base, after=part * whole.seconds, send="kill",
            cache=base / "killed-cache",
        )  # fmt: skip
    assert_no_decoder()


def assert_no_decoder():
    """One that was just being started sees that it is alone when its imports are done."""
    for _ in range(200):
        if not decoders():
            return
        time.sleep(0.05)
    raise AssertionError(decoders())


def decoders():
    """The decoders that run on this machine and whose file lies in this test's folders."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if any(word.endswith(b"decoder.py") for word in words) and any(
            b"signals" in word and word.endswith(b"rain.flac") for word in words
        ):
            found.append(words)
    return found
