"""The folder of a recorded voice that a command's `--voice` means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from serguide.base.errors import UsageError
from serguide.base.nearest import did_you_mean

if TYPE_CHECKING:
    from serguide.recordings.voice_folder import VoiceFolder
    from serguide.script.library import Libraries

Command = TypeVar("Command", bound=Callable[..., Any])

_NAME: Final = re.compile(r"\w(?:[\w-]{0,58}\w)?")


def recorded_voice_option(command: Command) -> Command:
    """Add `--voice`, the name of a recorded voice."""
    return click.option(
        "--voice",
        required=True,
        metavar="NAME",
        help="The recorded voice: a folder of `voices/` in a library of yours.",
    )(command)


def recorded_folder(libraries: Libraries, voice: str) -> VoiceFolder:
    """Return the folder of a recorded voice that there is. Raises UsageError."""
    from serguide.voices.recorded.recorded_folders import voice_folders

    name = _name(voice)
    found = voice_folders(libraries.roots)
    if name not in found:
        there = f"there are {', '.join(found)}" if found else "there is none in your libraries"
        hint = did_you_mean(
            name, found, otherwise=f"{there}; `serguide record SCRIPT --voice {name}` begins one"
        )
        raise UsageError(f"there is no recorded voice “{name}”", hint)
    return found[name]


def folder_to_fill(libraries: Libraries, voice: str) -> VoiceFolder:
    """Return the folder of a recorded voice, there or not, in a library of the user's own.

    Raises UsageError where no library is named, or for a name that is none of a folder.
    """
    from serguide.recordings.voice_folder import VoiceFolder
    from serguide.voices.recorded.recorded_folders import VOICES_FOLDER, voice_folders

    name = _name(voice)
    own = [library.root for library in libraries.libraries if not library.builtin]
    found = voice_folders(own)
    if name in found:
        return found[name]
    if not own:
        raise UsageError(
            "recordings are kept in a library of your own, and none is named",
            "make one with `serguide new my-library`, then add --library my-library",
        )
    return VoiceFolder(own[0] / VOICES_FOLDER / name)


def _name(voice: str) -> str:
    name = voice.removeprefix("recorded:").strip()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"--voice: “{name}” cannot be a folder's name", "write letters and digits, such as ana"
        )
    return name
