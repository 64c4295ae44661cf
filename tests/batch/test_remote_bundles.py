"""Bundles at a URL count when they are whole, and replace nothing that is somebody else's."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from clinics import common, library, requests, table

from serguide import api
from serguide.base.errors import BundleError, UsageError
from serguide.batch.remote_bundles import RemoteBundles
from serguide.cache.store import Store

pytestmark = pytest.mark.slow


@pytest.fixture
def bundle(tmp_path):
    """Give a folder that is written like a bundle."""
    folder = tmp_path / "bundle"
    (folder / "tracks").mkdir(parents=True)
    (folder / "session.json").write_text("{}")
    (folder / "tracks" / "01.mp3").write_bytes(b"sound")
    return folder


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def below(objects, client):
    return {
        name.partition(f"{client}/")[2]: content
        for name, content in objects.items()
        if f"/{client}/" in name
    }


def test_a_bundle_is_there_when_its_marker_is(bucket, bundle):
    bundles = RemoteBundles(f"{bucket.url}/out")
    assert bundles.standing("ana") is None
    bundles.write("ana", bundle, "inputs", 480, ("L001",))
    found = bundles.standing("ana")
    assert (found.inputs, found.frames, found.warnings) == ("inputs", 480, ("L001",))
    assert below(bucket.objects(), "ana") == files(bundle)
    assert set(bucket.objects()) == {
        "out/ana/session.json", "out/ana/tracks/01.mp3", "out/ana.whole.json",
    }  # fmt: skip
    written = [path for method, path, _ in bucket.faults.asked if method == "PUT"]
    assert [path.rpartition("/out/")[2] for path in written] == [
        "ana.begun.json", "ana/tracks/01.mp3", "ana/session.json", "ana.whole.json",
    ]  # fmt: skip


def test_a_write_that_ends_anywhere_leaves_no_marker_and_is_mended(bucket, bundle):
    bundles, names = RemoteBundles(f"{bucket.url}/out"), ["01.mp3", "first.mp3"]
    bundles.write("ana", bundle, "old", 480, ())

    def changed():
        (bundle / "tracks" / names[0]).rename(bundle / "tracks" / names[1])
        names.reverse()

    changed()
    bucket.faults.asked.clear()
    bundles.write("ana", bundle, "new", 480, ())
    changes = ("PUT", "DELETE")
    steps = sum(method in changes for method, _, _ in bucket.faults.asked)
    assert steps == 7
    stood = []
    for ended in range(steps):
        left = [ended]

        def choose(method, _path, left=left):
            refused = method in changes and left[0] <= 0
            left[0] -= method in changes
            return "403" if refused else ""

        before = files(bundle)
        changed()
        (bundle / "session.json").write_text(json.dumps({"turn": ended}))
        bucket.faults.choose = choose
        with pytest.raises(BundleError):
            bundles.write("ana", bundle, f"turn {ended}", 480, ())
        bucket.faults.choose = lambda *_: ""
        stood.append(bundles.standing("ana") is not None)
        if stood[-1]:
            assert below(bucket.objects(), "ana") in (before, files(bundle))
        bundles.write("ana", bundle, "again", 480, ())
        assert below(bucket.objects(), "ana") == files(bundle)
    assert stood == [True, True, False, False, False, False, True]
    assert "out/ana.begun.json" not in bucket.objects()


def test_what_serguide_did_not_write_is_left_as_it_is(bucket, bundle):
    bucket.put("out/ana/letter.txt", b"mine")
    bundles = RemoteBundles(f"{bucket.url}/out")
    with pytest.raises(UsageError, match="letter"):
        bundles.write("ana", bundle, "", 480, ())
    assert bucket.objects() == {"out/ana/letter.txt": b"mine"}
    bundles.write("an", bundle, "", 480, ())
    bucket.put("out/an/session.json", b"longer than it was")
    assert bundles.standing("an") is None, "sizes are looked at"


def test_a_marker_that_names_files_elsewhere_writes_none_there(bucket, bundle, tmp_path):
    bundles = RemoteBundles(f"{bucket.url}/out")
    made = bundles.write("ana", bundle, "", 480, ())
    wrong = dataclasses.replace(made, files={**made.files, "../../stolen": 1})
    bucket.put("out/stolen", b"x")
    bundles.fetch("ana", wrong, tmp_path / "a" / "b")
    assert files(tmp_path / "a") == {f"b/{name}": each for name, each in files(bundle).items()}


def test_rows_go_to_a_url_and_a_second_batch_makes_nothing(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "own"))
    where = {"store_url": f"{bucket.url}/store", "output_url": f"{bucket.url}/out"}
    asked = requests(tmp_path, "Ana", "Eva")
    with ThreadPoolExecutor(2) as pool:
        done = api.render_many(asked, pool, workers=2, **where)
        assert [each.state for each in done] == ["made"] * 2, done
        assert not (tmp_path / "out").exists()
        alone = dataclasses.replace(asked[1], target=tmp_path / "alone")
        api.render(alone, store=Store(tmp_path / "another"))
        objects = bucket.objects()
        assert below(objects, "Eva") == files(tmp_path / "alone")
        assert done[1].bytes == sum(map(len, files(tmp_path / "alone").values()))
        assert any(name.startswith("store/objects/") for name in objects)

        # As on another machine: what it has of its own is nothing.
        Store(tmp_path / "own").clear()
        asked[1] = dataclasses.replace(asked[1], values={"name": "Eva Maria"})
        again = api.render_many(asked, pool, workers=2, **where)
    assert [each.state for each in again] == ["unchanged", "made"]
    assert not list((tmp_path / "own" / "temp").iterdir())


def test_a_store_that_does_not_answer_is_told_of_and_fails_no_row(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "own"))
    asked, count = requests(tmp_path, "Ana"), [0]

    def choose(_method, path):
        count[0] += "objects" in path
        return "gone" if count[0] > 8 else ""

    bucket.faults.choose = choose
    with ThreadPoolExecutor(1) as pool:
        done = api.render_many(asked, pool, workers=1, store_url=f"{bucket.url}/store")
    assert [each.state for each in done] == ["made"], done
    assert "B016" in done[0].warnings


def serguide(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "serguide", "batch", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_the_command_writes_and_seals_at_a_url(bucket, tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "own"))
    path, records = table(tmp_path, "ana,rest,Ana", "eva,rest,Eva"), tmp_path / "records"
    places = ["-o", f"{bucket.url}/out", "--store", f"{bucket.url}/store", "--records", records]
    asked = [path, *places, "--library", library(tmp_path), "--jobs", "1", "--seal", "--json"]
    done = serguide(*asked)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["made"] == 2
    for name in ("batch.json", "passphrases.csv"):
        assert stat.S_IMODE((records / name).stat().st_mode) == 0o600
    rows = list(csv.DictReader((records / "passphrases.csv").read_text().splitlines()))
    objects = bucket.objects()
    assert not any(row["passphrase"].encode() in b"".join(objects.values()) for row in rows)
    (tmp_path / "eva.html").write_bytes(objects["out/eva.html"])
    api.unseal(tmp_path / "eva.html", rows[1]["passphrase"], tmp_path / "opened")
    assert files(tmp_path / "opened") == below(objects, "eva")
    again = serguide(*asked)
    assert json.loads(again.stdout)["counts"]["unchanged"] == 2
    assert bucket.objects()["out/eva.html"] == objects["out/eva.html"]


def test_a_place_that_refuses_is_told_before_anything_is_made(bucket, tmp_path):
    path = table(tmp_path, "ana,rest,Ana")
    options = ["--library", library(tmp_path), "--records", tmp_path]
    done = serguide(path, "-o", "s3://there-is-no-such/out", *options)
    assert done.returncode == 1
    assert "“s3://there-is-no-such/out” cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    done = serguide(path, "-o", tmp_path / "out", "--store", "s3://there-is-no-such/a", *options)
    assert done.returncode == 1
    assert "shared store at s3://there-is-no-such/a cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_url_is_no_folder_of_the_rows(tmp_path):
    path = table(tmp_path, "ana,rest,Ana")
    batch = api.read_batch(path, "s3://clinic/out", common(tmp_path))
    assert batch.output_url == "s3://clinic/out"
    assert os.fspath(batch.rows[0].request.target) == "ana"
    here = api.read_batch(path, (tmp_path / "out").as_uri(), common(tmp_path))
    assert here.output_url is None
    assert here.rows[0].request.target == tmp_path / "out" / "ana"
