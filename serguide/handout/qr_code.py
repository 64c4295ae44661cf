"""Draw an address as a QR code (ISO/IEC 18004), for a phone's camera."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno

from serguide.base.errors import UsageError

LONGEST = 300
"""Characters; a code of more has modules too small for an older phone at 30 mm."""


def check_address(url: str) -> None:
    """Raise UsageError for what a phone would not open as a page."""
    try:
        parts = urlsplit(url)
        opens = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        opens = False
    if not opens or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(
            f"“{url}” is not an address that a phone opens",
            "copy it from the browser's address line, with https:// before it",
        )
    if len(url) > LONGEST:
        raise UsageError(
            f"the address has {len(url)} characters, too many for a small code",
            f"give a shorter one, of {LONGEST} at most",
        )


def qr_data_uri(url: str) -> str:
    """Return the code as an SVG in a data URI, its quiet zone included."""
    code = segno.make_qr(url, error="m")
    uri: str = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    return uri
