"""Address of a web folder: a name that nobody guesses, and a QR code for it."""

from __future__ import annotations

import io
import re
import secrets
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import segno

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import next_step, reason_of
from serguide.base.hints import Hint, Remedy

TOKEN: Final = re.compile("[2-9a-hjkmnp-tv-z]{16}")
"""Matches what new_token() returns."""

_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"  # none that is read as another
_LENGTH: Final = 16  # 78 bits
_LONGEST: Final = 300  # characters
_MARK: Final = "serguide-address"


def new_token() -> str:
    """Return a random name for a folder, of letters and digits that are not mistaken."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def address_of(site: str, token: str) -> str:
    """Return the address of a page; site: where the web folder will be, `https://…`.

    Raises UsageError for an address at which a sealed page would not open, nor any be kept
    offline.
    """
    hint = "write it like https://sound.example.org"
    try:
        parts = urlsplit(site)
        sound = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if len(site) > _LONGEST:
        raise UsageError("the address is too long to be drawn as a QR code", hint)
    if not sound or not site.isascii() or not site.isprintable() or " " in site:
        raise UsageError(f"“{site}” is not an address that begins with https://", hint)
    if parts.query or parts.fragment or parts.username or parts.password:
        raise UsageError(f"“{site}” says more than where the folder will be", hint)
    return f"{site.rstrip('/')}/{token}/"


def qr_svg(address: str) -> bytes:
    """Draw the QR code of an address (ISO/IEC 18004), black on white for the printer."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", scale=4, border=4, light="#fff", title=address, svgclass=_MARK
    )
    return stream.getvalue()


def check_qr(path: Path) -> None:
    """Raise UsageError when something else than a QR code of ours is at a path."""
    try:
        if path.is_symlink() or (path.exists() and _MARK.encode() not in path.read_bytes()):
            raise UsageError(
                f"“{path}” is not a QR code that serguide drew; it is left as it is.",
                Hint("Move it away, or name another folder.", Remedy("target")),
            )
    except OSError as error:
        raise _unwritable(path, error) from error


def write_qr(address: str, path: Path) -> None:
    """Write the QR code of an address. Raises BundleError."""
    try:
        write_atomically(path, qr_svg(address))
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> BundleError:
    hint = next_step(error, "choose another place", Remedy("target"))
    return BundleError(f"“{path}” cannot be written: {reason_of(error)}.", hint)
