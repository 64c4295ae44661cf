"""Many requests by a pool: shared work once, nothing lost, nothing half, nothing in clear."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clinics import requests

from serguide import api
from serguide.base.errors import Cancelled, UsageError
from serguide.batch import many, running
from serguide.batch.tasks import BatchTask
from serguide.batch.worker_pool import WorkerPool
from serguide.cache.store import Store
from serguide.cache.versions import STEPS


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_rows_are_what_render_makes_and_a_second_run_makes_nothing(tmp_path):
    asked = requests(tmp_path, "Ana", "Eva", "Ida")
    with ThreadPoolExecutor(2) as pool:
        done = api.render_many(asked, pool, workers=2)
        assert [each.state for each in done] == ["made"] * 3, done
        alone = dataclasses.replace(asked[1], target=tmp_path / "alone")
        api.render(alone, store=Store(tmp_path / "another"))
        assert files(tmp_path / "out" / "Eva") == files(tmp_path / "alone")

        (tmp_path / "out" / "Eva" / "captions.vtt").unlink()
        again = api.render_many(asked, pool, workers=2)
    assert [each.state for each in again] == ["unchanged", "made", "unchanged"]
    assert not [each for each in (tmp_path / "out").iterdir() if each.name.startswith(".")]


def test_a_row_that_fails_is_told_and_stops_no_other(tmp_path):
    asked = requests(tmp_path, "Ana", "Eva", "Ida")
    (tmp_path / "out" / "Eva").mkdir(parents=True)
    (tmp_path / "out" / "Eva" / "letter.txt").write_text("mine")
    with ThreadPoolExecutor(2) as pool:
        done = api.render_many(asked, pool, workers=2)
    assert [each.state for each in done] == ["made", "failed", "made"]
    assert "left as it is" in done[1].reason
    assert done[1].tries == 1, "what is wrong is not tried again"
    assert (tmp_path / "out" / "Eva" / "letter.txt").read_text() == "mine"


def test_a_session_that_is_wrong_fails_its_rows_alone(tmp_path):
    asked = requests(tmp_path, "Ana", "Eva")
    asked[0] = dataclasses.replace(asked[0], what="nowhere")
    with ThreadPoolExecutor(2) as pool:
        done = api.render_many(asked, pool, workers=2)
    assert [each.state for each in done] == ["failed", "made"]
    assert "nowhere" in done[0].reason


def test_equal_files_share_the_disk_and_an_edit_alters_no_sibling(tmp_path):
    asked = requests(tmp_path, "Ana", "Eva")
    with ThreadPoolExecutor(1) as pool:
        done = api.render_many(asked, pool, workers=1)
    ana, eva = tmp_path / "out" / "Ana", tmp_path / "out" / "Eva"
    assert done[1].shared >= (eva / "ground.mp3").stat().st_size
    assert files(ana)["ground.mp3"] == files(eva)["ground.mp3"]
    fresh = eva / "fresh"
    fresh.write_bytes(b"other")
    fresh.replace(eva / "ground.mp3")
    assert (ana / "ground.mp3").read_bytes() != b"other"
    again = api.render_many(asked[:1], ThreadPoolExecutor(1), workers=1)
    assert again[0].state == "unchanged"


def test_a_worker_of_another_version_is_refused_by_name(tmp_path, monkeypatch):
    asked = requests(tmp_path, "Ana")
    told = f"polish is {STEPS['polish'].number} there, and 1 here"
    monkeypatch.setattr(many, "versions_here", lambda: running.versions_here() | {"polish": 1})
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(UsageError, match=told) as refused,
    ):
        api.render_many(asked, pool, workers=1)
    assert os.uname().nodename in refused.value.message
    assert not (tmp_path / "out").exists()


def test_tasks_hide_what_is_a_clients(tmp_path):
    (request,) = requests(tmp_path, "Zuzana")
    task = BatchTask(3, request)
    assert "Zuzana" not in repr(task)
    assert "Zuzana" not in repr(request).replace(str(request.target), "")
    assert task.__dask_tokenize__() != task.__dask_tokenize__()
    assert pickle.loads(pickle.dumps(task)).request.values == {"name": "Zuzana"}


def test_cancel_reaches_other_processes_and_leaves_nothing(tmp_path):
    asked = requests(tmp_path, *(f"Name{number}" for number in range(8)))
    cancel = api.Cancel()
    with WorkerPool(1) as pool:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            api.render_many(
                asked, pool, workers=1, cancel=cancel,
                report=lambda progress: cancel.cancel() if progress.done == 2 else None,
            )  # fmt: skip
        assert time.monotonic() - began < 60
    there = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert 2 <= len(there) < 8
    assert all((tmp_path / "out" / name / "session.json").is_file() for name in there)


def children(pid):
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if _parent(path) == pid and "spawn_main" in _command(path.parent)
    ]


def _parent(path):
    try:
        return int(path.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _command(folder):
    try:
        return (folder / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc for processes")
def test_killed_workers_lose_nothing(tmp_path):
    asked = requests(tmp_path, *(f"Name{number}" for number in range(6)))
    over, killed = threading.Event(), []

    def kill():
        while not over.wait(0.7) and len(killed) < 3:
            for pid in children(os.getpid())[:1]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    threading.Thread(target=kill, daemon=True).start()
    try:
        with WorkerPool(2) as pool:
            done = api.render_many(asked, pool, workers=2)
    finally:
        over.set()
    assert killed
    assert [each.state for each in done] == ["made"] * 6, done
    alone = dataclasses.replace(asked[2], target=tmp_path / "alone")
    api.render(alone, store=Store(tmp_path / "another"))
    assert files(tmp_path / "out" / "Name2") == files(tmp_path / "alone")


@pytest.mark.slow
def test_two_batches_into_one_folder_make_each_bundle_once(tmp_path):
    asked = requests(tmp_path, *(f"Name{number}" for number in range(4)))
    found = {}

    def batch(which):
        with WorkerPool(1) as pool:
            found[which] = api.render_many(asked, pool, workers=1)

    threads = [threading.Thread(target=batch, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for mine, theirs in zip(found[0], found[1], strict=True):
        assert sorted((mine.state, theirs.state)) == ["made", "unchanged"]
    for request in asked:
        manifest = json.loads((request.target / "session.json").read_text(encoding="utf-8"))
        assert manifest["serguide"]["tracks"]
