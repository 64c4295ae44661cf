"""Report of an import: each document, each decision with its places, what the check says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from serguide.base.units import format_time
from serguide.cli.printing import Styled, out, print_problems
from serguide.cli.remedies import advised

if TYPE_CHECKING:
    from serguide.importing.decisions import Decision
    from serguide.importing.importer import Imported, ImportedFile

_SHOWN = 60
"""Characters of a fragment on a line of the report; `--json` has all of them."""


def import_data(imported: Imported) -> dict[str, Any]:
    """Return an import as data: files with scripts and decisions, what was assumed, problems."""
    assumptions = imported.assumptions
    return {
        "files": [
            {
                "source": str(file.source),
                "format": file.form,
                "unit": file.unit,
                "scripts": [
                    {**dataclasses.asdict(script), "path": str(script.path)}
                    for script in file.scripts
                ],
                "decisions": [dataclasses.asdict(decision) for decision in file.decisions],
            }
            for file in imported.files
        ],
        "assumed": {
            unsaid: {
                "count": count,
                "seconds": float(assumptions.length(unsaid)),
                "given": assumptions.asked_for(unsaid),
            }
            for unsaid, count in imported.open.items()
        },
        "problems": [
            {**dataclasses.asdict(problem), "hint": advised(problem.hint)}
            for problem in imported.problems
        ],
        "proposals": list(imported.proposals),
    }


def print_report(imported: Imported, options: Mapping[str, str]) -> None:
    """Print an import for a person; options: of each open silence, the option that settles it."""
    for file in imported.files:
        _print_file(file)
    _print_open(imported, options)
    if imported.problems:
        out("")
        out(Styled("What the check says of what was written:", bold=True))
        print_problems(imported.problems)
    if imported.proposals:
        out("")
        out(Styled("Ready for some of that, and not put in:", bold=True))
        for proposal in imported.proposals:
            out(f"  {proposal}")


def _print_file(file: ImportedFile) -> None:
    from serguide.importing.decisions import MEANINGS

    out(Styled(f"{file.source} ({file.form})", bold=True))
    for script in file.scripts:
        out(f"  -> {script.path}: {script.kind}, {script.language}, “{script.title}”")
    for verdict, meaning in MEANINGS.items():
        found = [decision for decision in file.decisions if decision.verdict == verdict]
        if found:
            out(f"  {Styled(verdict).text}: {meaning}")
            for line in _grouped(found, file.unit):
                out(f"    {line}")


def _grouped(decisions: list[Decision], unit: str) -> list[str]:
    """Return a line for each different decision, with all of its places."""
    places: dict[tuple[str, str], list[int]] = {}
    for each in decisions:
        places.setdefault((each.written, each.became), []).append(each.line)
    rows = []
    for (written, became), lines in places.items():
        known = sorted({line for line in lines if line})
        plural = "s" if len(known) > 1 else ""
        where = f"{unit}{plural} {', '.join(map(str, known))}: " if known else ""
        fragment = " ".join(written.split())
        short = fragment if len(fragment) <= _SHOWN else fragment[: _SHOWN - 1] + "…"
        rows.append(f"{where}{short} -> {became}")
    return rows


def _print_open(imported: Imported, options: Mapping[str, str]) -> None:
    from serguide.importing.assumptions import CALLED

    assumptions = imported.assumptions
    for unsaid, count in imported.open.items():
        length = format_time(assumptions.length(unsaid))
        if not assumptions.asked_for(unsaid):
            often = "once" if count == 1 else f"{count} times"
            again = f"for another, import again with {options[unsaid]} TIME"
            out(f"{CALLED[unsaid]}: {often} {length}, the default; {again}")
