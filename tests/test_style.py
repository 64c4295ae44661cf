"""The whole of the project is formatted, linted and typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "-q", "."], ["ruff", "format", "--check", "-q", "."], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_clean(command):
    if command == ["mypy"] and sys.version_info >= (3, 12):
        # NumPy and PyAV for newer Pythons have other stubs, which change with every release.
        pytest.skip("types are held against the libraries of the oldest Python, which stand still")
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
