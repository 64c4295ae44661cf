"""Open a folder in the system's own file manager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from serguide.base.errors import UsageError


def opener() -> list[str] | None:
    """Return the command that shows a folder on this system, None where there is none."""
    if sys.platform == "win32":
        return ["explorer"]
    found = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return [found] if found else None


def open_folder(folder: Path) -> None:
    """Show a folder. Raises UsageError, with the place to go to, where that cannot be."""
    command = opener()
    elsewhere = f"it is {folder}"
    if command is None or not folder.is_dir():
        raise UsageError("the folder cannot be opened from here", elsewhere)
    try:
        subprocess.Popen(
            [*command, os.fspath(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError("the folder cannot be opened from here", elsewhere) from error
