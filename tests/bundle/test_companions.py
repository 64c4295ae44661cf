from __future__ import annotations

from samples import contents_of, small_session

from serguide.bundle.companions import write_companions, write_manifest
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.recognise import is_bundle


def test_all_that_stands_beside_the_audio(small, tmp_path):
    list(write_companions(tmp_path, small, b"png"))
    assert not is_bundle(tmp_path), "unfinished"
    write_manifest(tmp_path, small)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "captions.vtt",
        "cover.png",
        "ground.vtt",
        "index.html",
        "manifest.webmanifest",
        "session.json",
        "session.m3u8",
        "sw.js",
        "transcript.txt",
    ]
    assert is_bundle(tmp_path)
    assert read_manifest(tmp_path).name == "The first evening"


def test_same_input_same_bytes(tmp_path):
    contents = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        list(write_companions(tmp_path / name, contents_of(small_session()), b"png"))
        contents.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]
    assert not any(b"\r" in content for content in contents[0].values())
