"""Write one HTML file with everything inside, sound too: to open from a disk or send by e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import BundleError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.limits import LARGEST_PAGE, megabytes
from serguide.bundle.model import Contents
from serguide.bundle.page.html import PageSources, data_uri, page_html


@dataclass(frozen=True, slots=True)
class PageSound:
    """Name the files whose sound a page holds, and their media type."""

    session: str
    ground: str
    media_type: str


def write_single(
    folder: Path, path: Path, contents: Contents, cover: bytes, sound: PageSound | None = None
) -> int:
    """Write the page with all the sound of a bundle inside to `path`; return its size.

    folder: where the sound's files are; sound: these, None for the bundle's own. Raises
    BundleError when it would be larger than LARGEST_PAGE.
    """
    sound = sound or PageSound(contents.audio.path, contents.ground.path, contents.audio.media_type)
    names = [sound.session, sound.ground, *([contents.balance.path] if contents.balance else [])]
    files = [folder / name for name in names]
    expected = sum(file.stat().st_size for file in files) * 4 // 3
    if expected > LARGEST_PAGE:
        raise BundleError(
            f"One file with everything inside would take {megabytes(expected)}, "
            f"more than {megabytes(LARGEST_PAGE)}.",
            Hint(
                "Render as MP3, make it shorter, or send the folder.",
                Remedy("format", "mp3"),
                Remedy("length"),
            ),
        )
    audio, ground = (data_uri(sound.media_type, file.read_bytes()) for file in files[:2])
    apart = contents.balance
    sources = PageSources(
        audio,
        ground,
        data_uri("image/png", cover),
        alone=True,
        balance=data_uri(apart.media_type, (folder / apart.path).read_bytes()) if apart else "",
    )
    return path.write_bytes(page_html(contents, sources).encode("utf-8"))
