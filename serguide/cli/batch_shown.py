"""Print a batch: what was warned of, what a dry run expects, what became of the rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from serguide.base.units import SAMPLERATE, format_clock
from serguide.cli.printing import out, print_json, print_table, say
from serguide.cli.remedies import told as problem_told

if TYPE_CHECKING:
    from serguide.batch.checking import Batch

_SHOWN: Final = 20  # rows of a table on the terminal; the report has all


def say_batch(batch: Batch) -> None:
    """Print each warning once, on stderr."""
    hints: set[str] = set()
    for problem in batch.warnings:
        hint = "" if problem.hint in hints else problem.hint
        say(problem_told(dataclasses.replace(problem, hint=hint)))
        hints.add(problem.hint)


def show_dry(batch: Batch, *, as_json: bool) -> None:
    """Print times and sizes of a batch that is not made."""
    from serguide.batch.estimate import estimated

    work = estimated(batch)
    if as_json:
        print_json(
            {
                "table": batch.table,
                "read_as": batch.read_as,
                "rows": [
                    {
                        "line": row.line,
                        "client": row.client,
                        "session": str(row.request.what),
                        "seconds": round(frames / SAMPLERATE, 1),
                        "bytes": size,
                    }
                    for row, frames, size in zip(batch.rows, batch.frames, batch.bytes, strict=True)
                ],
                "processor_seconds": round(work.processor_seconds),
                "bytes": work.bytes,
            }
        )
        return
    rows = [("line", "client", "session", "length", "size")]
    for row, frames, size in zip(batch.rows, batch.frames, batch.bytes, strict=True):
        rows.append(
            (
                str(row.line),
                row.client,
                str(row.request.what),
                format_clock(frames / SAMPLERATE),
                _size(size),
            )
        )
    print_table(rows[: _SHOWN + 1])
    _more(len(batch.rows))
    out(
        f"{len(batch.rows):,} sessions of {batch.kinds:,} kinds; about "
        f"{format_clock(work.processor_seconds)} of one processor's time, and at most "
        f"{_size(work.bytes)} on the disk."
    )


def show_report(told: Mapping[str, Any]) -> None:
    """Print what became of the rows: those that failed first."""
    order = ("failed", "cancelled", "not begun", "made", "unchanged")
    rows = sorted(told["rows"], key=lambda row: (order.index(row["state"]), row["line"]))
    print_table(
        [
            ("line", "client", "state", "what"),
            *((str(row["line"]), row["client"], row["state"], _what(row)) for row in rows[:_SHOWN]),
        ]
    )
    _more(len(rows))
    counts = told["counts"]
    out(", ".join(f"{count:,} {state}" for state, count in counts.items() if count) + ".")


def _what(row: Mapping[str, Any]) -> str:
    if "reason" in row:
        return " ".join(f"{row['reason']} {row['hint']}".split())
    return f"{format_clock(row['seconds'])}, {_size(row['bytes'])}" if "bytes" in row else ""


def _more(count: int) -> None:
    if count > _SHOWN:
        out(f"… and {count - _SHOWN:,} more")


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
