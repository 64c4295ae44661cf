"""What somebody put into a bundle's folder, or changed there, is never taken from them."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from serguide.base.errors import UsageError
from serguide.base.hints import Remedy, remedies_of
from serguide.bundle.companions import write_companions, write_manifest
from serguide.bundle.folder import new_bundle
from serguide.bundle.inventory import Inventory, inventory
from serguide.bundle.manifest import manifest_json
from serguide.bundle.page.single_file import write_single
from serguide.bundle.target import check_target


def fill(folder: Path, contents) -> None:
    for file in (*contents.tracks, contents.audio, contents.ground):
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_bytes(file.path.encode())
    list(write_companions(folder, contents, b"png"))
    write_single(folder, folder / "the-evening.html", contents, b"png")
    write_manifest(folder, contents)


@pytest.fixture
def bundle(small, tmp_path):
    """A bundle with all that serguide ever writes."""
    with new_bundle(tmp_path / "evening") as folder:
        fill(folder, small)
    return tmp_path / "evening"


def test_every_file_is_listed_with_its_hash(bundle, small):
    manifest = json.loads((bundle / "session.json").read_text())
    rows = manifest["readingOrder"] + manifest["resources"]
    listed = {row["url"]: row["integrity"] for row in rows}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert set(listed) == there - {"session.json"}
    assert len({*listed.values()}) == len(listed)
    assert inventory(bundle) == Inventory()
    assert manifest["id"] == json.loads(manifest_json(small))["id"], "it says nothing of the files"


def test_a_bundle_is_replaced_when_all_in_it_is_its_own(bundle, small):
    with new_bundle(bundle) as folder:
        fill(folder, replace(small, tracks=small.tracks))
    assert inventory(bundle) == Inventory()


def others_in(bundle: Path) -> dict[str, str]:
    (bundle / "my-notes.txt").write_text("mine")
    (bundle / "consent-forms").mkdir()
    (bundle / "consent-forms" / "ana.pdf").write_text("signed")
    (bundle / "tracks" / "own.mp3").write_text("sung")
    (bundle / "empty").mkdir()
    (bundle / "a-link").symlink_to("/etc/hostname")
    return {"my-notes.txt": "mine", "consent-forms/ana.pdf": "signed", "tracks/own.mp3": "sung"}


def test_what_is_not_its_own_is_named_and_left(bundle):
    mine = others_in(bundle)
    with pytest.raises(UsageError) as caught, new_bundle(bundle):
        pytest.fail("was let in")
    for name in ("my-notes.txt", "consent-forms/", "tracks/own.mp3", "empty/", "a-link"):
        assert name in caught.value.message
    assert "ana.pdf" not in caught.value.message
    assert Remedy("keep_others") in remedies_of(caught.value.hint)
    assert {name: (bundle / name).read_text() for name in mine} == mine


@pytest.mark.parametrize("links", [True, False])
def test_or_it_is_carried_over(bundle, small, monkeypatch, links):
    mine = others_in(bundle)
    (bundle / "transcript.txt").write_text("as I would say it")
    if not links:
        monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(95, "no")))
    kept: list[str] = []
    with new_bundle(bundle, keep_others=True, kept=kept.append) as folder:
        fill(folder, small)
    assert {name: (bundle / name).read_text() for name in mine} == mine
    assert (bundle / "a-link").is_symlink()
    assert (bundle / "empty").is_dir()
    assert (bundle / "transcript (yours).txt").read_text() == "as I would say it"
    assert "as I would" not in (bundle / "transcript.txt").read_text()
    assert sorted(kept) == [
        "a-link", "consent-forms/", "empty/", "my-notes.txt", "tracks/own.mp3",
        "transcript (yours).txt",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["index.html", "session.mp3", "cover.png", "session.json"])
def test_a_changed_file_is_named_too(bundle, name):
    path = bundle / name
    path.write_bytes(path.read_bytes().replace(b"session", b"sessiom") + b"\n ")
    if name == "session.json":
        path.write_text(path.read_text().replace('"name": "', '"name": "My ', 1))
    found = inventory(bundle)
    assert found is not None
    assert found.changed == (name,)
    with pytest.raises(UsageError, match=f"changed since .{name}"):
        check_target(bundle)


def test_what_a_file_manager_leaves_bars_nobody_and_stays(bundle, small):
    (bundle / ".DS_Store").write_text("where the window stood")
    with new_bundle(bundle) as folder:
        fill(folder, small)
    assert (bundle / ".DS_Store").read_text() == "where the window stood"


def as_of_old(bundle: Path) -> None:
    """Make the manifest one of 0.1: no integrity, and not all is listed."""
    manifest = json.loads((bundle / "session.json").read_text())
    for key in ("readingOrder", "resources"):
        manifest[key] = [
            {name: value for name, value in row.items() if name != "integrity"}
            for row in manifest[key]
            if row["url"] not in ("sw.js", "manifest.webmanifest", "the-evening.html")
        ]
    for track in manifest["serguide"]["tracks"]:
        track.pop("sha256")
    (bundle / "session.json").write_text(json.dumps(manifest))


def test_a_bundle_of_an_earlier_version_is_known(bundle):
    as_of_old(bundle)
    assert inventory(bundle) == Inventory()
    (bundle / "page-of-my-own.html").write_text("<p>mine")
    assert inventory(bundle) == Inventory(others=("page-of-my-own.html",))


def test_a_manifest_that_leads_outside_lists_nothing(tmp_path):
    home = tmp_path / "b"
    home.mkdir()
    (tmp_path / "secret").write_text("x")
    rows = [{"url": "../secret"}, {"url": "/etc/passwd"}, {"url": 3}, "x"]
    manifest = {"serguide": {"format": 1}, "readingOrder": rows, "resources": {"url": "mine"}}
    (home / "session.json").write_text(json.dumps(manifest))
    (home / "mine").write_text("x")
    found = inventory(home)
    assert found is not None
    assert dataclasses.replace(found, missing=()) == Inventory(others=("mine",))
    assert {"../secret", "/etc/passwd"} <= set(found.missing)


def test_a_listed_file_that_is_gone_is_missing(bundle):
    assert inventory(bundle).as_rendered
    (bundle / "transcript.txt").unlink()
    found = inventory(bundle)
    assert found.missing == ("transcript.txt",)
    assert not found.owned_by_others
    assert not found.as_rendered
