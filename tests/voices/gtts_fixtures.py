from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gtts_server import GttsServer
from tls_server import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    folder: Path = tmp_path_factory.mktemp("certificates")
    return make_certificates(folder)


@pytest.fixture
def gtts_server(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GttsServer]:
    """Give the gtts voice a speech service on this machine, over TLS that it trusts.

    Take it as an argument, and every `GttsVoice.open(...)` in the test, through the registry
    too, talks to it: `SERGUIDE_GTTS_URL` and `REQUESTS_CA_BUNDLE` are set. It answers well
    unless told otherwise with `gtts_server.then(Answer.FORBIDDEN)`; `gtts_server.asked` lists
    what it was asked.
    """
    with GttsServer(certificates) as server:
        monkeypatch.setenv("SERGUIDE_GTTS_URL", server.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates.authority))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server
