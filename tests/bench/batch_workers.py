"""Measure a batch by 1, 2 and 4 workers: `python batch_workers.py [ROWS] [SESSION]`, or `plan`.

Workers are processes of a Dask cluster. Every row is the session in another voice of espeak, so
that all work is cold. Prints the time of each on the clock, and how many times as
fast as by one worker that is. Where there are as many idle cores as workers, two are expected to be
1.8 times as fast and more; on two cores, four can be no faster than two. `plan` measures the
planning of 10,000 rows: seconds and memory.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "batch"))

from batch_curve import write_table
from dask_cluster import dask_cluster
from usage import usage_of

WORKERS = (1, 2, 4)
SERGUIDE = [sys.executable, "-m", "serguide", "batch"]


def main() -> None:
    """Measure and print."""
    base = Path(tempfile.mkdtemp(prefix="batch-workers-"))
    try:
        if sys.argv[1:2] == ["plan"]:
            plan(base)
        else:
            rows, session, *_ = [*sys.argv[1:], *("8", "the-first-evening")[len(sys.argv) - 1 :]]
            compare(base, int(rows), session)
    finally:
        shutil.rmtree(base)


def plan(base: Path, rows: int = 10_000) -> None:
    """Print what it takes to read and check a large table."""
    write_table(base / "clients.csv", rows, "the-first-evening", "20m")
    began = time.monotonic()
    used = usage_of([*SERGUIDE, base / "clients.csv", "-o", base / "out", "--dry-run"])
    took = time.monotonic() - began
    print(f"{rows:,} rows planned in {took:.1f} s ({used.cpu:.1f} s of processor time), "
          f"{used.peak:.0f} MB at the peak")  # fmt: skip


def compare(base: Path, rows: int, session: str) -> None:
    """Print the time on the clock by workers, each a machine with a cache of its own."""
    lines = [
        f"c{row},{session},{voice}" for row, voice in zip(range(rows), _voices(), strict=False)
    ]
    path = base / "clients.csv"
    path.write_text("\n".join(["client,session,voice", *lines, ""]), encoding="utf-8")
    first = 0.0
    for count in WORKERS:
        home = base / f"by{count}"
        caches = [{"SERGUIDE_CACHE": str(home / f"cache{each}"), "OMP_NUM_THREADS": "1"}
                  for each in range(count)]  # fmt: skip
        home.mkdir()
        with dask_cluster(home / "dask", [((), each) for each in caches]) as far:
            command = [*SERGUIDE, path, "-o", home / "out", "--dask", far.address,
                       "--store", f"local://{home / 'store'}"]  # fmt: skip
            began = time.monotonic()
            usage_of(command)
            took = time.monotonic() - began
        assert len(list((home / "out").glob("c*/session.json"))) == len(lines)
        first = first or took
        print(f"{count} workers, {os.cpu_count()} cores: {took:.1f} s, {first / took:.2f} times "
              "as fast as one", flush=True)  # fmt: skip
        shutil.rmtree(home)


def _voices() -> Iterator[str]:
    """Yield voices of espeak that sound different, some by their pitch alone."""
    for variant in range(1, 8):
        for accent in ("en-us", "en-gb", "en-gb-scotland"):
            yield f"espeak:{accent}+m{variant}"


if __name__ == "__main__":
    main()
