"""Write all files of a bundle that stand beside the audio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from serguide.bundle.captions import captions_vtt, ground_vtt
from serguide.bundle.inventory import integrity
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import (
    CAPTIONS,
    COVER,
    GROUND_CAPTIONS,
    MANIFEST,
    PAGE,
    PLAYLIST,
    TRANSCRIPT,
    WEBMANIFEST,
    WORKER,
    Contents,
)
from serguide.bundle.page.html import page_html
from serguide.bundle.page.installable import webmanifest_json, worker_js
from serguide.bundle.playlist import playlist_m3u8
from serguide.bundle.transcript import transcript_txt

COMPANIONS: dict[str, Callable[[Contents], str]] = {
    CAPTIONS: captions_vtt,
    GROUND_CAPTIONS: ground_vtt,
    TRANSCRIPT: transcript_txt,
    PLAYLIST: playlist_m3u8,
    PAGE: page_html,
    WEBMANIFEST: webmanifest_json,
    WORKER: worker_js,
}
"""What writes each text of a bundle but its manifest."""


def write_companions(folder: Path, contents: Contents, cover: bytes) -> Iterator[str]:
    """Write what stands beside a bundle's audio; yield each file's name when it is written.

    folder: from new_bundle(), the audio files in it; cover: a PNG.
    """
    (folder / COVER).write_bytes(cover)
    for name, text in COMPANIONS.items():
        (folder / name).write_bytes(text(contents).encode("utf-8"))
        yield name


def write_manifest(folder: Path, contents: Contents) -> str:
    """Write the manifest, which lists every file that the folder holds by now; return its name.

    It comes last: a folder without one is known to be unfinished.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): integrity(path) for path in files}
    (folder / MANIFEST).write_bytes(manifest_json(contents, digests).encode("utf-8"))
    return MANIFEST
