"""A bundle's `id`: made of its manifest's contents, so that a copy keeps it and no other has it.

Kept apart from manifest.py, which needs all that a manifest tells of.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

CONFORMS_TO = "https://www.w3.org/TR/audiobooks/"

ALTERNATE = "alternate"
"""The relation of the page with everything inside; it is made of what has the id already."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, CONFORMS_TO + "#serguide")


def identity_of(body: Mapping[str, Any]) -> str:
    """Return the `id` that goes with a manifest's body: no id, no file's integrity in it."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return uuid.uuid5(_NAMESPACE, digest).urn


def identifier_of(manifest: Mapping[str, Any]) -> str:
    """Return the `id` that belongs to a manifest's contents, whatever id it has."""
    body = {key: value for key, value in manifest.items() if key != "id"}
    for key in ("readingOrder", "resources"):
        body[key] = [
            {name: value for name, value in row.items() if name != "integrity"}
            for row in body[key]
            if row.get("rel") != ALTERNATE
        ]
    return identity_of(body)
