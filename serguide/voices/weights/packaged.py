"""Weights that Python packages carry, where pip has installed them in this environment."""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from serguide.base.errors import VoiceError
from serguide.base.files.atomic import write_atomically
from serguide.voices.weights.digests import HashedBefore
from serguide.voices.weights.installed_weights import InstalledWeights
from serguide.voices.weights.style_vectors import STYLE_BYTES, style_file, styles_in
from serguide.voices.weights.weights_catalogue import PackagedFile, WeightsSet
from serguide.voices.weights.weights_folder import voices_folder

HIDE_VARIABLE: Final = "SERGUIDE_NO_PACKAGED_VOICES"
"""Set to anything but nothing, it hides what packages carry."""

_FOLDER: Final = "packaged"


def packaged(wanted: WeightsSet) -> InstalledWeights | None:
    """Return a set as installed packages carry it; None unless it is whole and as pinned."""
    if not wanted.packaged or os.environ.get(HIDE_VARIABLE):
        return None
    return _packaged(wanted, voices_folder() / _FOLDER)


def packaged_files(wanted: WeightsSet) -> list[Path]:
    """Return those files of installed packages that may be parts of a set; none is hashed."""
    if os.environ.get(HIDE_VARIABLE):
        return []
    return [path for file in wanted.packaged if (path := _place(file)) is not None]


@functools.lru_cache(maxsize=64)
def _packaged(wanted: WeightsSet, notes: Path) -> InstalledWeights | None:
    files = wanted.packaged
    places = [_place(file) for file in files]
    if not all(places):
        return None
    hashed = HashedBefore(notes)
    found = [path for path in places if path is not None]
    try:
        if any(hashed.digest(p, f.digest) != f.digest for p, f in zip(found, files, strict=True)):
            return None
        by_role = [(f.role, p) for f, p in zip(files, found, strict=True)]
        styles: dict[str, Path] = {}
        for file, path in zip(files, found, strict=True):
            if file.role == "styles":
                styles.update(_unpacked(path, notes / file.digest[-16:]))
    except (OSError, VoiceError):
        return None
    packages = sorted({file.module.replace("_", "-") for file in files})
    return InstalledWeights(
        name=wanted.name,
        parts=tuple(path for role, path in by_role if role == "model"),
        styles=styles,
        config=next((path for role, path in by_role if role == "config"), None),
        licence=wanted.licence,
        origin=f"{wanted.made_by}; from the packages {', '.join(packages)}",
        size=sum(file.size for file in files),
        digest=wanted.model.digest,
        packaged=True,
    )


def _place(file: PackagedFile) -> Path | None:
    """Return where a package's file lies, if it is there with the right size."""
    try:
        spec = importlib.util.find_spec(file.module)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / file.path
    try:
        return path if path.stat().st_size == file.size else None
    except OSError:
        return None


def _unpacked(archive: Path, folder: Path) -> Mapping[str, Path]:
    """Return the styles of an npz, each a file in a folder, made there if it is not."""
    known = {path.stem: path for path in folder.glob(style_file("*"))} if folder.is_dir() else {}
    done = folder / "styles"
    if done.is_file() and all(path.stat().st_size == STYLE_BYTES for path in known.values()):
        return {name: known[name] for name in done.read_text(encoding="utf-8").split()}
    folder.mkdir(parents=True, exist_ok=True)
    styles = {}
    for name, raw in styles_in(archive):
        styles[name] = folder / style_file(name)
        write_atomically(styles[name], raw)
    write_atomically(done, "\n".join(styles).encode("utf-8"))
    return styles
