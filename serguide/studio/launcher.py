"""Launcher: an icon that a person double-clicks to open the studio, on Linux, macOS and Windows."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from serguide.base.errors import SerguideError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained

TITLE = "serguide studio"

_MARK = Path(__file__).parent / "static" / "common" / "mark.svg"
_ICON_PIXELS = 256


def install_launcher(
    libraries: Sequence[Path] = (), *, system: str = sys.platform, home: Path | None = None
) -> Path:
    """Write the launcher of a system (as sys.platform names it) and return its path.

    libraries: folders that it opens the studio with; home: another home folder than the user's.
    Linux: a desktop entry of the applications menu, with the picture; macOS: a .command, Windows:
    a .bat, both on the desktop. Raises SerguideError when it cannot be written.
    """
    program = [sys.executable, "-m", "serguide", "studio"]
    if getattr(sys, "frozen", False):
        program = [sys.executable, "studio"]
    for library in libraries:
        program += ["--library", str(library.expanduser().absolute())]
    with explained("the launcher cannot be written", SerguideError, "start it with a command"):
        if system == "win32":
            return _placed(_desktop(home) / f"{TITLE}.bat", _batch_file(program))
        if system == "darwin":
            text = f"#!/bin/sh\nexec {shlex.join(program)}\n"
            return _placed(_desktop(home) / f"{TITLE}.command", text, mode=0o755)
        data = _data_folder(home)
        icon = data / "serguide" / "studio.png"
        icon.parent.mkdir(parents=True, exist_ok=True)
        from serguide.drawing.raster import png_of

        write_atomically(icon, png_of(_MARK.read_text(encoding="utf-8"), width=_ICON_PIXELS))
        entry = _desktop_entry(program, icon)
        return _placed(data / "applications" / "serguide-studio.desktop", entry, mode=0o755)


def _placed(path: Path, text: str, mode: int = 0o666) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode(), mode=mode)
    return path


def _desktop_entry(program: Sequence[str], icon: Path) -> str:
    """Return a desktop entry (freedesktop.org, Desktop Entry Specification 1.5)."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.5",
        f"Name={TITLE}",
        "Comment=Make and hand over guided sessions",
        f"Exec={' '.join(map(_entry_quoted, program))}",
        f"Icon={_entry_text(str(icon))}",
        "Terminal=false",
        "Categories=AudioVideo;Audio;",
        "StartupNotify=true",
    ]
    return "\n".join(lines) + "\n"


def _entry_quoted(argument: str) -> str:
    """Quote an argument of Exec: in quotes, then as any text of an entry; % is a field code."""
    inner = re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%")
    return _entry_text(f'"{inner}"')


def _entry_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _batch_file(program: Sequence[str]) -> str:
    quoted = " ".join('"' + each.replace("%", "%%") + '"' for each in program)
    return f"@echo off\r\nchcp 65001 >nul\r\ntitle {TITLE}\r\n{quoted}\r\nif errorlevel 1 pause\r\n"


def _desktop(home: Path | None) -> Path:
    return home / "Desktop" if home else Path(platformdirs.user_desktop_dir())


def _data_folder(home: Path | None) -> Path:
    if home:
        return home / ".local" / "share"
    named = os.environ.get("XDG_DATA_HOME")
    return Path(named) if named else Path.home() / ".local" / "share"
