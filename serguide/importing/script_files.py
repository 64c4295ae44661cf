"""Files of imported scripts: their names, their folders, written whole and never over another."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.atomic import write_new
from serguide.base.files.failures import explained
from serguide.base.hints import Hint, Remedy
from serguide.script.library import Library

_LONGEST: Final = 60
_UNUSABLE: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps
_PLAIN: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}


def script_name(text: str) -> str:
    """Return a file's name for a title or another name: lower case, dashes, no accents."""
    text = "".join(_PLAIN.get(char, char) for char in text.lower())
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    name = re.sub(r"[\W_]+", "-", bare).strip("-")[:_LONGEST].strip("-")
    return f"{name}-script" if _UNUSABLE.fullmatch(name) else name or "imported"


def script_path(library: Path, kind: str, name: str) -> Path:
    """Return where a script of a kind lies: in a library's folders, or flat in any other one."""
    made = not library.exists() or not Library(library).flat
    if not made:
        return library / f"{name}.yaml"
    folder = "imagery/scenes" if kind == "imagery" else f"scripts/{kind}"
    return library / folder / f"{name}.yaml"


def refuse_taken(library: Path, paths: Iterable[Path]) -> None:
    """Raise UsageError when a name is taken in the library, or two of the new ones are the same."""
    known = Library(library).scripts if library.is_dir() else {}
    seen: set[str] = set()
    for path in paths:
        there = known.get(path.stem) or (path if os.path.lexists(path) else None)
        if there is not None:
            raise UsageError(
                f"{there} is there already; nothing was written",
                Hint("choose another name, or move that file away", Remedy("script_name")),
            )
        if path.stem in seen:
            raise UsageError(
                f"two scripts would be named “{path.stem}”; nothing was written",
                "import them one after another, with another name each",
            )
        seen.add(path.stem)


def write_scripts(contents: Iterable[tuple[Path, str]]) -> None:
    """Write all files or none. Raises SerguideError when that cannot be done."""
    written: list[Path] = []
    try:
        for path, text in contents:
            with explained(f"{path} cannot be written", SerguideError, "name another folder"):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_new(path, text.encode())
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
