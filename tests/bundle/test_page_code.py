"""The page's script and style are linted, formatted, typed, and tried function by function."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from needed import missing, program

CODE = Path(__file__).parents[1] / "page" / "js"


@pytest.mark.parametrize("check", ["lint", "types", "test"])
def test_the_pages_code_is_clean(check):
    npm = program("npm", package="nodejs npm")
    if not (CODE / "node_modules").is_dir():
        missing("npm packages of the page's checks", "npm --prefix tests/page/js ci")
    done = subprocess.run(
        [npm, "run", "--silent", check], cwd=CODE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
