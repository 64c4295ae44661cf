"""Create a therapist's own library to start from, out of the files in `files/`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.hints import Hint, Remedy
from serguide.script.json_schema import json_schema

FOLDERS = (
    "scripts/relaxation", "scripts/breathing", "scripts/grounding", "scripts/integration",
    "scripts/sessions", "imagery/scenes", "imagery/soundscapes", "imagery/art",
)  # fmt: skip
SCHEMA = "schema.json"


@dataclass(frozen=True, slots=True)
class StartedLibrary:
    """Hold what was done: paths inside the library, in order."""

    root: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def start_library(root: Path, *, force: bool = False) -> StartedLibrary:
    """Make a library, or add to one what it lacks; a file that is there is never overwritten.

    force: also in a folder that holds something else. Raises UsageError for such a folder
    without force, SerguideError when it cannot be written.
    """
    files = _files()
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file", "name a new folder")
    with explained(f"{root} cannot be written", SerguideError, "name another folder"):
        if not force and (other := _something_else(root, files)):
            raise UsageError(
                f"{root} holds something else already, such as {other}",
                Hint(
                    "name a new folder, or add what is missing here, which changes no file",
                    Remedy("force"),
                ),
            )
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
        written, kept = [], []
        for name, content in files.items():
            if (root / name).exists():
                kept.append(name)
            else:
                write_atomically(root / name, content)
                written.append(name)
    return StartedLibrary(root, tuple(written), tuple(kept))


def _files() -> Mapping[str, bytes]:
    """Return what a library begins with, by path inside it."""
    source = Path(__file__).parent / "files"
    found = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    return {**found, SCHEMA: schema.encode()}


def _something_else(root: Path, files: Mapping[str, bytes]) -> str | None:
    """Return a path in a folder that no library of ours begins with, or None."""
    ours = {*files, *FOLDERS, *(folder.partition("/")[0] for folder in FOLDERS)}
    for parent, folders, names in os.walk(root):
        for name in sorted([*folders, *names]):
            path = (Path(parent) / name).relative_to(root).as_posix()
            # What systems and tools hide in a folder, such as .DS_Store, is nobody's work.
            if path not in ours and not name.startswith("."):
                return path
        folders[:] = [name for name in folders if not name.startswith(".")]
    return None
