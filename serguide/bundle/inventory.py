"""Tell a bundle's own files from what somebody else has put into its folder, or changed there."""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from serguide.base.errors import BundleError
from serguide.bundle.identity import identifier_of
from serguide.bundle.model import MANIFEST, WEBMANIFEST, WORKER
from serguide.bundle.recognise import loaded

LITTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
"""What file managers leave in a folder that was looked at; nobody is asked about it."""

_PAGE_HEAD: Final = 1 << 20  # bytes; far behind where a page of one file says its id


@dataclass(frozen=True, slots=True)
class Inventory:
    """Hold what lies in a bundle's folder beside what was rendered.

    Paths are inside the folder, with forward slashes; a folder's ends with one. others: files,
    folders and links that its manifest does not list; changed: listed files with other bytes
    than those that were written; litter: what file managers left; missing: listed files that
    are not there.
    """

    others: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    litter: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def as_rendered(self) -> bool:
        """Tell whether every file is there as it was written, and nothing else but litter."""
        return not (self.others or self.changed or self.missing)

    @property
    def owned_by_others(self) -> tuple[str, ...]:
        """Return what somebody would miss."""
        return (*self.others, *self.changed)


Look = Callable[[Path], Inventory | None]
"""Look through a folder that serguide wrote, of one kind; None for any other. Raises OSError."""


def integrity(content: Path) -> str:
    """Return a file's SHA-256 as the manifest has it, as in Subresource Integrity."""
    return _written(sha256_of(content))


def sha256_of(content: Path) -> bytes:
    """Return a file's SHA-256. One that has not changed since it was last asked is not read."""
    status = content.stat()
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return _sha256_of(content, status.st_size, times, status.st_ino)


def integrity_of(content: bytes) -> str:
    """Return the SHA-256 of bytes as the manifest has it."""
    return _written(hashlib.sha256(content).digest())


def inventory(folder: Path) -> Inventory | None:
    """Look through a bundle's folder; None for one that holds no bundle. Raises OSError."""
    try:
        manifest = loaded(folder / MANIFEST, "")
    except BundleError:
        return None
    listed = _listed(folder, manifest)
    if listed is None:
        return None
    others, changed, litter, missing = [], [], [], set(listed)
    homes = {str(parent) for path in listed for parent in PurePosixPath(path).parents}
    for path in _walk(folder, "", homes):
        plain = _plain(path, quoted=False)
        missing.discard(plain)
        expected = listed.get(plain)
        if path.rpartition("/")[2] in LITTER:
            litter.append(path)
        elif expected is None:
            others.append(path)
        elif not _as_written(folder / path, expected):
            changed.append(path)
    if any(listed.values()) and not _as_it_says(manifest):
        changed.append(MANIFEST)
    return Inventory(tuple(others), tuple(changed), tuple(litter), tuple(sorted(missing)))


def bundle_files(folder: Path, *, may_lack: Container[str] = ()) -> tuple[str, ...]:
    """Return the paths of a bundle's own files, its manifest last.

    may_lack: paths that need not be there. Raises as listed_files() does, and BundleError when a
    file is missing or is a link.
    """
    names = listed_files(folder)
    missing = [name for name in names if not _is_file_inside(folder, name)]
    if short := [name for name in missing if name not in may_lack]:
        raise BundleError(
            f"The bundle “{folder}” is not whole: “{short[0]}” is missing.",
            "Copy the whole folder, or render the session again.",
        )
    return (*(name for name in names if name not in missing), MANIFEST)


def listed_files(folder: Path) -> tuple[str, ...]:
    """Return the paths that a bundle's manifest lists, whether they are there or not.

    Raises BundleError when `folder` holds no bundle, or when a path leads out of it.
    """
    hint = "Name the folder of a bundle."
    listed = _listed(folder, loaded(folder / MANIFEST, hint))
    if listed is None:
        raise BundleError(f"“{folder}” holds no serguide bundle.", hint)
    names = tuple(name for name in listed if name != MANIFEST)
    for name in names:
        if not is_inside(name):
            raise BundleError(
                f"The bundle “{folder}” lists “{name}”, which is outside of it.",
                "Render the session again.",
            )
    return names


def is_inside(path: str) -> bool:
    """Tell whether a path with forward slashes stays in the folder that it is relative to."""
    parts = PurePosixPath(path).parts
    leaves = not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path
    return not leaves


def _is_file_inside(folder: Path, name: str) -> bool:
    parts = PurePosixPath(name).parts
    above = (folder.joinpath(*parts[:count]) for count in range(1, len(parts) + 1))
    return (folder / name).is_file() and not any(path.is_symlink() for path in above)


def _listed(folder: Path, manifest: Any) -> Mapping[str, str] | None:
    """Return a bundle's files with their integrity, empty where none is known; None for no bundle.

    Bundles of 0.1 have hashes of their tracks alone, and did not list all that they held.
    """
    own = manifest.get("serguide") if isinstance(manifest, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("format"), int):
        return None
    rows = [*_rows(manifest.get("readingOrder")), *_rows(manifest.get("resources"))]
    found = {_plain(row["url"]): str(row.get("integrity") or "") for row in rows}
    if not any(found.values()):
        found |= dict.fromkeys((WEBMANIFEST, WORKER), "")
        found |= dict.fromkeys(_pages_of(folder, str(manifest.get("id"))), "")
        for track in _rows(own.get("tracks"), "audio"):
            found[_plain(track["audio"], quoted=False)] = _from_hex(track.get("sha256"))
    return {**found, MANIFEST: ""} if rows else None


def _rows(value: Any, key: str = "url") -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [row for row in items if isinstance(row, dict) and isinstance(row.get(key), str)]


def _plain(path: str, *, quoted: bool = True) -> str:
    return unicodedata.normalize("NFC", unquote(path) if quoted else path)


def _pages_of(folder: Path, identity: str) -> Iterator[str]:
    """Yield the pages with everything inside, which 0.1 listed nowhere, by the id in them."""
    for path in folder.glob("*.html"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                head = file.read(_PAGE_HEAD)
                file.seek(max(0, path.stat().st_size - _PAGE_HEAD))
                if f'"id":"{identity}"'.encode() in head + file.read():
                    yield _plain(path.name, quoted=False)


def _walk(folder: Path, inside: str, homes: set[str]) -> Iterator[str]:
    """Yield all that lies in a folder; of folders that no listed file is in, only these."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{inside}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif _plain(path, quoted=False) in homes:
                yield from _walk(Path(entry.path), f"{path}/", homes)
            else:
                yield f"{path}/"


def _as_written(path: Path, expected: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return not expected or integrity(path) == expected


def _as_it_says(manifest: dict[str, Any]) -> bool:
    """Say whether a manifest is as it was written: its id is made of all the rest."""
    try:
        return bool(manifest["id"] == identifier_of(manifest))
    except (LookupError, AttributeError, TypeError, ValueError, RecursionError):
        return False


def _from_hex(digest: Any) -> str:
    try:
        return _written(bytes.fromhex(digest))
    except (TypeError, ValueError):
        return ""


@lru_cache(maxsize=4096)
def _sha256_of(path: Path, _size: int, _changed: tuple[int, int], _inode: int) -> bytes:
    # Looked at before and after a render, and for two lists of the manifest.
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _written(digest: bytes) -> str:
    return "sha256-" + base64.b64encode(digest).decode("ascii")
