from __future__ import annotations

import os

import pytest
from faultlab import Launcher


@pytest.fixture(scope="session")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("runs"))
    yield launcher
    launcher.close()


AT_RANDOM = ("test_at_random_moments", "test_damage_while_it_is_rendered")
"""What strikes at moments that a busy machine moves about; issue 5 is still at work on them."""


def pytest_collection_modifyitems(items):
    if os.environ.get("SERGUIDE_FAULTS"):
        return
    for item in items:
        if item.name.partition("[")[0] in AT_RANDOM and "faults" in item.path.parts:
            item.add_marker(
                pytest.mark.skip(reason="at random moments: set SERGUIDE_FAULTS=sample")
            )
