"""Find recorded voices: the folders of `voices/` in libraries, the first of a name wins."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from serguide.recordings.voice_folder import VoiceFolder

VOICES_FOLDER: Final = "voices"


def voice_folders(libraries: Iterable[Path]) -> dict[str, VoiceFolder]:
    """Return the recorded voices of libraries by name."""
    found: dict[str, VoiceFolder] = {}
    for library in libraries:
        with contextlib.suppress(OSError):
            for path in sorted((library / VOICES_FOLDER).iterdir()):
                folder = VoiceFolder(path)
                if not path.name.startswith(".") and folder.exists:
                    found.setdefault(folder.name, folder)
    return found
