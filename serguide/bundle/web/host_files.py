"""Files at the top of a web folder: headers for the common hosts, and no entry for robots.

None of them names the folder below, so that whoever reads them does not learn the address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

HEADERS: Final[Mapping[str, str]] = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
    # Asked for anew, answered “not modified”: a corrected session is there at the next opening.
    "Cache-Control": "no-cache",
}
"""What every answer has to say; the pages bring the rest of their policy themselves."""

TYPES: Final[Mapping[str, str]] = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
}
"""Media types that some servers do not know by the suffix."""

_ROBOTS: Final = "User-agent: *\nDisallow: /\n"

_NOTHING: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>Nothing here</title>
<p>There is nothing here.</p>
</html>
"""


def host_files() -> dict[str, str]:
    """Return the texts of all files at the top of a web folder, by name."""
    return {
        "_headers": _headers(),
        ".htaccess": _htaccess(),
        "index.html": _NOTHING,
        "nginx-headers.conf": _nginx(),
        "robots.txt": _ROBOTS,
        "vercel.json": _vercel(),
    }


def _headers() -> str:
    """Write what Netlify and Cloudflare Pages read, and do not serve."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())


def _htaccess() -> str:
    """Write what Apache reads, and does not serve."""
    types = "".join(f"  AddType {type_} {suffix}\n" for suffix, type_ in TYPES.items())
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in HEADERS.items())
    return (
        f"<IfModule mod_mime.c>\n{types}</IfModule>\n<IfModule mod_headers.c>\n{lines}</IfModule>\n"
    )


def _nginx() -> str:
    """Write lines for nginx, which reads none by itself: to be included in a `location`."""
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())
    types = "".join(f"  {type_} {suffix[1:]};\n" for suffix, type_ in TYPES.items())
    return (
        f"# In the `location` of this folder: include /path/to/nginx-headers.conf;\n{lines}"
        f"# Beside `include mime.types;`:\n# types {{\n"
        + "".join(f"#{line}\n" for line in types.splitlines())
        + "# }\n"
    )


def _vercel() -> str:
    """Write what Vercel reads; the page's links need the slash behind its folder."""
    headers = [{"key": name, "value": value} for name, value in HEADERS.items()]
    table = {"trailingSlash": True, "headers": [{"source": "/(.*)", "headers": headers}]}
    return json.dumps(table, indent=2) + "\n"
