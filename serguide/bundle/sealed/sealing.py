"""Seal a bundle into one page, and unseal such a page into a bundle."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import next_step, reason_of
from serguide.base.hints import Hint, Remedy
from serguide.bundle.folder import new_bundle
from serguide.bundle.inventory import bundle_files, listed_files
from serguide.bundle.limits import LARGEST_PAGE, megabytes
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.model import MANIFEST, PAGE, PLAYLIST
from serguide.bundle.page.lock_page import ELEMENT, lock_page
from serguide.bundle.sealed.envelope import opened, sealed
from serguide.bundle.sealed.packing import packed, unpack

_LARGEST_READ: Final = 1_000_000_000  # bytes
_SENT: Final = (".html", ".m4b", ".zip")  # endings of the forms that are sent by themselves
_HEAD: Final = 1 << 20  # bytes; the element begins far before
_ENVELOPE: Final = re.compile(
    rb'<script type="application/json" id="' + ELEMENT.encode() + rb'">(.*?)</script>', re.S
)


@dataclass(frozen=True, slots=True)
class SealedPage:
    """Name a sealed page that was written; size: in bytes; light: without the single tracks."""

    path: Path
    size: int
    light: bool


def seal_bundle(bundle: Path, page: Path, passphrase: str, *, light: bool = False) -> SealedPage:
    """Write the page that opens a bundle with a passphrase: whole, or not at all.

    passphrase: made, or required to be strong, by the caller; light: leave out what the page does
    not play, each track by itself. Raises BundleError when `bundle` is none, or not whole, or
    when the page would be larger than any browser opens; UsageError when another file is there.
    """
    check_page(page)
    pieces = sealed_page(bundle, passphrase, light=light)
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(page, pieces)
        return SealedPage(page, page.stat().st_size, light)
    except OSError as error:
        hint = next_step(error, "choose another place", Remedy("target"))
        raise BundleError(f"“{page}” cannot be written: {reason_of(error)}.", hint) from error


def sealed_page(
    bundle: Path, passphrase: str, *, light: bool = False, hosted: bool = False
) -> tuple[bytes, ...]:
    """Return the page of seal_bundle() in pieces; hosted: in a folder with a service worker."""
    manifest = read_manifest(bundle)
    names = page_files(bundle) if light else bundle_files(bundle)
    size = sum((bundle / name).stat().st_size for name in names) * 4 // 3
    if size > LARGEST_PAGE:
        raise BundleError(
            f"The sealed page would take {megabytes(size)}, more than {megabytes(LARGEST_PAGE)}.",
            Hint("Seal it without the single tracks, or make it shorter.", Remedy("light"))
            if not light
            else "Make it shorter, or render it at a lower rate.",
        )
    player = (bundle / PAGE).read_text(encoding="utf-8")
    envelope = sealed(packed(bundle, names), passphrase)
    return lock_page(envelope, player, manifest.language, hosted=hosted)


def unseal_page(page: Path, passphrase: str, target: Path) -> Path:
    """Write the bundle in a sealed page to the folder `target`: whole, or not at all.

    Raises BundleError for a page that is not sealed, damaged, hostile, or not of this passphrase;
    UsageError when something else than an earlier bundle is at the target.
    """
    content = opened(envelope_of(page), passphrase)
    with new_bundle(target) as folder:
        unpack(content, folder)
        try:
            read_manifest(folder)
            bundle_files(folder, may_lack=_left_out(folder))
        except BundleError as error:
            # The folder is gone when this is read; the page is what they have.
            told = error.message.replace(f"{folder}{os.sep}", f"{page}: ")
            again = "Nothing was written. Ask whoever made the page."
            raise BundleError(told.replace(str(folder), str(page)), again) from error
    return target


def envelope_of(page: Path) -> dict[str, Any]:
    """Return the envelope in a sealed page. Raises BundleError."""
    again = "Name the .html file that was sealed, as it was saved."
    try:
        if not page.is_file() and page.exists():
            raise BundleError(f"“{page}” is not a plain file.", again)
        if page.stat().st_size > _LARGEST_READ:
            raise BundleError(f"“{page}” is too large for a sealed page.", again)
        found = _ENVELOPE.search(page.read_bytes())
    except OSError as error:
        raise BundleError(f"“{page}” cannot be read: {reason_of(error)}.", again) from error
    if found is None:
        raise BundleError(f"“{page}” is no sealed page, or was cut short.", again)
    try:
        envelope = json.loads(found[1])
    except (ValueError, RecursionError) as error:
        raise BundleError(f"The sealed page “{page}” is damaged.", again) from error
    if not isinstance(envelope, dict):
        raise BundleError(f"The sealed page “{page}” is damaged.", again)
    return envelope


def check_page(page: Path) -> None:
    """Raise UsageError when something else than a sealed page is at a path."""
    another = Hint("Name another file.", Remedy("target", "FILE.html"))
    if not page.exists() and not page.is_symlink():
        return
    if page.is_symlink() or not page.is_file():
        raise UsageError(f"“{page}” is not a plain file.", another)
    try:
        with page.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise BundleError(f"“{page}” cannot be read: {reason_of(error)}.", another) from error
    if f'<script type="application/json" id="{ELEMENT}">'.encode() not in head:
        raise UsageError(f"“{page}” is not a page that serguide sealed; it is left.", another)


def page_files(bundle: Path) -> tuple[str, ...]:
    """Return the files of a bundle that its page and its reader need, without single tracks."""
    left_out = _left_out(bundle)
    return tuple(name for name in bundle_files(bundle) if name not in left_out)


def known_words(bundle: Path) -> tuple[str, ...]:
    """Return words that someone who guesses at a bundle's passphrase would try first."""
    manifest = read_manifest(bundle)
    notices = manifest.serguide.notices
    texts = (
        manifest.name,
        manifest.description,
        notices.made_for,
        notices.supervised_by,
        notices.practice.name,
        notices.practice.line,
        *(track.title for track in manifest.serguide.tracks),
    )
    return tuple(dict.fromkeys(word for text in texts for word in _words(text)))


def _left_out(bundle: Path) -> frozenset[str]:
    """Return what a light page leaves out: the playlist, the tracks, what is made to be sent."""
    details = read_manifest(bundle).serguide
    tracks = {track.audio for track in details.tracks} - {details.audio, details.ground}
    sent = {name for name in listed_files(bundle) if name.endswith(_SENT)} - {PAGE}
    return frozenset({*tracks, *sent, PLAYLIST} - {MANIFEST})


def _words(text: str) -> Iterator[str]:
    yield from (word for word in re.findall(r"\w+", text.lower()) if len(word) > 1)
