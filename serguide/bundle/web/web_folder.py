"""Assemble a web folder: host files at the top, the bundle below a name that nobody guesses."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serguide.base.cldr import direction
from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.folder import new_bundle
from serguide.bundle.inventory import bundle_files
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.model import PAGE, WEBMANIFEST, WORKER
from serguide.bundle.page.installable import worker_of
from serguide.bundle.page.lock_page import lock_icon
from serguide.bundle.sealed.sealing import sealed_page
from serguide.bundle.web.address import TOKEN, address_of, check_qr, new_token, write_qr
from serguide.bundle.web.host_files import host_files
from serguide.bundle.web.web_record import (
    recorded_session,
    session_mark,
    web_inventory,
    write_record,
)
from serguide.bundle.words import words_for
from serguide.drawing.palette import NIGHT
from serguide.drawing.raster import png_of

ICON: Final = "icon.png"
_ICON_PIXELS: Final = 512


@dataclass(frozen=True, slots=True)
class WebFolder:
    """Name a web folder: what to upload, the page in it, its size in bytes.

    address, qr: of the page, and the drawing of it beside the folder; None where it was not told
    at which site the folder will be.
    """

    folder: Path
    page: Path
    size: int
    address: str | None = None
    qr: Path | None = None


def write_web_folder(
    bundle: Path,
    target: Path,
    *,
    passphrase: str | None = None,
    light: bool = True,
    site: str = "",
    force: bool = False,
) -> WebFolder:
    """Write a web folder: whole, or not at all.

    passphrase: seals the page; light: leaves single tracks out of a sealed page; site: the address
    that the folder will have; force: an address may come to hold another session than it did, or
    a plain page after a sealed one. The name below is kept when an earlier web folder is replaced,
    so that addresses stay. Raises UsageError when something else is at the target, BundleError.
    """
    token = _token_in(target) or new_token()
    manifest = read_manifest(bundle)
    if bundle.resolve() in target.resolve().parents:
        raise UsageError(f"“{target}” is inside the bundle.", "Name a folder beside it.")
    mark = session_mark(token, manifest.name, manifest.serguide.notices.made_for)
    if not force:
        _require_same(target, mark, sealed=passphrase is not None)
    address = address_of(site, token) if site else None
    qr = target.absolute().with_name(f"{target.absolute().name}-address.svg") if address else None
    if qr:
        check_qr(qr)
    with new_bundle(target, look=web_inventory) as folder:
        for name, text in host_files().items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        below = folder / token
        below.mkdir()
        if passphrase is None:
            _copy(bundle, below)
        else:
            _seal(bundle, below, passphrase, light=light)
        write_record(folder, of=mark, sealed=passphrase is not None)
        size = sum(path.stat().st_size for path in below.rglob("*") if path.is_file())
    if address and qr:
        write_qr(address, qr)
    return WebFolder(target, target / token / PAGE, size, address, qr)


def _require_same(target: Path, mark: str, *, sealed: bool) -> None:
    """Raise UsageError where who has the address would get what was not meant for them."""
    was = recorded_session(target)
    if was is None:
        return
    anew = Hint("Name another folder, or take its address for this one.", Remedy("force"))
    if was[0] != mark:
        raise UsageError(f"“{target}” has another session at its address.", anew)
    if was[1] and not sealed:
        raise UsageError(f"“{target}” asks for a passphrase at its address; this would not.", anew)


def _copy(bundle: Path, folder: Path) -> None:
    for name in bundle_files(bundle):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(bundle / name, path)


def _seal(bundle: Path, folder: Path, passphrase: str, *, light: bool) -> None:
    pieces = sealed_page(bundle, passphrase, light=light, hosted=True)
    digest = hashlib.sha256()
    with (folder / PAGE).open("wb") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    (folder / ICON).write_bytes(png_of(lock_icon(), width=_ICON_PIXELS))
    manifest = _manifest_json(read_manifest(bundle).language)
    (folder / WEBMANIFEST).write_text(manifest, encoding="utf-8")
    worker = worker_of((PAGE, WEBMANIFEST, ICON), digest.hexdigest())
    (folder / WORKER).write_text(worker, encoding="utf-8")


def _manifest_json(language: str) -> str:
    """Write a web app manifest that says nothing of the session."""
    words = words_for(language)
    manifest = {
        "id": "./",
        "name": words.say("lock.app"),
        "short_name": words.say("lock.app"),
        "lang": words.language,
        "dir": direction(words.language),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [{"src": ICON, "sizes": f"{_ICON_PIXELS}x{_ICON_PIXELS}", "type": "image/png"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _token_in(target: Path) -> str | None:
    """Return the name below an earlier web folder; None where there is none."""
    if not target.is_dir() or web_inventory(target) is None:
        return None
    found = [path.name for path in target.iterdir() if TOKEN.fullmatch(path.name)]
    return found[0] if len(found) == 1 else None
