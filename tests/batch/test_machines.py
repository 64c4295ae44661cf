"""Machines that are killed, full or of another make: no row is lost, half-made or wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from clinics import library, table
from dask_cluster import dask_cluster
from natural_voice_files import install_kokoro

from serguide import api
from serguide.cache.store import Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits of Linux"),
]

ROWS = [f"c{each},rest,Name {each}" for each in range(6)]


def begun(folder, path, *options):
    return subprocess.Popen(
        [sys.executable, "-m", "serguide", "batch", str(path), "--library", str(library(folder)),
         *map(str, options)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "batch.json"
    }


def made(out):
    return list(out.glob("[!.]*/session.json"))


def wait_for(out, count, process):
    while len(made(out)) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the files of a batch that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    path = table(folder, *ROWS)
    common = api.RenderRequest("", libraries=(library(folder),))
    for request in api.read_batch(path, folder / "out", common).requests:
        api.render(request, store=Store(folder / "cache"))
    return files(folder / "out")


@pytest.fixture
def calm(tmp_path, undisturbed, monkeypatch):
    """Give the table, and the files that a batch of it makes."""
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    return table(tmp_path, *ROWS), undisturbed


def machines(tmp_path):
    return [((), {"SERGUIDE_CACHE": str(tmp_path / f"cache{each}")}) for each in range(2)]


@pytest.mark.parametrize("whom", ["worker", "scheduler", "submitter"])
def test_whoever_is_killed_the_next_run_has_all(tmp_path, calm, whom):
    path, expected = calm
    out, store = tmp_path / "out", f"file://{tmp_path / 'store'}"
    with dask_cluster(tmp_path / "dask", machines(tmp_path)) as far:
        batch = begun(tmp_path, path, "-o", out, "--dask", far.address, "--store", store)
        wait_for(out, 2, batch)
        {"worker": far.workers[0], "scheduler": far.scheduler, "submitter": batch}[whom].kill()
        told = batch.communicate(timeout=600)
        if whom == "scheduler":
            assert batch.returncode == 4, told
            assert "scheduler" in told[1]
            assert "Traceback" not in told[1]
            assert json.loads((out / "batch.json").read_text())["counts"]["made"] >= 1
        if whom == "submitter":
            again = begun(tmp_path, path, "-o", out, "--dask", far.address, "--store", store)
            told = again.communicate(timeout=600)
            assert again.returncode == 0, told
        if whom == "worker":
            assert batch.returncode == 0, told
    if whom == "scheduler":
        again = begun(tmp_path, path, "-o", out, "--jobs", "1", "--store", store)
        told = again.communicate(timeout=600)
        assert again.returncode == 0, told
    assert files(out) == expected
    assert not [each for each in out.iterdir() if each.name.startswith(".")]


def test_two_batches_into_one_store_and_one_place_at_once(tmp_path, calm, bucket):
    path, expected = calm
    batches = [
        begun(
            tmp_path, path, "-o", f"{bucket.url}/out", "--store", f"{bucket.url}/store",
            "--records", tmp_path / f"records{each}", "--jobs", "1",
        )
        for each in range(2)
    ]  # fmt: skip
    for batch in batches:
        told = batch.communicate(timeout=600)
        assert batch.returncode == 0, told
    found = bucket.objects()
    bundles = {name[4:]: each for name, each in found.items() if name.startswith("out/c")}
    markers = {f"c{each}.whole.json" for each in range(len(ROWS))}
    assert {name: bundles[name] for name in bundles.keys() - markers} == expected
    assert markers <= bundles.keys()


def test_a_full_disk_on_one_worker_fails_no_row(tmp_path, calm, bucket):
    """One of two workers has room for a few clips and for no bundle."""
    path, expected = calm
    small = tmp_path / "small"
    small.mkdir()
    mount = f'mount -t tmpfs -o size=300k tmpfs "{small}" && exec "$@"'
    full = ["unshare", "-rm", "sh", "-c", mount, "sh"]
    if subprocess.run([*full, "true"], capture_output=True, check=False).returncode:
        # Without the right to mount: no file larger than this; the same answer, but for its number.
        full = ["bash", "-c", 'ulimit -f 200 && exec "$@"', "bash"]
    assert shutil.which(full[0])
    places = [
        (full, {"SERGUIDE_CACHE": str(small / "cache"), "TMPDIR": str(small)}),
        ((), {"SERGUIDE_CACHE": str(tmp_path / "roomy")}),
    ]
    with dask_cluster(tmp_path / "dask", places) as far:
        batch = begun(
            tmp_path, path, "-o", f"{bucket.url}/out", "--store", f"{bucket.url}/store",
            "--records", tmp_path, "--dask", far.address,
        )  # fmt: skip
        told = batch.communicate(timeout=600)
    assert batch.returncode == 0, told
    found = bucket.objects()
    for name, content in expected.items():
        assert found[f"out/{name}"] == content
    rows = json.loads((tmp_path / "batch.json").read_text())["rows"]
    assert any(row.get("tries", 1) > 1 for row in rows), "the full one was asked"
    assert not list(Path(small).iterdir()) or os.path.ismount(small) or full[0] == "bash"


def test_a_machine_with_another_voice_is_refused_by_name(tmp_path, calm):
    pytest.importorskip("onnxruntime")
    path, _ = calm
    out, store = tmp_path / "out", f"local://{tmp_path / 'store'}"
    (first, second) = machines(tmp_path)
    install_kokoro(tmp_path / "natural", "af_heart")  # which speaks where rows name no voice
    second[1]["SERGUIDE_DATA"] = str(tmp_path / "natural")
    with dask_cluster(tmp_path / "dask", [first, second]) as far:
        batch = begun(tmp_path, path, "-o", out, "--dask", far.address, "--store", store)
        told = batch.communicate(timeout=600)
    assert batch.returncode == 2, told
    assert "“kokoro:af_heart” would speak, where it is “espeak:en-us” here" in told[1]
    assert "Traceback" not in told[1]
