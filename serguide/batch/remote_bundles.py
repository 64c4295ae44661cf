"""Bundles at a URL, each whole or not at all: what is there counts once its marker is.

    URL/ana/…              the files of a bundle
    URL/ana.whole.json     written last: every file with its size, and what they were made from
    URL/ana.begun.json     while they are being written: names that may be replaced or removed
    URL/ana.html           with sealed pages: opens with a passphrase

Stores of objects can put no folder in the place of another in one step. So an old bundle loses its
marker before the first of its files is replaced, and whoever finds none waits, or makes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.remote_folder import RemoteError, RemoteFolder
from serguide.bundle.inventory import is_inside, sha256_of
from serguide.bundle.model import MANIFEST

WHOLE: Final = ".whole.json"
BEGUN: Final = ".begun.json"
_HINT: Final = "See that it is there, and that this machine may read and write it."


@dataclass(frozen=True, slots=True)
class RemoteBundle:
    """Tell of a bundle that stands at a URL.

    inputs: the key of what it was made from; files: sizes by name; manifest: the SHA-256 of its
    session.json; frames: samples of the session; warnings: codes.
    """

    inputs: str
    files: Mapping[str, int]
    manifest: str
    frames: int
    warnings: tuple[str, ...]

    @property
    def bytes(self) -> int:
        """Return the size of all its files."""
        return sum(self.files.values())


class RemoteBundles:
    """Read and write bundles below a URL, by the clients' folder names.

    Methods raise BundleError where the URL cannot be used.
    """

    def __init__(self, url: str) -> None:
        """Name the URL. Raises UsageError, SerguideError."""
        self._at = RemoteFolder(url)
        self.url = self._at.url

    def require(self) -> None:
        """Raise BundleError unless something can be written here now."""
        try:
            self._at.probe()
        except RemoteError as error:
            raise self._refused(error) from error

    def standing(self, client: str) -> RemoteBundle | None:
        """Return what is told of a client's bundle if it is whole; None where it is not."""
        try:
            told = self._told(client + WHOLE)
            if told is None or told.pop("format", 0) != 1:
                return None
            found = RemoteBundle(**{**told, "warnings": tuple(told["warnings"])})
            there = self._at.sizes(client)
        except RemoteError as error:
            raise self._refused(error) from error
        except (TypeError, KeyError):
            return None
        return found if all(there.get(name) == size for name, size in found.files.items()) else None

    def write(
        self, client: str, folder: Path, inputs: str, frames: int, warnings: tuple[str, ...]
    ) -> RemoteBundle:
        """Write a bundle that stands in a folder here; the marker comes last.

        Raises UsageError when something else than an earlier bundle is there: it is left as it is.
        """
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        files = {path.relative_to(folder).as_posix(): path.stat().st_size for path in paths}
        manifest = sha256_of(folder / MANIFEST).hex()
        made = RemoteBundle(inputs, files, manifest, frames, warnings)
        try:
            self._put(client, folder, made)
        except RemoteError as error:
            raise self._refused(error) from error
        return made

    def fetch(self, client: str, bundle: RemoteBundle, folder: Path) -> None:
        """Write the files of a bundle to a folder here."""
        try:
            for name in filter(is_inside, bundle.files):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self._at.read(f"{client}/{name}"))
        except RemoteError as error:
            raise self._refused(error) from error

    def has_page(self, client: str) -> bool:
        """Tell whether a client's sealed page is there."""
        try:
            return self._at.size(f"{client}.html") is not None
        except RemoteError as error:
            raise self._refused(error) from error

    def put_page(self, client: str, page: Path) -> None:
        """Write a client's sealed page."""
        try:
            self._at.put(f"{client}.html", page)
        except RemoteError as error:
            raise self._refused(error) from error

    def _put(self, client: str, folder: Path, made: RemoteBundle) -> None:
        before, begun = self._told(client + WHOLE), self._told(client + BEGUN)
        ours = {name for told in (before, begun) if told for name in told.get("files", ())}
        there = set(self._at.sizes(client))
        if others := sorted(there - ours):
            raise UsageError(
                f"“{self.url}/{client}” holds what serguide did not write ({others[0]}"
                f"{f' and {len(others) - 1} more' * (len(others) > 1)}); it is left as it is.",
                "Take that elsewhere, or name another place.",
            )
        writer = os.urandom(16).hex()
        names = sorted(ours | set(made.files))
        self._tell(client + BEGUN, {"format": 1, "by": writer, "files": names})
        self._at.remove(client + WHOLE)
        for name in sorted(made.files, key=lambda name: name == MANIFEST):
            self._at.put(f"{client}/{name}", folder / name)
        for name in sorted(there - set(made.files)):
            self._at.remove(f"{client}/{name}")
        now = self._told(client + BEGUN)
        if now is None or now["by"] != writer or self._at.sizes(client) != made.files:
            raise RemoteError("another batch is writing the same bundle", transient=True)
        self._tell(client + WHOLE, {"format": 1, **asdict(made)})
        self._at.remove(client + BEGUN)

    def _told(self, name: str) -> dict[str, Any] | None:
        try:
            told = json.loads(self._at.read(name))
        except (FileNotFoundError, ValueError):
            return None
        return told if isinstance(told, dict) else None

    def _tell(self, name: str, told: Mapping[str, Any]) -> None:
        self._at.write(name, json.dumps(told, ensure_ascii=False).encode())

    def _refused(self, error: RemoteError) -> BundleError:
        return BundleError(f"“{self.url}” cannot be used: {error.strerror}.", _HINT)
