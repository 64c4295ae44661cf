"""Make what was asked for: render the bundle, then the forms that are given, from it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serguide.base.errors import BundleError
from serguide.base.files.failures import explained
from serguide.base.files.temporary import remove
from serguide.base.tasks.cancel import Cancel
from serguide.cache.private import CLOSED, SECRET
from serguide.studio.handover.handover_progress import HandoverProgress, PartLength
from serguide.studio.handover.handover_ways import Ways, stem_for
from serguide.studio.handover.records import Handover, Records
from serguide.studio.handover.render_apart import render_apart
from serguide.studio.handover.session_for import session_for
from serguide.studio.studio import Studio

BUNDLE: Final = "bundle"
FILES: Final = "files"

_FRESH: Final = f".{FILES}-new"
_WEBSITE: Final = "-website"

_CANNOT: Final = "what is given cannot be written"


@dataclass(frozen=True, slots=True)
class HandedFiles:
    """Name what was made, with bytes; address: of the website's page, or empty."""

    files: tuple[tuple[str, int], ...]
    address: str = ""


def make_handover(
    studio: Studio,
    handover: Handover,
    begun: Callable[[HandoverProgress], None],
    cancel: Cancel,
) -> HandedFiles:
    """Make one handing over in its folder, whole or not at all; finished parts stay in the cache.

    begun: told the progress to look at. Raises what render_apart() does, and UsageError.
    """
    place = Records(studio.library).place(handover.id)
    bundle, ways = place / BUNDLE, handover.ways
    session = session_for(
        studio, handover.name, handover.who, target=bundle, audiobook=ways.audiobook
    )
    progress = HandoverProgress(
        [PartLength(track.program.title, track.frames) for track in session.timeline.tracks]
    )
    begun(progress)
    render_apart(session.request, studio.store, progress.take, cancel)
    _close(bundle)
    fresh = place / _FRESH
    with explained(_CANNOT, BundleError, "free the disk"):
        remove(fresh)
        fresh.mkdir(CLOSED)
    try:
        stem = stem_for(handover.name, handover.who, handover.title)
        address = _give(bundle, fresh, stem, ways, progress, cancel)
        with explained(_CANNOT, BundleError, "free the disk"):
            _close(fresh)
            remove(place / FILES)
            fresh.rename(place / FILES)
    finally:
        remove(fresh)
    return HandedFiles(tuple(_sizes(place / FILES)), address)


def take_back(place: Path) -> None:
    """Remove what is given from the folder of one that was cancelled as it was made."""
    remove(place / FILES)
    remove(place / _FRESH)


def _close(folder: Path) -> None:
    """Leave files to the user alone; what is made to be published keeps the modes it needs.

    A web folder is uploaded with its modes, and a server must read it; until then the folder
    around it is closed.
    """
    with contextlib.suppress(OSError):  # not every file system has modes
        folder.chmod(CLOSED)
        for path in folder.iterdir():
            if path.is_symlink() or (path.is_dir() and path.name.endswith(_WEBSITE)):
                continue
            if path.is_dir():
                _close(path)
            else:
                path.chmod(SECRET)


def _give(
    bundle: Path, folder: Path, stem: str, ways: Ways, progress: HandoverProgress, cancel: Cancel
) -> str:
    """Make the forms in a folder; return the address of the website's page, or an empty text."""
    from serguide.bundle.sealed.sealing import seal_bundle
    from serguide.bundle.web.web_folder import write_web_folder
    from serguide.handout.make import HandoutRequest, make_handout

    address = ""
    if ways.page:
        progress.write(0.1)
        seal_bundle(bundle, folder / f"{stem}.html", ways.passphrase, light=True)
    cancel.check()
    if ways.sound:
        progress.write(0.5)
        source, suffix = _sound_in(bundle, ways)
        with explained(_CANNOT, BundleError, "free the disk"):
            shutil.copyfile(source, folder / f"{stem}{suffix}")
    cancel.check()
    if ways.website:
        progress.write(0.6)
        done = write_web_folder(bundle, folder / f"{stem}{_WEBSITE}", site=ways.address)
        address = done.address or ""
    cancel.check()
    if ways.handout:
        progress.write(0.9)
        leads = address or ("" if ways.website else ways.address)
        target = folder / f"{stem}-handout.html"
        make_handout(HandoutRequest(bundle, target, url=leads, given=ways.given))
    progress.write(1.0)
    return address


def _sound_in(bundle: Path, ways: Ways) -> tuple[Path, str]:
    """Return the sound file that is given, and what its name ends in."""
    if ways.audiobook:
        return next(bundle.glob("*.m4b")), ".m4b"
    return bundle / "session.mp3", ".mp3"


def _sizes(folder: Path) -> list[tuple[str, int]]:
    """Return what lies in a folder, a folder's size being that of all in it."""
    return [
        (
            path.name,
            sum(each.stat().st_size for each in [path, *path.rglob("*")] if each.is_file()),
        )
        for path in sorted(folder.iterdir())
    ]
