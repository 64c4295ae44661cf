"""Receiver of the text that the online voice speaks: Google, or a server of one's own."""

from __future__ import annotations

from urllib.parse import urlsplit

URL_VARIABLE = "SERGUIDE_GTTS_URL"
"""Environment variable: `https://HOST[:PORT][/PATH]` to ask in place of Google's host.

For tests, and for a proxy of one's own that speaks the same protocol. Only https.
"""


def receiver(origin: str | None, domain: str) -> str:
    """Return who receives the text, in words; domain: of Google's host, such as `co.uk`."""
    if not origin:
        return f"Google Translate's speech service (translate.google.{domain}), over the internet"
    try:
        server = urlsplit(origin).netloc.rpartition("@")[2]
    except ValueError:
        server = "of an address that is none"
    return f"the server {server}, named by {URL_VARIABLE}"
