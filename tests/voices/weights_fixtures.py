from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tls_server import Certificates
from weights_server import WeightsServer

from serguide.voices.weights.style_vectors import SHAPE
from serguide.voices.weights.weights_catalogue import WeightsFile, WeightsSet
from serguide.voices.weights.weights_transport import WeightsTransport

MODEL = bytes(range(256)) * 1500
CONFIG = b'{"audio": {"sample_rate": 22050}}'


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def styles(*names: str) -> bytes:
    """Return an npz of styles, as Kokoro's are published."""
    rows = {name: np.full(SHAPE, place, "<f4") for place, name in enumerate(names, start=1)}
    file = io.BytesIO()
    np.savez(file, **rows)
    return file.getvalue()


def file_of(url: str, name: str, role: str, content: bytes) -> WeightsFile:
    return WeightsFile(name, role, f"{url}/{name}", len(content), digest(content))


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a folder of data of its own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("SERGUIDE_DATA", str(folder))
    return folder


@pytest.fixture
def weights_server(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WeightsServer]:
    """Give a server of files on this machine, over TLS that is trusted."""
    with WeightsServer(certificates) as server:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates.authority))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server


@pytest.fixture
def small_piper(weights_server: WeightsServer, data_folder: Path) -> WeightsSet:
    """Give a set of two small files that the server has."""
    weights_server.files = {"/x.onnx": MODEL, "/x.onnx.json": CONFIG}
    url = weights_server.url
    files = (file_of(url, "x.onnx", "model", MODEL), file_of(url, "x.onnx.json", "config", CONFIG))
    return WeightsSet("piper:x", "a voice", "CC0-1.0", "someone", "Keep this.", files, "en-US")


@pytest.fixture
def small_kokoro(weights_server: WeightsServer, data_folder: Path) -> WeightsSet:
    """Give a set of a model and an npz of styles that the server has."""
    npz = styles("af_one", "bf_two")
    weights_server.files = {"/k.onnx": MODEL, "/k.npz": npz}
    url = weights_server.url
    files = (file_of(url, "k.onnx", "model", MODEL), file_of(url, "k.npz", "styles", npz))
    loose = {
        name: digest(np.full(SHAPE, place, "<f4").tobytes())
        for place, name in enumerate(("af_one", "bf_two"), start=1)
    }
    return WeightsSet("kokoro", "voices", "Apache-2.0", "someone", "Keep.", files, styles=loose)


@pytest.fixture
def quick() -> WeightsTransport:
    """Give a transport that waits for nothing between tries."""
    return WeightsTransport(sleep=lambda _: None)
