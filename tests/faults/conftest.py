from __future__ import annotations

from pathlib import Path

import pytest
from faultlab import Launcher

RENDERS = {"launcher", "start"}
"""Fixtures that start whole programs, to be disturbed one by one."""


def pytest_collection_modifyitems(items):
    """Mark what renders in programs of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and RENDERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("runs"))
    yield launcher
    launcher.close()
