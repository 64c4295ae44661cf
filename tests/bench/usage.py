"""What a program takes: processor time, time on the clock, and the memory of its whole tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # seconds between looks at memory


@dataclass(frozen=True)
class Usage:
    """cpu, wall: in seconds; peak: of the process tree's memory, in MB, shared pages once."""

    cpu: float
    wall: float
    peak: float


def usage_of(command: Sequence[str | Path], **variables: str) -> Usage:
    """Run a command to its end and return what it took, children included (Linux)."""
    # A file, because a long session's warnings would fill a pipe that nobody reads.
    with tempfile.TemporaryFile() as errors:
        begun = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        peak = 0.0
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            # Not ru_maxrss: it remembers the process that this one was forked from.
            peak = max(peak, _tree(process.pid), _highest(process.pid))
            time.sleep(_EVERY)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            message = errors.read().decode(errors="replace")
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{message}")
    return Usage(used.ru_utime + used.ru_stime, wall, peak)


def best_of(count: int, command: Sequence[str | Path], **variables: str) -> Usage:
    """Return the least of several runs, for what takes less than a second."""
    return least(usage_of(command, **variables) for _ in range(count))


def least(runs: Iterable[Usage]) -> Usage:
    """Return the least time of each kind among runs, and the most memory."""
    found = list(runs)
    return Usage(
        min(used.cpu for used in found),
        min(used.wall for used in found),
        max(used.peak for used in found),
    )


def _tree(root: int) -> float:
    parents = _parents()
    members = {root}
    while more := {child for child, parent in parents.items() if parent in members} - members:
        members |= more
    return sum(_pss(process) for process in members)


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(folder.name)] = int(fields[1])
    return found


def _pss(process: int) -> float:
    return _megabytes(process, "smaps_rollup", "Pss:")


def _highest(process: int) -> float:
    return _megabytes(process, "status", "VmHWM:")


def _megabytes(process: int, name: str, field: str) -> float:
    try:
        for line in Path(f"/proc/{process}/{name}").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
