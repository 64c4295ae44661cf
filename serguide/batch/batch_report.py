"""Keep what became of a batch: `batch.json`, that only the user can read, for it holds names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import BundleError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.batch.checking import Batch, seconds_of
from serguide.batch.tasks import TaskResult

REPORT: Final = "batch.json"
"""The report's name, in the folder of the clients' folders or of the records."""

_PRIVATE: Final = 0o600
_BEGUN: Final = TaskResult(-1, "not begun")


def report_of(batch: Batch, results: Mapping[int, TaskResult]) -> dict[str, Any]:
    """Return what is told of a batch: how the table was read, and each row by its line.

    results: by a row's place; rows without one were not begun.
    """
    rows = [_row(batch, place, results.get(place, _BEGUN)) for place in range(len(batch.rows))]
    states = [row["state"] for row in rows]
    counted = ("made", "unchanged", "failed", "cancelled", "not begun")
    return {
        "format": 1,
        "table": batch.table,
        "read_as": batch.read_as,
        "counts": {state: states.count(state) for state in counted},
        "rows": rows,
    }


def write_report(target: Path, told: Mapping[str, Any]) -> Path:
    """Write the report, whole or not at all; return its path. Raises BundleError."""
    path = target / REPORT
    with explained(f"The report “{path}” cannot be written", BundleError, "name another folder"):
        text = json.dumps(told, ensure_ascii=False, indent=1)
        write_atomically(path, f"{text}\n".encode(), mode=_PRIVATE)
    return path


def failed(told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the rows that failed."""
    return [row for row in told["rows"] if row["state"] == "failed"]


def _row(batch: Batch, place: int, result: TaskResult) -> dict[str, Any]:
    row = batch.rows[place]
    told: dict[str, Any] = {
        "line": row.line,
        "client": row.client,
        "session": str(row.request.what),
        "state": result.state,
    }
    if result.state in ("made", "unchanged"):
        told |= {
            "seconds": round(seconds_of(result.frames), 3),
            "bytes": result.bytes,
            "shared_bytes": result.shared,
            "took": round(result.seconds, 2),
            "processor_seconds": round(result.processor, 2),
            "warnings": list(result.warnings),
        }
    elif result.reason:
        told |= {"reason": result.reason, "hint": result.hint}
    if result.tries > 1:
        told["tries"] = result.tries
    return told
