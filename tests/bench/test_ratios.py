"""Ratios alone, with generous bounds: a machine's own speed does not matter."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from batch_curve import write_table
from sessions import edit, library, short
from usage import best_of, usage_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and wait4"),
]


def test_what_did_not_change_costs_little(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    library(tmp_path / "lib")
    command = [
        sys.executable, "-m", "serguide", "render", short(tmp_path / "lib"),
        "--library", tmp_path / "lib", "-o", tmp_path / "out",
    ]  # fmt: skip
    cold, same = usage_of(command), best_of(2, command)
    edit(tmp_path / "lib")
    edited = usage_of(command)
    # Of five minutes and the way back: 2 % and 25 % where nothing else is at work.
    assert same.cpu < 0.06 * cold.cpu
    assert edited.cpu < 0.5 * cold.cpu
    assert same.peak < 60
    assert max(cold.peak, edited.peak) < 250


def test_the_version_is_told_at_once():
    start = best_of(3, [sys.executable, "-c", "import click"])
    version = best_of(3, [sys.executable, "-m", "serguide", "--version"])
    assert version.cpu < 4 * start.cpu


def test_a_further_client_costs_little(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    write_table(tmp_path / "t.csv", 6, "the-first-evening", "20m")
    command = [
        sys.executable, "-m", "serguide", "batch", tmp_path / "t.csv", "-o", tmp_path / "out",
        "--jobs", "1",
    ]  # fmt: skip
    used = usage_of(command)
    rows = json.loads((tmp_path / "out" / "batch.json").read_text(encoding="utf-8"))["rows"]
    cold, *later = (row["processor_seconds"] for row in rows)
    # 2.8 % where nothing else is at work; names of another length cost a fifth, once.
    assert statistics.median(later) < 0.06 * cold
    assert used.peak < 350
