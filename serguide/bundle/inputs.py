"""Fingerprint of all that a bundle is made from, without reading a line of it as a script.

A bundle follows from its request, from the files that names can mean, from what is installed, and
from the day, because numbers to call grow old. The files are all of the libraries', not only
those that one render reads: so a file that would now come first under its name is noticed too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from serguide.cache.installed import installed_fingerprint
from serguide.cache.store import key_of
from serguide.render.request import RenderRequest
from serguide.script.library import Libraries
from serguide.voices.weights.weights_folder import voices_folder

_WITHOUT: Final = ("what", "target", "libraries", "jobs", "keep_others", "values")
"""Fields of a request that shape no byte, or stand in the key in another form."""

_READ: Final = 1 << 20  # bytes; of a larger file, its status must do
_OWN: Final = ("SERGUIDE_", "ESPEAK")  # how the names of variables begin that may count


def inputs_key(request: RenderRequest, libraries: Libraries) -> str:
    """Return the key of what a request makes here and today: only a hash, of values too.

    libraries: those that the request's names are looked up in. Raises OSError, UsageError,
    ScriptError.
    """
    path = libraries.locate(str(request.what)).absolute()
    looked_up = libraries.with_home_of(path)
    told = {field.name: repr(getattr(request, field.name)) for field in _fields()}
    # A soundscape may be named by its path, which counts from the current folder.
    sound = Path(request.soundscape or "").expanduser()
    return key_of(
        {
            "what": "outcome",
            "request": told,
            "values": sorted(request.values.items()),
            "file": [os.fspath(path), _content(path)],
            "sound": _content(sound) if request.soundscape else "",
            "files": [list(row) for row in _files(looked_up)],
            "installed": installed_fingerprint(),
            "natural voices": [list(row) for row in _weights()],
            "day": date.today().isoformat(),
            "folder": os.fspath(Path.cwd()),
            "variables": sorted(item for item in os.environ.items() if item[0].startswith(_OWN)),
        }
    )


def _fields() -> Iterator[dataclasses.Field[object]]:
    return (field for field in dataclasses.fields(RenderRequest) if field.name not in _WITHOUT)


def _files(libraries: Libraries) -> Iterator[tuple[str, str, str, str]]:
    """Yield the kind, name, path and content of all that names can mean, in order of look-up."""
    for library in libraries.libraries:
        yield "library", str(library.builtin), os.fspath(library.root.absolute()), ""
        for kind, name, path in library.meanings():
            yield kind, name, os.fspath(path), _content(path)
        for path in _recorded(library.root):
            yield "voice", path.name, os.fspath(path), _content(path)


def _recorded(root: Path) -> Iterator[Path]:
    """Yield the files of a library's recorded voices that shape sound."""
    for pattern in ("voice.yaml", "recordings.json", "clips/*.flac"):
        yield from sorted((root / "voices").glob(f"*/{pattern}"))


def _weights() -> Iterator[tuple[str, str]]:
    """Yield the path and times of each file of natural voices that were fetched.

    Those that packages bring are among what is installed.
    """
    for path in sorted(voices_folder().rglob("*")):
        if path.is_file():
            yield os.fspath(path), _times(path.stat())


def _content(path: Path) -> str:
    """Return a hash of a file's content; of a large one, of its size and times instead.

    The time of the last change of its status is one that no program can set.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  (three hundred files: a third of the time)
        if not stat.S_ISREG(status.st_mode):
            return f"no file {status.st_mode}"
        if status.st_size <= _READ:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        return f"unreadable {error.errno}"
    return _times(status)


def _times(status: os.stat_result) -> str:
    times = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
    return f"{status.st_size} {times}"
