"""Folder of the voices that were fetched: `voices/` in serguide's folder of data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

DATA_VARIABLE: Final = "SERGUIDE_DATA"
"""Names the folder of data, in place of the system's own."""


def voices_folder() -> Path:
    """Return the folder of all fetched voices; it may not be there."""
    named = os.environ.get(DATA_VARIABLE)
    data = Path(named) if named else Path(platformdirs.user_data_dir("serguide", appauthor=False))
    return data / "voices"


def folder_of(name: str) -> Path:
    """Return a set's folder: `kokoro`, or `piper/en_US-joe-medium`; it may not be there."""
    engine, _, voice = name.partition(":")
    return voices_folder() / engine / voice if voice else voices_folder() / engine
