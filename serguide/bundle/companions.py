"""Write all that stands beside the audio in a bundle."""

from __future__ import annotations

from pathlib import Path

from serguide.bundle.captions import captions_vtt, ground_vtt
from serguide.bundle.contents import (
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
from serguide.bundle.installable import webmanifest_json, worker_js
from serguide.bundle.manifest import manifest_json
from serguide.bundle.page import page_html
from serguide.bundle.playlist import playlist_m3u8
from serguide.bundle.transcript import transcript_txt


def write_companions(folder: Path, contents: Contents, cover: bytes) -> None:
    """Write all that a bundle holds beside its audio into its new folder.

    folder: from new_bundle(), the audio files in it; cover: a PNG. The manifest comes last, so
    that a folder without one is known to be unfinished.
    """
    (folder / COVER).write_bytes(cover)
    texts = {
        CAPTIONS: captions_vtt(contents),
        GROUND_CAPTIONS: ground_vtt(contents),
        TRANSCRIPT: transcript_txt(contents),
        PLAYLIST: playlist_m3u8(contents),
        PAGE: page_html(contents),
        WEBMANIFEST: webmanifest_json(contents),
        WORKER: worker_js(contents),
        MANIFEST: manifest_json(contents),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
