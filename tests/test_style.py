"""The whole of the project is formatted, linted and typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


TYPES = [["mypy", "--python-version", version] for version in ("3.11", "3.12", "3.13")]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "-q", "."],
        ["ruff", "format", "--check", "-q", "."],
        TYPES[0],
        *(pytest.param(command, marks=pytest.mark.slow) for command in TYPES[1:]),
    ],
    ids=" ".join,
)
def test_clean(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
