"""The manifest of a fetched set: `weights.json`, written last; without it nothing is there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from serguide.base.files.atomic import write_atomically

MANIFEST: Final = "weights.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Describe a file of an installed set: its name, role, bytes and SHA-256.

    role: `model`, `style` (its name without ending is the style's) or `config`.
    """

    name: str
    role: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class WeightsManifest:
    """List what is installed, under which licence and from where."""

    name: str
    licence: str
    origin: str
    files: tuple[KeptFile, ...]


def write_manifest(folder: Path, manifest: WeightsManifest) -> None:
    """Write a set's manifest. Raises OSError."""
    data = {"format": FORMAT, **asdict(manifest)}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / MANIFEST, text.encode("utf-8"))


def read_manifest(folder: Path) -> WeightsManifest | None:
    """Return a set's manifest; None where there is none that can be read."""
    try:
        data: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return None
        files = tuple(
            KeptFile(str(f["name"]), str(f["role"]), int(f["size"]), str(f["digest"]))
            for f in data["files"]
        )
        if any(Path(file.name).name != file.name for file in files):
            return None  # a name that leads out of the folder
        return WeightsManifest(str(data["name"]), str(data["licence"]), str(data["origin"]), files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
