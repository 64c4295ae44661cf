from __future__ import annotations

import sys
from pathlib import Path

import pytest

# tests/samples.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from private import render_private
from samples import contents_of, evening, small_session


@pytest.fixture
def small():
    return contents_of(small_session())


@pytest.fixture
def whole_evening():
    return contents_of(evening())


@pytest.fixture(scope="session")
def private_bundle(tmp_path_factory):
    return render_private(tmp_path_factory.mktemp("private"))
