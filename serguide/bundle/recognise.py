"""Tell a bundle from any other folder; kept apart from manifest_reading, which imports slowly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from serguide.base.errors import BundleError
from serguide.base.files.failures import reason_of
from serguide.bundle.model import MANIFEST

_LARGEST = 64 * 1024 * 1024
"""No manifest is longer, in bytes; a day's session is far below."""


def is_bundle(folder: Path) -> bool:
    """Tell whether a folder holds a bundle that serguide wrote, of whatever format."""
    try:
        data = loaded(folder / MANIFEST, "")
    except BundleError:
        return False
    return isinstance(data, dict) and isinstance(data.get("serguide"), dict)


def loaded(file: Path, hint: str) -> Any:
    """Return what a manifest's JSON says. Raises BundleError, with a hint, when there is none."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
    except OSError as error:
        raise BundleError(f"“{file}” cannot be read: {reason_of(error)}.", hint) from error
    if len(text) > _LARGEST:
        raise BundleError(f"“{file}” is too large for a manifest.", hint)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BundleError(f"“{file}” is not a JSON file: {error}.", hint) from error
