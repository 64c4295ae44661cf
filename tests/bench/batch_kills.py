"""Kill -9 a batch at many moments: `python batch_kills.py WHOM [MOMENTS]`.

WHOM is `worker`, a process of the pool, or `batch`, the one that began it; or, of a Dask cluster of
two workers, `dask-worker`, `scheduler` or `submitter`.

Each time the same small table is begun anew, a process is killed after a while that grows from
moment to moment, and the batch is run once more where it could not go on. Counted are rows that are
not there in the end, files that differ from those of a batch that nobody disturbed, and what is
left half-made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "batch"))

from clinics import library, table  # the tests' own table
from dask_cluster import Cluster, dask_cluster

FAR = ("dask-worker", "scheduler", "submitter")
ROWS = 8
SERGUIDE = [sys.executable, "-m", "serguide"]


def main() -> None:
    """Kill, count and print."""
    whom, moments = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30
    base = Path(tempfile.mkdtemp(prefix="batch-kills-"))
    folder = library(base)
    path = table(base, *(f"c{row},rest,Name {row}" for row in range(ROWS)))
    began = time.monotonic()
    assert run(path, base / "calm", folder, base / "cache-calm").wait() == 0
    lasted, calm = time.monotonic() - began, digests(base / "calm")
    missing = different = half = struck = 0
    for moment in range(moments):
        out, cache = base / f"out{moment}", base / f"cache{moment}"
        with cluster(whom in FAR, base / f"cluster{moment}", cache) as far:
            options = ["--dask", far.address, "--store", f"file://{cache}"] if far else []
            batch = run(path, out, folder, cache, *options)
            time.sleep(lasted * (moment + 0.5) / moments)
            struck += strike(whom, batch, far)
            batch.wait(600)
            if whom in ("batch", "submitter"):
                assert run(path, out, folder, cache, *options).wait(600) == 0
        if whom == "scheduler":
            assert run(path, out, folder, cache).wait(600) == 0
        found = digests(out)
        missing += len(calm.keys() - found.keys())
        different += sum(found.get(name, one) != one for name, one in calm.items())
        half += sum(each.name.startswith(".") for each in out.iterdir())
        shutil.rmtree(out)
        shutil.rmtree(cache)
    shutil.rmtree(base)
    print(f"{whom}: {moments} moments, {struck} struck a running batch of {lasted:.0f} s; files "
          f"missing {missing}, different {different}, half-made {half}")  # fmt: skip


def run(path: Path, out: Path, folder: Path, cache: Path, *options: str) -> subprocess.Popen[bytes]:
    """Begin a batch in a process of its own."""
    return subprocess.Popen(
        [*SERGUIDE, "batch", str(path), "-o", str(out), "--library", str(folder), "--jobs", "2",
         *options],
        env={**os.environ, "SERGUIDE_CACHE": str(cache)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def strike(whom: str, batch: subprocess.Popen[bytes], far: Cluster | None) -> bool:
    """Kill one process; return whether that struck a batch that ran."""
    victims = {"worker": workers(batch.pid)[:1], "batch": [batch.pid], "submitter": [batch.pid]}
    if far is not None:
        victims |= {"scheduler": [far.scheduler.pid], "dask-worker": [far.workers[0].pid]}
    ran = batch.poll() is None
    for pid in victims[whom]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return ran and bool(victims[whom])


@contextlib.contextmanager
def cluster(wanted: bool, folder: Path, cache: Path) -> Iterator[Cluster | None]:
    """Give a Dask cluster of two workers, if it is wanted."""
    if not wanted:
        yield None
        return
    with dask_cluster(folder, [((), {"SERGUIDE_CACHE": str(cache)})] * 2) as found:
        yield found
    shutil.rmtree(folder)


def workers(pid: int) -> list[int]:
    """Return the processes that a batch has begun to work."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
            if parent == pid and b"spawn_main" in command:
                found.append(int(stat.parent.name))
    return found


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of every bundle."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != "batch.json"
    }


if __name__ == "__main__":
    main()
