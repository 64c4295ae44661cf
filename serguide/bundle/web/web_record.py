"""Record of a web folder's own files, by which a later one may take its place.

The record is uploaded with the folder, so it tells no name: paths and contents stand in it as
SHA-256 sums, and who does not know the address cannot guess it from them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import BundleError
from serguide.bundle.inventory import LITTER, Inventory
from serguide.bundle.recognise import loaded

RECORD: Final = "serguide-web.json"
FORMAT: Final = 1


def write_record(folder: Path, *, of: str, sealed: bool) -> None:
    """Write the record of all files that a folder holds by now.

    of: tells whose session is in it, and nothing to who does not know it (session_mark).
    """
    files = {_sum(path.encode()): _content(folder, path) for path in _walk(folder)}
    told = {"of": of, "sealed": sealed}
    record = {"serguide_web": FORMAT, **told, "files": dict(sorted(files.items()))}
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def session_mark(token: str, title: str, made_for: str) -> str:
    """Return what tells a client's session from others; who lacks the token cannot guess it."""
    return _sum("\0".join((token, title, made_for)).encode())


def recorded_session(folder: Path) -> tuple[str, bool] | None:
    """Return the mark of a web folder's session, and whether it is sealed; None if not known."""
    record = _record(folder)
    of, sealed = (record or {}).get("of"), (record or {}).get("sealed")
    return (of, sealed) if isinstance(of, str) and isinstance(sealed, bool) else None


def web_inventory(folder: Path) -> Inventory | None:
    """Look through a web folder; None for one that has no record. Raises OSError."""
    files = _recorded(folder)
    if files is None:
        return None
    others, changed, litter = [], [], []
    for path in _walk(folder):
        expected = files.get(_sum(path.encode()))
        if path.rpartition("/")[2] in LITTER:
            litter.append(path)
        elif path == RECORD:
            continue
        elif expected is None:
            others.append(path)
        elif (folder / path).is_symlink() or _content(folder, path) != expected:
            changed.append(path)
    others += [path.relative_to(folder).as_posix() for path in _empty_folders(folder)]
    return Inventory(tuple(others), tuple(changed), tuple(litter))


def _record(folder: Path) -> dict[str, Any] | None:
    try:
        record = loaded(folder / RECORD, "")
    except BundleError:
        return None
    if not isinstance(record, dict) or record.get("serguide_web") != FORMAT:
        return None
    return record


def _recorded(folder: Path) -> dict[str, Any] | None:
    files = (_record(folder) or {}).get("files")
    return files if isinstance(files, dict) else None


def _walk(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _empty_folders(folder: Path) -> Iterator[Path]:
    """Yield folders with nothing in them: none is ours."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            yield path


def _content(folder: Path, path: str) -> str:
    return _sum(path.encode() + b"\0" + hashlib.sha256((folder / path).read_bytes()).digest())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
