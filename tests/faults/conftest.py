from __future__ import annotations

from pathlib import Path

import pytest
from faultlab import Launcher


def pytest_collection_modifyitems(items):
    """Mark all of them: they render in programs of their own, and end these in every way."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("runs"))
    yield launcher
    launcher.close()
