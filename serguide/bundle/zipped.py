"""Write a bundle as a zip that holds each sound once."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Final

from serguide.bundle.companions import COMPANIONS
from serguide.bundle.inventory import integrity, integrity_of
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import COVER, MANIFEST, Contents

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""A zip cannot leave the date out; this is the first that it can say."""

_READABLE: Final = 0o100644 << 16


def write_zip(folder: Path, path: Path, contents: Contents) -> int:
    """Write the bundle in `folder` to the zip `path`, in a folder of its name; return its size.

    The session's one file holds all that the tracks' files do, so these are left out, and the
    manifest and playlist in it tell of the one file. Opened, it is a bundle like any other. The
    same bundle gives the same bytes.
    """
    inside = contents.without_tracks()
    texts = {name: text(inside).encode("utf-8") for name, text in COMPANIONS.items()}
    apart = [inside.balance.path] if inside.balance else []
    stored = (inside.audio.path, inside.ground.path, *apart, COVER)
    digests = {name: integrity_of(text) for name, text in texts.items()}
    digests |= {name: integrity(folder / name) for name in stored}
    texts[MANIFEST] = manifest_json(inside, digests).encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            entry = _entry(path.stem, name, zipfile.ZIP_DEFLATED)
            archive.writestr(entry, text, compresslevel=9)
        for name in stored:  # nothing is gained by packing what is packed
            entry = _entry(path.stem, name, zipfile.ZIP_STORED)
            with (folder / name).open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return path.stat().st_size


def _entry(stem: str, name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{stem}/{name}", _LONG_AGO)
    entry.compress_type = method
    entry.create_system = 3  # what a system packs on is not to be seen in the bytes
    entry.external_attr = _READABLE
    return entry
