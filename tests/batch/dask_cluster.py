"""A Dask cluster of real processes, as on several machines: a scheduler, and its workers."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_PATIENCE = 120.0  # seconds until all are there


@dataclass
class Cluster:
    """Hold the scheduler's address and the processes."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextlib.contextmanager
def dask_cluster(
    folder: Path, machines: Sequence[tuple[Sequence[str], Mapping[str, str]]]
) -> Iterator[Cluster]:
    """Start a scheduler, and a worker for each machine; end what is left of them.

    folder: for their files; machines: what stands before a worker's command, and its environment.
    """
    folder.mkdir(exist_ok=True)
    file = folder / "scheduler.json"
    begun = [_begun("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)]
    try:
        address = _waited(lambda: json.loads(file.read_text())["address"])
        for number, (before, variables) in enumerate(machines):
            begun.append(
                _begun(
                    "worker", address, "--nthreads", "1", "--no-nanny", "--name", f"w{number}",
                    "--local-directory", folder / f"w{number}", "--death-timeout", "20",
                    before=before, variables=variables,
                )
            )  # fmt: skip
        _waited(lambda: _joined(address) >= len(machines) or None)
        yield Cluster(address, begun[0], begun[1:])
    finally:
        for process in reversed(begun):
            process.kill()
            process.wait(60)


def _begun(kind, *arguments, before=(), variables=None) -> subprocess.Popen[bytes]:
    command = [*before, sys.executable, "-m", "dask", kind, *map(str, arguments), "--no-dashboard"]
    return subprocess.Popen(command, env={**os.environ, **(variables or {})}, **_QUIET)


def _joined(address: str) -> int:
    from distributed import Client

    with Client(address, timeout="30s", set_as_default=False) as client:
        return len(client.nthreads())


def _waited(ask):
    until = time.monotonic() + _PATIENCE
    while True:
        with contextlib.suppress(OSError, ValueError, KeyError):
            if found := ask():
                return found
        assert time.monotonic() < until, "the cluster does not come up"
        time.sleep(0.1)
