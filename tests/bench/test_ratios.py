"""Ratios alone, with generous bounds: a machine's own speed does not matter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rendering import script

sys.path.append(str(Path(__file__).parent))
from usage import best_of, usage_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and wait4"),
]

RENDER = """
import sys
from pathlib import Path
from rendering import bundle
bundle(Path(sys.argv[1]), Path(sys.argv[2]), cache=Path(sys.argv[3]))
"""
LONG = "say: This is some time to rest in.\nrest: 100s\nsay: And that was it."


def test_what_did_not_change_costs_little(write, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    path = write("scripts/long.yaml", script(LONG, "soundscape: rain-on-the-roof\n"))
    command = [sys.executable, "-c", RENDER, path, tmp_path / "out", tmp_path / "cache"]
    cold, same = usage_of(command), usage_of(command)
    assert same.cpu < 0.5 * cold.cpu
    assert max(cold.peak, same.peak) < 250


def test_the_version_is_told_at_once():
    start = best_of(3, [sys.executable, "-c", "import click"])
    version = best_of(3, [sys.executable, "-m", "serguide", "--version"])
    assert version.cpu < 4 * start.cpu
