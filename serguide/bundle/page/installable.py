"""Web app manifest and service worker: a hosted bundle installs, and needs no network then.

https://www.w3.org/TR/appmanifest/, https://www.w3.org/TR/service-workers/. A page opened from a
disk uses neither.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from serguide.base.cldr import direction
from serguide.bundle.cover import COVER_PIXELS
from serguide.bundle.manifest import identifier
from serguide.bundle.model import (
    CAPTIONS,
    COVER,
    GROUND_CAPTIONS,
    MANIFEST,
    PAGE,
    TRANSCRIPT,
    WEBMANIFEST,
    Contents,
)
from serguide.bundle.page.assets import shipped, without_comments
from serguide.drawing.palette import NIGHT


def webmanifest_json(contents: Contents) -> str:
    """Write manifest.webmanifest; all links are relative, so a bundle may live at any address."""
    program = contents.timeline.program
    manifest = {
        "id": f"./?{quote(program.name)}",
        "name": program.title,
        "short_name": program.title,
        "description": program.about.strip(),
        "lang": program.language,
        "dir": direction(program.language),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "categories": ["health", "lifestyle"],
        "icons": [{"src": COVER, "sizes": f"{COVER_PIXELS}x{COVER_PIXELS}", "type": "image/png"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def worker_js(contents: Contents) -> str:
    """Write sw.js: the bundle's id names its cache, so that a new bundle is a new version."""
    files = [
        PAGE,
        WEBMANIFEST,
        MANIFEST,
        COVER,
        CAPTIONS,
        GROUND_CAPTIONS,
        TRANSCRIPT,
        quote(contents.audio.path),
        quote(contents.ground.path),
        *([quote(contents.balance.path)] if contents.balance else []),
    ]
    return worker_of(files, identifier(contents))


def worker_of(files: Sequence[str], version: str) -> str:
    """Write a service worker that keeps files of its folder; version: names its cache."""
    text = without_comments(shipped("sw.js")).replace("__FILES__", json.dumps(list(files)))
    return text.replace("__CACHE__", json.dumps(version))
