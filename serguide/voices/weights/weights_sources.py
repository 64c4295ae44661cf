"""Choose what a set is put together from: a folder, packages that are installed, the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.voices.weights.packaged import packaged_files
from serguide.voices.weights.style_vectors import STYLE_BYTES
from serguide.voices.weights.weights_catalogue import PackagedFile, Role, WeightsFile, WeightsSet
from serguide.voices.weights.weights_search import FoundFile, search


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Say where one file of a set comes from; digest: what its bytes must be."""

    found: FoundFile
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class WeightsSources:
    """Say where a set comes from.

    model: end to end; config; archives: npz of styles; styles: loose ones by name; fetched:
    files that are to come over the network; where: in words.
    """

    model: tuple[SourceFile, ...]
    config: tuple[SourceFile, ...]
    archives: tuple[SourceFile, ...]
    styles: Mapping[str, SourceFile]
    fetched: tuple[WeightsFile, ...]
    where: str

    @property
    def size(self) -> int:
        """Return the bytes that are copied or fetched."""
        local = (*self.model, *self.config, *self.archives, *self.styles.values())
        return sum(each.size for each in local) + sum(each.size for each in self.fetched)


def from_network(wanted: WeightsSet) -> WeightsSources:
    """Return a set's files over the network, less a model that installed packages carry."""
    parts = [file for file in wanted.packaged if file.role == "model"]
    places = _by_digest([path.parent for path in packaged_files(wanted)], parts)
    model: tuple[SourceFile, ...] = ()
    if parts and all(part.digest in places for part in parts):
        model = tuple(SourceFile(places[p.digest], p.size, p.digest) for p in parts)
    fetched = tuple(file for file in wanted.files if not (model and file.role == "model"))
    return WeightsSources(model, (), (), {}, fetched, "fetched from where its makers publish it")


def from_folder(wanted: WeightsSet, folder: Path) -> WeightsSources:
    """Return a set's files as a folder, or packages installed here, have them.

    Raises VoiceError, which names what is missing.
    """
    if not folder.is_dir():
        raise VoiceError(f"{folder} is no folder.", "Name the folder that the files lie in.")
    known = {(each.size, each.digest) for each in wanted.files}
    known |= {(each.size, each.digest) for each in wanted.packaged}
    known |= {(STYLE_BYTES, digest) for digest in wanted.styles.values()}
    found = search(folder, known)
    for path in packaged_files(wanted):
        found = search(path.parent, known) | found
    model = _all_of(wanted, "model", found)
    config = _all_of(wanted, "config", found)
    archives = _all_of(wanted, "styles", found)
    styles = {
        name: SourceFile(found[digest], STYLE_BYTES, digest)
        for name, digest in wanted.styles.items()
        if digest in found
    }
    if archives and archives[0].digest in {file.digest for file in wanted.files}:
        styles = {}  # the archive has them all
    lacking = [
        file.name
        for file in wanted.files
        if not {"model": model, "config": config, "styles": archives or styles}[file.role]
    ]
    if lacking:
        raise VoiceError(
            f"{folder} does not hold all of {wanted.name}: {' and '.join(lacking)} missing, or not"
            " as published.",
            Hint(
                "Files are known by what they hold, not by their names: see that the downloads are"
                " whole.",
                Remedy("voices"),
            ),
        )
    return WeightsSources(model, config, archives, styles, (), f"taken from {folder.name}")


def _all_of(
    wanted: WeightsSet, role: Role, found: Mapping[str, FoundFile]
) -> tuple[SourceFile, ...]:
    """Return the files of a role: the published one, or all of the packages'; else none."""
    for group in (wanted.files, wanted.packaged):
        files = [file for file in group if file.role == role]
        if files and all(file.digest in found for file in files):
            return tuple(SourceFile(found[f.digest], f.size, f.digest) for f in files)
    return ()


def _by_digest(folders: Sequence[Path], files: Sequence[PackagedFile]) -> dict[str, FoundFile]:
    wanted = {(file.size, file.digest) for file in files}
    found: dict[str, FoundFile] = {}
    for folder in folders:
        found |= search(folder, wanted)
    return found
