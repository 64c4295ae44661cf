"""Tell which natural voices are on this machine: fetched ones first, then packages of pip's."""

from __future__ import annotations

from pathlib import Path

from serguide.voices.weights.installed_weights import InstalledWeights
from serguide.voices.weights.packaged import packaged
from serguide.voices.weights.weights_catalogue import set_of, weights_catalogue
from serguide.voices.weights.weights_folder import folder_of
from serguide.voices.weights.weights_manifest import read_manifest


def installed(name: str) -> InstalledWeights | None:
    """Return a set's weights, None when they are not here, or not whole.

    name: `kokoro`, or `piper:en_US-joe-medium`. Quick: sizes are compared; hashes were, when it
    was installed.
    """
    if name not in weights_catalogue():
        return None
    return fetched(name) or packaged(set_of(name))


def all_installed() -> tuple[InstalledWeights, ...]:
    """Return all weights on this machine, in the catalogue's order."""
    found = (installed(name) for name in weights_catalogue())
    return tuple(each for each in found if each is not None)


def fetched(name: str) -> InstalledWeights | None:
    """Return what lies in the folder of data; None when it is not there, or not whole."""
    folder = folder_of(name)
    manifest = read_manifest(folder)
    if manifest is None or manifest.name != name:
        return None
    styles: dict[str, Path] = {}
    parts: list[Path] = []
    config = None
    digest = ""
    for file in manifest.files:
        path = folder / file.name
        try:
            if path.stat().st_size != file.size:
                return None
        except OSError:
            return None
        if file.role == "model":
            parts.append(path)
            digest = file.digest
        elif file.role == "style":
            styles[path.stem] = path
        elif file.role == "config":
            config = path
    return InstalledWeights(
        name=name,
        parts=tuple(parts),
        styles=styles,
        config=config,
        licence=manifest.licence,
        origin=manifest.origin,
        size=sum(file.size for file in manifest.files),
        digest=digest,
    )
