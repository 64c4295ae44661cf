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


def write_record(folder: Path) -> None:
    """Write the record of all files that a folder holds by now."""
    files = {_sum(path.encode()): _content(folder, path) for path in _walk(folder)}
    record = {"serguide_web": FORMAT, "files": dict(sorted(files.items()))}
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


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
    return Inventory(tuple(others), tuple(changed), tuple(litter))


def _recorded(folder: Path) -> dict[str, Any] | None:
    try:
        record = loaded(folder / RECORD, "")
    except BundleError:
        return None
    if not isinstance(record, dict) or record.get("serguide_web") != FORMAT:
        return None
    files = record.get("files")
    return files if isinstance(files, dict) else None


def _walk(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _content(folder: Path, path: str) -> str:
    return _sum(path.encode() + b"\0" + hashlib.sha256((folder / path).read_bytes()).digest())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
