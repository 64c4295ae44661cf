"""What every test stands on: nothing of the user's is read or written."""

from __future__ import annotations

import os
import signal
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from gtts_fixtures import certificates, gtts_server
from s3_server import bucket, s3_server
from weights_fixtures import data_folder, quick, small_kokoro, small_piper, weights_server

__all__ = [
    "bucket",
    "certificates",
    "data_folder",
    "gtts_server",
    "quick",
    "s3_server",
    "small_kokoro",
    "small_piper",
    "weights_server",
]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A job in the background of a shell ignores Ctrl-C, and what it starts inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


NATURAL_VOICES = os.environ.get("SERGUIDE_TEST_VOICES", "")
"""A folder of data with natural voices for the tests; else those of packages that are installed."""

# Already here, because fixtures of a whole module or run render before any test's own begin.
os.environ["SERGUIDE_NO_PACKAGED_VOICES"] = "1"
os.environ["SERGUIDE_DATA"] = str(Path(__file__).with_name("no-voices"))


@pytest.fixture(autouse=True)
def _of_nobody(monkeypatch, tmp_path_factory):
    """Keep the user's variables, config and cache out; clips are shared within one run."""
    for name in [name for name in os.environ if name.startswith("SERGUIDE_")]:
        monkeypatch.delenv(name)
    base = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("SERGUIDE_CONFIG", str(base / "no-config.yaml"))
    monkeypatch.setenv("SERGUIDE_CACHE", str(base / "cache"))
    monkeypatch.setenv("SERGUIDE_STATE", str(tmp_path_factory.mktemp("state")))
    # No natural voice speaks unasked, whether one is installed or not.
    monkeypatch.setenv("SERGUIDE_DATA", str(base / "data"))
    monkeypatch.setenv("SERGUIDE_NO_PACKAGED_VOICES", "1")
    # What the rules say is tried without the second reader, whether it is installed or not.
    monkeypatch.setenv("SERGUIDE_LISTS_ONLY", "1")


@pytest.fixture
def natural_voices(_of_nobody, monkeypatch) -> None:
    """Let natural voices be found, where this machine has some for tests."""
    if NATURAL_VOICES:
        monkeypatch.setenv("SERGUIDE_DATA", NATURAL_VOICES)
    monkeypatch.delenv("SERGUIDE_NO_PACKAGED_VOICES")


@pytest.fixture
def write(tmp_path) -> Callable[[str, str], Path]:
    """Write a file of a therapist's library in tmp_path; returns its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return write
