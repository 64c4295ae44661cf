"""Write one HTML file with everything inside, sound too: to open from a disk or send by e-mail."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import BundleError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.model import Contents
from serguide.bundle.page.html import PageSources, data_uri, page_html

LARGEST = 100_000_000
"""Bytes; browsers and people lose patience with a larger page."""

EMAIL = 20_000_000
"""Bytes; most e-mail services carry an attachment up to this size, many no larger one."""


def write_single(folder: Path, path: Path, contents: Contents, cover: bytes) -> int:
    """Write the page with all the sound of a bundle's folder inside to `path`; return its size.

    Raises BundleError when it would be larger than LARGEST.
    """
    files = (contents.audio, contents.ground)
    expected = sum((folder / file.path).stat().st_size for file in files) * 4 // 3
    if expected > LARGEST:
        raise BundleError(
            f"One file with everything inside would take {megabytes(expected)}, "
            f"more than {megabytes(LARGEST)}.",
            Hint(
                "Render as MP3, make it shorter, or send the folder.",
                Remedy("format", "mp3"),
                Remedy("length"),
            ),
        )
    audio, ground = (data_uri(file.media_type, (folder / file.path).read_bytes()) for file in files)
    sources = PageSources(audio, ground, data_uri("image/png", cover), alone=True)
    return path.write_bytes(page_html(contents, sources).encode("utf-8"))


def megabytes(size: int) -> str:
    """Write a number of bytes as `19.3 MB`."""
    return f"{size / 1e6:.1f} MB"
