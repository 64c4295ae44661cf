from __future__ import annotations

import pytest
from faultlab import Launcher


@pytest.fixture(scope="session")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("runs"))
    yield launcher
    launcher.close()
