"""Install a set of weights whole or not at all, and remove it.

A set is put together in a folder of its own beside its place, each file hashed as it is written,
the manifest last; then the folder takes its place in one step. What the network brought lies in
`parts/` until then, so that whatever breaks off is gone on with.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from serguide.base.errors import VoiceError
from serguide.base.files.atomic import sync_folder
from serguide.base.files.exchange import exchange
from serguide.base.files.failures import explained
from serguide.base.files.locks import sole
from serguide.base.files.owned import owned, reclaim
from serguide.base.files.temporary import new_name, remove
from serguide.base.hints import Hint, Remedy
from serguide.voices.weights.digests import digest_of, new_hash, pieces, written
from serguide.voices.weights.installation import fetched
from serguide.voices.weights.installed_weights import InstalledWeights
from serguide.voices.weights.style_vectors import STYLE_BYTES, style_file, styles_in
from serguide.voices.weights.weights_catalogue import WeightsFile, WeightsSet
from serguide.voices.weights.weights_folder import folder_of, voices_folder
from serguide.voices.weights.weights_manifest import (
    MANIFEST,
    KeptFile,
    WeightsManifest,
    read_manifest,
    write_manifest,
)
from serguide.voices.weights.weights_sources import SourceFile, WeightsSources
from serguide.voices.weights.weights_transport import WeightsTransport

LICENCE: Final = "LICENCE.txt"
"""What a set's makers ask to be kept beside it."""

_ROOM: Final = 20_000_000  # bytes left over on the disk

WeightsReport = Callable[[int, int], object]
"""Called with the bytes done and the bytes in all."""


def install(
    wanted: WeightsSet,
    sources: WeightsSources,
    report: WeightsReport,
    transport: WeightsTransport | None = None,
) -> InstalledWeights:
    """Put a set where `installed` finds it. Raises VoiceError; nothing half-made is found then."""
    target = folder_of(wanted.name)
    with explained(f"{wanted.name} cannot be kept", VoiceError, "name another in SERGUIDE_DATA"):
        _parts().mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        with sole(_parts() / f"{target.name}.lock", 0.0) as ours:
            if not ours:
                raise VoiceError(
                    f"Another serguide is fetching {wanted.name} just now.",
                    "Wait until it is done.",
                )
            _clear(target.parent)
            _check_place(target, wanted)
            _check_room(wanted, sources)
            progress = _Progress(sources.size, report)
            parts = [
                (file, _fetched(file, progress, transport or WeightsTransport()))
                for file in sources.fetched
            ]
            with owned(target.parent / f".{new_name()}") as fresh:
                fresh.mkdir()
                kept = list(_filled(fresh, wanted, sources, parts, progress))
                (fresh / LICENCE).write_text(wanted.notice, encoding="utf-8")
                origin = f"{wanted.made_by}; {sources.where}"
                manifest = WeightsManifest(wanted.name, wanted.licence, origin, tuple(kept))
                write_manifest(fresh, manifest)
                _put(fresh, target)
            for _, part in parts:
                part.unlink(missing_ok=True)
    done = fetched(wanted.name)
    if done is None:
        raise VoiceError(f"{wanted.name} is not whole in {target}.", "Get it again.")
    return done


def waiting(wanted: WeightsSet) -> int:
    """Return the bytes of a set that have arrived and wait to be gone on with."""
    places = [_part_of(file) for file in wanted.files]
    return sum(place.stat().st_size for place in places if place.is_file())


def remove_weights(wanted: WeightsSet) -> int:
    """Remove what was installed of a set, and parts of it; return the bytes. Raises VoiceError.

    Files that serguide did not put there stay, with their folder.
    """
    target = folder_of(wanted.name)
    with explained(f"{wanted.name} cannot be removed", VoiceError, "remove its folder by hand"):
        freed = waiting(wanted)
        for file in wanted.files:
            _part_of(file).unlink(missing_ok=True)
        manifest = read_manifest(target)
        if manifest is not None and manifest.name == wanted.name:
            names = [file.name for file in manifest.files]
            for name in (MANIFEST, *names, LICENCE):  # without its manifest nothing is installed
                with contextlib.suppress(FileNotFoundError):
                    freed += (target / name).stat().st_size
                    (target / name).unlink()
            with contextlib.suppress(OSError):  # something else lies there
                target.rmdir()
        return freed


class _Progress:
    """Add up the bytes of several files."""

    def __init__(self, total: int, report: WeightsReport) -> None:
        self._total, self._report, self._before = total, report, 0

    def within(self, done: int) -> None:
        """Tell the bytes of the file at hand."""
        self._report(min(self._before + done, self._total), self._total)

    def ended(self, size: int) -> None:
        """Tell that a file is done."""
        self._before += size
        self.within(0)


def _parts() -> Path:
    return voices_folder() / "parts"


def _part_of(file: WeightsFile) -> Path:
    return _parts() / f"{file.digest.rpartition(':')[2][:16]}-{file.name}"


def _clear(folder: Path) -> None:
    """Remove what programs have left here that were ended on the way."""
    for path in folder.glob(".serguide-*"):
        reclaim(path)


def _check_place(target: Path, wanted: WeightsSet) -> None:
    """Raise VoiceError where something lies that serguide did not write."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise VoiceError(f"{target} is in the way.", "Move it elsewhere.")
    if target.is_dir():
        ours = {MANIFEST, LICENCE}
        manifest = read_manifest(target)
        if manifest is not None and manifest.name == wanted.name:
            ours |= {file.name for file in manifest.files}
        others = sorted(path.name for path in target.iterdir() if path.name not in ours)
        if others:
            raise VoiceError(
                f"{target} holds what serguide did not put there: {', '.join(others[:3])}.",
                "Move it elsewhere.",
            )


def _check_room(wanted: WeightsSet, sources: WeightsSources) -> None:
    """Raise VoiceError when the disk has no room for what is still to come."""
    arrived = waiting(wanted) if sources.fetched else 0
    need = sources.size - arrived + len(wanted.styles) * STYLE_BYTES + _ROOM
    free = shutil.disk_usage(voices_folder()).free
    if free < need:
        raise VoiceError(
            f"{wanted.name} needs {need / 1e6:,.0f} MB; the disk of {voices_folder()} has"
            f" {free / 1e6:,.0f} MB left.",
            "Make room on the disk, or name a folder on another in SERGUIDE_DATA.",
        )


def _fetched(file: WeightsFile, progress: _Progress, transport: WeightsTransport) -> Path:
    """Return a file's part once it is whole and what was published. Raises VoiceError, OSError."""
    part = _part_of(file)
    if part.is_file() and part.stat().st_size > file.size:
        part.unlink()
    transport.fetch(file, part, progress.within)
    found = digest_of(part, file.digest)
    if found != file.digest:
        part.unlink()
        raise VoiceError(
            f"{file.name} is not what its makers published: its hash is {found}, not"
            f" {file.digest}. It was thrown away.",
            Hint(
                "Get it again; if that does not help, fetch it elsewhere and name its folder.",
                Remedy("weights_folder"),
            ),
        )
    progress.ended(file.size)
    return part


def _filled(
    fresh: Path,
    wanted: WeightsSet,
    sources: WeightsSources,
    parts: list[tuple[WeightsFile, Path]],
    progress: _Progress,
) -> Iterator[KeptFile]:
    """Write a set's files into a folder. Raises VoiceError, OSError."""
    archives = [part for file, part in parts if file.role == "styles"]
    for source in sources.archives:
        archive = fresh / ".styles.npz"
        _copy((source,), archive, progress)
        archives.append(archive)
    for archive in archives:
        for name, raw in styles_in(archive):
            yield _keep(fresh / style_file(name), "style", (raw,))
        if archive.parent == fresh:
            archive.unlink()
    for name, source in sources.styles.items():
        if not (fresh / style_file(name)).exists():
            yield _copy((source,), fresh / style_file(name), progress, "style")
    for role, local in (("config", sources.config), ("model", sources.model)):
        file = next((file for file in wanted.files if file.role == role), None)
        if file is not None and local:
            yield _copy(local, fresh / file.name, progress, role)
    for file, part in parts:
        if file.role != "styles":
            # A copy would need the disk twice; a link leaves the part until all is in its place.
            _link(part, fresh / file.name)
            digest = digest_of(part, "sha256:")
            yield KeptFile(file.name, file.role, file.size, digest)


def _copy(
    sources: Iterable[SourceFile], path: Path, progress: _Progress, role: str = ""
) -> KeptFile:
    """Write files end to end, and see that they are what they were found to be."""

    def read() -> Iterator[bytes]:
        for source in sources:
            hashing, done = new_hash(source.digest), 0
            with source.found.open() as file:
                for piece in pieces(file, source.size):
                    hashing.update(piece)
                    done += len(piece)
                    progress.within(done)
                    yield piece
            if written(hashing) != source.digest:
                raise VoiceError(f"{source.found.path} changed while it was read.", "Try again.")
            progress.ended(source.size)

    return _keep(path, role, read())


def _keep(path: Path, role: str, content: Iterable[bytes]) -> KeptFile:
    """Write a file, on the disk when it returns."""
    hashing, size = new_hash("sha256:"), 0
    with path.open("xb") as file:
        for piece in content:
            file.write(piece)
            hashing.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return KeptFile(path.name, role, size, written(hashing))


def _link(part: Path, place: Path) -> None:
    """Give a part a second name, or move it where a file system has no links."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, place)
    except OSError:
        part.replace(place)


def _put(fresh: Path, target: Path) -> None:
    """Let a finished folder take its place; what was there of ours goes."""
    sync_folder(fresh)
    if target.exists():
        if not exchange(fresh, target):
            old = target.parent / f".{new_name()}"
            target.replace(old)
            fresh.replace(target)
            remove(old)
    else:
        fresh.replace(target)
    sync_folder(target.parent)
