"""A Dask cluster does the same work, and sees no client in keys, logs and reprs."""

from __future__ import annotations

import dataclasses
import logging
import os

import pytest
from clinics import requests
from distributed import LocalCluster

from serguide import api
from serguide.base.errors import NetworkError
from serguide.batch.cluster import joined

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Dask's own, about ports and loops
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    base = tmp_path_factory.mktemp("cluster")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        local_directory=str(base), host="127.0.0.1",
    ) as found:  # fmt: skip
        yield found


def test_a_cluster_makes_what_render_makes(tmp_path, cluster, caplog):
    caplog.set_level(logging.DEBUG, logger="distributed")
    asked = requests(tmp_path, "Zuzana", "Eva", "Ida")
    asked[2] = dataclasses.replace(asked[2], what="nowhere")
    store = f"file://{tmp_path / 'store'}"
    with joined(cluster.scheduler_address) as (executor, threads):
        assert threads == 2
        done = api.render_many(asked, executor, workers=threads, store_url=store)
        assert [each.state for each in done] == ["made", "made", "failed"], done
        again = api.render_many(asked[:2], executor, workers=threads, store_url=store)
    assert [each.state for each in again] == ["unchanged", "unchanged"]
    alone = dataclasses.replace(asked[0], target=tmp_path / "alone")
    api.render(alone)
    for name in ("session.json", "session.mp3", "index.html"):
        made = (tmp_path / "out" / "Zuzana" / name).read_bytes()
        assert made == (tmp_path / "alone" / name).read_bytes()

    seen = [repr(key) for key in cluster.scheduler.tasks]
    seen += [repr(event) for events in cluster.scheduler._broker.get_events() for event in [events]]
    logs = [str(lines) for lines in cluster.get_logs().values()] + [caplog.text]
    assert not any("Zuzana" in each for each in (*seen, *logs))


def test_a_killed_worker_of_a_cluster_loses_nothing(tmp_path, cluster):
    asked = requests(tmp_path, *(f"Name{number}" for number in range(5)))
    killed = []

    def kill(progress):
        if progress.done == 1 and not killed:
            pid = next(iter(cluster.workers.values())).pid
            killed.append(pid)
            os.kill(pid, 9)

    with joined(cluster.scheduler_address) as (executor, _):
        done = api.render_many(
            asked, executor, workers=2, store_url=f"file://{tmp_path / 'store'}", report=kill
        )
    assert killed
    assert [each.state for each in done] == ["made"] * 5, done


def test_nobody_at_an_address_is_told():
    with pytest.raises(NetworkError, match="no Dask scheduler"), joined("tcp://127.0.0.1:9"):
        pass
