"""A real studio in a process of its own, and a real browser at it: Chromium, by Playwright."""

from __future__ import annotations

import pytest
from chromium import chromium, faultless_page, microphone
from running_studio import running_desk

from serguide.cache.store import Store
from serguide.studio.server.application import build_application
from serguide.studio.studio import Studio

PORT = 40_000
"""The port that a studio within the tests' own process believes it is served on."""


def pytest_collection_modifyitems(items):
    """Mark what runs in a browser."""
    for item in items:
        if "studio" in item.path.parts and {"desk", "browser"} & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def studio(tmp_path) -> Studio:
    """A studio of this process, with an empty folder of the therapist's own."""
    store = Store(tmp_path / "store")
    return Studio(tmp_path / "own", store, port=PORT, state=tmp_path / "state")


@pytest.fixture
def client(studio):
    """Ask a studio of this process as its own pages do."""
    from starlette.testclient import TestClient

    return TestClient(
        build_application(studio),
        base_url=f"http://127.0.0.1:{PORT}",
        headers={
            "Origin": f"http://127.0.0.1:{PORT}",
            "Sec-Fetch-Site": "same-origin",
            "X-Serguide-Token": studio.token,
        },
        raise_server_exceptions=False,
    )


@pytest.fixture
def desk(tmp_path):
    """A real studio with an empty folder of the therapist's own."""
    with running_desk(tmp_path / "desk") as running:
        yield running


# For a module, not longer: while Playwright runs, nothing else in this process can start a loop.
@pytest.fixture(scope="module")
def browser():
    with chromium(*microphone()) as found:
        yield found


@pytest.fixture
def page(browser, desk):
    """A page of Chromium on the shelf of `desk`; what goes wrong in it fails the test."""
    with faultless_page(browser, desk.address) as page:
        yield page
