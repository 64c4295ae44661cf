"""Ratios alone, with generous bounds: a machine's own speed does not matter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
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
