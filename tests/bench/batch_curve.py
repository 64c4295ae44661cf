"""Measure a batch that differs in names alone: `python batch_curve.py [ROWS] [SESSION] [LENGTH]`.

Prints the processor time of the first row, made cold, of those behind it, and the curve: what a
row costs on the average of so many, as a part of the first; memory and disk beside it. All is in
a folder of its own that is removed.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from usage import usage_of

_FIRST = (
    *("Ana", "Bela", "Cedric", "Dora", "Emil", "Franziska", "Gustav", "Hana", "Ivo", "Jonathan"),
    *("Karl", "Lea", "Mia", "Noah", "Olga", "Petra", "Quentin", "Rosa", "Stefan", "Tereza"),
    *("Ute", "Viktor", "Wanda", "Xaver", "Yara", "Zoe", "Alexandra", "Bernadette", "Christopher"),
    *("Dominika", "Elisabeth", "Ferdinand", "Gabriela", "Hubert", "Isabella", "Josefine"),
    *("Kristyna", "Leopold", "Maximilian", "Natalie"),
)
_SECOND = ("", "Maria", "Jan", "Eva", "Otto")


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    session = sys.argv[2] if len(sys.argv) > 2 else "the-first-evening"
    length = sys.argv[3] if len(sys.argv) > 3 else "20m"
    base = Path(tempfile.mkdtemp(prefix="batch-curve-"))
    os.environ["SERGUIDE_CACHE"] = str(base / "cache")
    try:
        write_table(base / "clients.csv", rows, session, length)
        command = [sys.executable, "-m", "serguide", "batch", base / "clients.csv", "-o",
                   base / "out", "--jobs", "1"]  # fmt: skip
        used = usage_of(command)
        told = json.loads((base / "out" / "batch.json").read_text(encoding="utf-8"))
        curve(told["rows"])
        taken = sum(path.stat().st_blocks for path in _once(base / "out")) * 512
        print(f"whole: {used.cpu:.0f} s of processor time, {used.peak:.0f} MB at the peak")
        print(
            f"disk: {taken / rows / 1e6:.1f} MB a row, {told['rows'][0]['bytes'] / 1e6:.1f} apart"
        )
    finally:
        shutil.rmtree(base)


def write_table(path: Path, rows: int, session: str, length: str) -> None:
    """Write a table of so many rows with a name each."""
    names = itertools.cycle(f"{first} {second}".strip() for second in _SECOND for first in _FIRST)
    # espeak's figures, whatever else this machine has.
    lines = [f"c{row:05},{session},{length},espeak,{next(names)}" for row in range(rows)]
    path.write_text("\n".join(["client,session,length,voice,name", *lines, ""]), encoding="utf-8")


def curve(rows: list[dict[str, float]]) -> None:
    """Print what rows cost."""
    cost = [row["processor_seconds"] for row in rows]
    cold, later = cost[0], cost[1:]
    print(f"first row {cold:.1f} s; behind it {statistics.mean(later):.2f} s on the average "
          f"({statistics.mean(later) / cold:.2%}), median {statistics.median(later):.2f} s "
          f"({statistics.median(later) / cold:.2%}), most {max(later):.2f} s")  # fmt: skip
    for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if count <= len(cost):
            print(f"{count:5} rows: {sum(cost[:count]) / count / cold:7.2%} of a cold one each")


def _once(folder: Path) -> list[Path]:
    """Return every file that is no further link to one before."""
    found = {path.stat().st_ino: path for path in folder.rglob("*") if path.is_file()}
    return list(found.values())


if __name__ == "__main__":
    main()
