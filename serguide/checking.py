"""Check files and collect every problem: the data of `serguide check`.

So far the language alone; the safety rules join here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from serguide.catalogue import outline
from serguide.errors import Problem, ScriptError, UsageError
from serguide.script.library import SCRIPT_SUFFIXES, Libraries


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold how many files were looked at, and what is wrong, in the order of the files."""

    files: int
    problems: tuple[Problem, ...]


def check(names: Iterable[str], libraries: Libraries) -> Checked:
    """Check scripts and sessions by name or path; all of the libraries when none is named.

    Raises UsageError for a name that does not exist.
    """
    problems: dict[Problem, None] = {}
    files = 0
    for path in dict.fromkeys(_paths(tuple(names), libraries)):
        files += 1
        try:
            outline(path, libraries)
        except ScriptError as error:
            problems.update(dict.fromkeys(error.problems))
    return Checked(files, tuple(sorted(problems)))


def _paths(names: tuple[str, ...], libraries: Libraries) -> Iterator[Path]:
    if not names:
        yield from libraries.names().values()
    for name in names:
        folder = Path(name)
        if not folder.is_dir() or libraries.find(name):
            yield libraries.locate(name)
            continue
        found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SCRIPT_SUFFIXES)
        if not found:
            raise UsageError(f"no .yaml file lies in {folder}", "name a script or another folder")
        # Soundscape recipes are YAML too, and another language.
        yield from (path for path in found if path.parent.name != "soundscapes")
