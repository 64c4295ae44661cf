"""Read the recipes of docs/adding.md, and follow one in a copy of the project.

A code block is a step by the sentence before it, which ends in a colon:

    Write `PATH`:                          the block is the file
    Append to `PATH`:                      the block goes behind what is there
    In `PATH`, before `TEXT`:              the block goes above the one line that holds TEXT
    In `PATH`, after `TEXT`:               below it
    In `PATH`, in place of `TEXT`:         there, and the line goes

Blocks of `sh` are run, line by line; blocks of `toml` are for packages of their own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "adding.md"
COPIED = ("serguide", "tests", "scripts", "imagery", "docs")

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = r"(?:`` ?(?P<long>.+?) ?``|`(?P<short>[^`]+)`)"
_WHOLE = re.compile(r"(?P<way>Write|Append to) `(?P<path>[^`]+)`:$")
_PART = re.compile(
    rf"In `(?P<path>[^`]+)`, (?P<way>before|after|in place of) (?:the line )?{_QUOTED}:$"
)


@dataclass(frozen=True)
class Step:
    """way: as above, or `run`; anchor: the text of the line that it stands at."""

    way: str
    path: str
    anchor: str
    block: str


def recipes() -> dict[str, list[Step]]:
    """Every recipe's steps, by its heading."""
    found = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        found[title.removeprefix("To add ")] = list(_steps(body))
    return found


def _steps(body: str) -> Iterator[Step]:
    for block in _BLOCK.finditer(body):
        kind, code = block.groups()
        said = " ".join(body[: block.start()].rstrip().rpartition("\n\n")[2].split())
        if kind == "toml":
            continue
        if kind == "sh":
            yield Step("run", "", "", code)
        elif whole := _WHOLE.search(said):
            yield Step(whole["way"], whole["path"], "", code)
        else:
            part = _PART.search(said)
            assert part, f"docs/adding.md does not say where a block goes: “{said[-90:]}”"
            yield Step(part["way"], part["path"], part["long"] or part["short"], code)


def line_of(anchor: str, text: str) -> int:
    """Return the index of the one line that holds the anchor."""
    lines = [index for index, line in enumerate(text.splitlines()) if anchor in line]
    assert lines, f"no line holds `{anchor}`"
    exact = [index for index in lines if text.splitlines()[index].strip() == anchor]
    assert len(exact or lines) == 1, f"{len(lines)} lines hold `{anchor}`"
    return (exact or lines)[0]


def edited(text: str, step: Step) -> str:
    """Return a file's text with a step's block in its place."""
    if step.way == "Write":
        return step.block
    if step.way == "Append to":
        return text + step.block
    lines, at = text.splitlines(keepends=True), line_of(step.anchor, text)
    first, last = {"before": (at, at), "after": (at + 1, at + 1)}.get(step.way, (at, at + 1))
    lines[first:last] = [step.block]
    return "".join(lines)


class Copy:
    """A copy of the project, in which a recipe is followed."""

    def __init__(self, folder: Path) -> None:
        self.root, self._programs = folder / "project", folder / "bin"
        ignore = shutil.ignore_patterns("__pycache__")
        for name in COPIED:
            shutil.copytree(ROOT / name, self.root / name, ignore=ignore)
        for path in ROOT.iterdir():
            if path.is_file() and not path.name.startswith("."):
                shutil.copy(path, self.root)
        self._programs.mkdir()
        calls = {"pytest": "-m pytest -p no:cacheprovider", "serguide": "-m serguide", "python": ""}
        for name, call in calls.items():
            program = self._programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n')
            program.chmod(0o755)

    def follow(self, step: Step) -> None:
        """Do what a step says; raises AssertionError with the output of what fails."""
        if step.way == "run":
            for command in step.block.splitlines():
                self._run(command)
            return
        path = self.root / step.path
        if step.way == "Write":
            assert not path.exists(), f"{step.path} is there already"
            path.write_text(step.block, encoding="utf-8")
            return
        path.write_text(edited(path.read_text(encoding="utf-8"), step), encoding="utf-8")

    def _run(self, command: str) -> None:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.root,
            env={
                **os.environ,
                "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(self.root),
                "PYTEST_ADDOPTS": "",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout[-6_000:]}{done.stderr[-3_000:]}"

    def style(self) -> None:
        """Hold what the recipe wrote to the style of the project."""
        self._run(f'"{sys.executable}" -m ruff check -q serguide')
        self._run(f'"{sys.executable}" -m ruff format --check -q serguide')
