"""Places of scripts and sessions: names from a browser to files inside the libraries, no others."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.failures import explained
from serguide.script.library import Library
from serguide.studio.studio import Studio

LONGEST_STEM: Final = 60
"""Characters of a new file's name, without its ending."""

_FOLDERS: Final = {"session": "scripts/sessions", "imagery": "imagery/scenes"}


def files_in(library: Library) -> dict[str, Path]:
    """Return a library's scripts and sessions by name; of two of a name the first."""
    found: dict[str, Path] = {}
    for kind, name, path in library.meanings():
        if kind == "script":
            found.setdefault(name, path)
    return found


def own_file(studio: Studio, name: str) -> Path | None:
    """Return the file of a script or session in the therapist's own folder, or None."""
    if not studio.library.is_dir():
        return None
    own = studio.shelves.libraries[0]
    return files_in(own).get(name)


def file_of(studio: Studio, name: str) -> Path:
    """Return the file of a script or session in the libraries. Raises UsageError.

    Names are looked up among those that are there: a path is none of them, and a link that leads
    out of its library is not there.
    """
    for library in studio.shelves.libraries:
        path = files_in(library).get(name)
        if path is not None:
            return path
    raise UsageError("this is not on the shelf any more", "go back to the shelf")


def free_name(studio: Studio, title: str) -> str:
    """Return a name for a new file that no script or session of the libraries has."""
    stem = stem_of(title)
    taken = {name for library in studio.shelves.libraries for name in files_in(library)}
    names = (stem, *(f"{stem}-{number}" for number in range(2, 10_000)))
    return next(name for name in names if name not in taken)


def stem_of(title: str) -> str:
    """Return a title as a file's name: small Latin letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    stem = "-".join(words)[:LONGEST_STEM].strip("-")
    # Windows keeps these names for devices.
    taken = re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", stem)
    return f"part-{stem}".rstrip("-") if taken or not stem else stem


def new_place(studio: Studio, kind: str, name: str) -> Path:
    """Return where a new file of the therapist's own goes; its folder is there then.

    kind: a script's, or `session`. Raises SerguideError when the folder cannot be made.
    """
    own = Library(studio.library)
    flat = studio.library.is_dir() and own.flat and bool(files_in(own))
    folder = studio.library / ("." if flat else _FOLDERS.get(kind, f"scripts/{kind}"))
    with explained("the folder cannot be made", SerguideError, "choose another folder"):
        folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(studio.library.resolve()):
        raise UsageError(f"{folder} leads out of the library", "make it a folder again")
    return folder / f"{name}.yaml"
