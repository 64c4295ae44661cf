"""A bundle in a zip: each sound once, and opened it is a bundle like any other."""

from __future__ import annotations

import json
import zipfile

import pytest
from publication import process

from serguide.bundle.companions import write_companions, write_manifest
from serguide.bundle.folder import new_bundle
from serguide.bundle.inventory import Inventory, inventory
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.page.html import page_html
from serguide.bundle.zipped import write_zip


@pytest.fixture
def bundle(small, tmp_path):
    """A bundle with its zip inside."""
    with new_bundle(tmp_path / "evening") as folder:
        for file in (*small.tracks, small.audio, small.ground):
            (folder / file.path).parent.mkdir(exist_ok=True)
            (folder / file.path).write_bytes(file.path.encode() * 1000)
        list(write_companions(folder, small, b"png"))
        write_zip(folder, folder / "evening.zip", small)
        write_manifest(folder, small)
    return tmp_path / "evening"


@pytest.fixture
def opened(bundle, tmp_path):
    """The zip's folder, unpacked."""
    with zipfile.ZipFile(bundle / "evening.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "opened")
    return tmp_path / "opened" / "evening"


def names_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_each_sound_is_in_it_once(bundle, opened, small):
    left_out = {track.path for track in small.tracks} | {"evening.zip"}
    assert names_in(opened) == names_in(bundle) - left_out
    sounds = list(opened.rglob("*.mp3"))
    assert sorted(path.name for path in sounds) == ["ground.mp3", "session.mp3"]
    for path in sounds:
        assert path.read_bytes() == (bundle / path.name).read_bytes()


def test_its_manifest_tells_of_what_it_holds_and_of_nothing_else(opened, small):
    manifest = json.loads((opened / "session.json").read_text(encoding="utf-8"))
    rows = manifest["readingOrder"] + manifest["resources"]
    assert {row["url"] for row in rows} == names_in(opened) - {"session.json"}
    assert [row["url"] for row in manifest["readingOrder"]] == ["session.mp3"]
    assert inventory(opened) == Inventory()
    details = read_manifest(opened).serguide
    assert [(t.start, t.end) for t in details.tracks] == [(t.start, t.end) for t in small.tracks]
    assert {track.audio for track in details.tracks} == {"session.mp3"}
    assert {track.sha256 for track in details.tracks} == {small.audio.sha256}


def test_its_manifest_is_an_audiobook_to_the_w3c(opened):
    manifest = json.loads((opened / "session.json").read_text(encoding="utf-8"))
    page = (opened / "index.html").read_text(encoding="utf-8")
    errors = process(manifest, "https://example.org/evening/session.json", page)
    assert {what for _, what in errors} <= {"dateModified", "datePublished"}


def test_its_page_plays_the_one_file(opened, small):
    page = (opened / "index.html").read_text(encoding="utf-8")
    assert 'src="session.mp3"' in page
    assert 'src="ground.mp3"' in page
    assert page_html(small).count("#t=") == page.count("#t=")
    playlist = (opened / "session.m3u8").read_text(encoding="utf-8").splitlines()
    assert playlist[-1] == "session.mp3"
    assert sum(line.startswith("#EXTINF") for line in playlist) == 1


def test_the_same_bundle_gives_the_same_zip(bundle, small, tmp_path):
    write_zip(bundle, tmp_path / "evening.zip", small)
    assert (tmp_path / "evening.zip").read_bytes() == (bundle / "evening.zip").read_bytes()


def test_the_bundle_knows_its_zip(bundle):
    manifest = json.loads((bundle / "session.json").read_text(encoding="utf-8"))
    (row,) = [row for row in manifest["resources"] if row["url"] == "evening.zip"]
    assert (row["encodingFormat"], row["rel"]) == ("application/zip", "alternate")
    assert inventory(bundle) == Inventory()
