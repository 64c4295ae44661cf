"""Options shared by several commands, and their parsing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from click.shell_completion import CompletionItem

from serguide.base.errors import SerguideError, UsageError

if TYPE_CHECKING:
    from serguide.base.units import Seconds
    from serguide.notices.model import Practice
    from serguide.render.request import RenderRequest
    from serguide.script.library import Libraries
    from serguide.script.resolve import Overrides

Command = TypeVar("Command", bound=Callable[..., Any])


class PathList(click.Path):
    """Take a folder; from a variable, several parted as PATH is."""

    envvar_list_splitter = os.pathsep


class ScriptName(click.ParamType):
    """Take the name or path of a script or session; shells complete names and files."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin as what is typed, or files for what looks like a path."""
        if any(sign in incomplete for sign in "/\\."):
            return [CompletionItem(incomplete, type="file")]
        try:
            # While completing, the group has read its options and not run.
            contexts = (ctx.parent, ctx) if ctx.parent else (ctx,)
            given = [folder for each in contexts for folder in each.params.get("libraries") or ()]
            names = libraries_of(ctx, tuple(given)).names()
        except SerguideError:
            return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def library_option(command: Command) -> Command:
    """Add `--library`."""
    return click.option(
        "--library",
        "libraries",
        multiple=True,
        type=PathList(file_okay=False),
        envvar="SERGUIDE_LIBRARY",
        metavar="DIR",
        help="A library of your own, looked through first; may be given several times.",
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print data for programs.")(command)


_SOUNDSCAPE: Final = click.option(
    "--soundscape",
    envvar="SERGUIDE_SOUNDSCAPE",
    metavar="NAME",
    help="Another soundscape: a name, `none`, or the path of a sound file of your own.",
)
_SET: Final = click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=TEXT",
    help="Fill a placeholder, such as name=Ana; may be given several times.",
)
_LENGTH: Final = click.option(
    "--length", envvar="SERGUIDE_LENGTH", metavar="TIME", help="Fit to a length: 20m."
)
_VOICE: Final = click.option(
    "--voice",
    envvar="SERGUIDE_VOICE",
    metavar="VOICE",
    help="Another voice: espeak:en-gb, recorded:ana, tone; see `serguide voices`.",
)


def session_options(command: Command) -> Command:
    """Add what changes a session before it is laid out: voice, length, values, soundscape."""
    for option in (_SOUNDSCAPE, _SET, _LENGTH, _VOICE):
        command = option(command)
    return command


def row_options(command: Command) -> Command:
    """Add what rows of a table ask for that say nothing else: voice, length, soundscape."""
    for option in (_SOUNDSCAPE, _LENGTH, _VOICE):
        command = option(command)
    return command


def strict_voice_option(command: Command) -> Command:
    """Add `--strict-voice`."""
    return click.option(
        "--strict-voice",
        is_flag=True,
        envvar="SERGUIDE_STRICT_VOICE",
        help="Refuse, with a list, what a recorded voice has not read; else another voice "
        "speaks it.",
    )(command)


def supervised_option(command: Command) -> Command:
    """Add `--supervised-by`."""
    return click.option(
        "--supervised-by",
        default="",
        envvar="SERGUIDE_SUPERVISED_BY",
        metavar="NAME",
        help="The therapist in whose care it is heard; scripts with `supervision: therapist` "
        "need one. The bundle says so.",
    )(command)


class PracticeFile(click.ParamType):
    """Take a file that tells of a practice, or what the config file tells of it."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Practice:
        """Return the practice. Raises ScriptError."""
        from serguide.notices.practice import read_practice

        return read_practice(Path(value)) if isinstance(value, str | Path) else value


def practice_option(command: Command) -> Command:
    """Add `--practice`."""
    return click.option(
        "--practice",
        type=PracticeFile(),
        envvar="SERGUIDE_PRACTICE",
        metavar="FILE",
        help="Whose name and mark the bundle shows: a YAML file with `name:`, `line:` and `logo:`, "
        "an SVG or PNG. The config file may hold them under `practice:`.",
    )(command)


def locale_option(command: Command) -> Command:
    """Add `--locale`."""
    return click.option(
        "--locale",
        envvar="SERGUIDE_LOCALE",
        metavar="LOCALE",
        help="Whose numbers to call in need are shown: de-AT, or AT. Default: the countries of the "
        "session's language.",
    )(command)


def folders_of(ctx: click.Context, given: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folders of the libraries that a command looks through before the built-in one."""
    return tuple(Path(folder) for folder in (*(ctx.obj or ()), *given))


def libraries_of(ctx: click.Context, given: tuple[str, ...]) -> Libraries:
    """Return the libraries that a command looks through, the built-in one last."""
    from serguide.script.library import open_libraries

    return open_libraries(folders_of(ctx, given))


def request_of(
    ctx: click.Context,
    name: str,
    *,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    libraries: tuple[str, ...],
    **others: Any,
) -> RenderRequest:
    """Turn the options of a command into a request. Raises UsageError.

    others: fields of RenderRequest as they are.
    """
    from serguide.render.request import RenderRequest

    found = libraries_of(ctx, libraries)
    if voice is not None:
        check_voice(voice, found)
    if soundscape is not None and soundscape != "none":
        _check_soundscape(soundscape, found)
    return RenderRequest(
        what=str(found.locate(name)),
        libraries=folders_of(ctx, libraries),
        voice=voice,
        soundscape=soundscape,
        length=seconds_of(length),
        values=_filled(values),
        **others,
    )


def overrides_of(request: RenderRequest) -> Overrides:
    """Return what a request wants otherwise than its files say."""
    from serguide.script.resolve import Overrides

    return Overrides(
        values=request.values,
        length=request.length,
        voice=request.voice,
        soundscape=request.soundscape,
    )


def _filled(values: tuple[str, ...]) -> dict[str, str]:
    filled = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {value} has no name and text", "write it like --set name=Ana")
        if any("\ufdd0" <= char <= "\ufdd4" for char in text):
            raise UsageError(f"the value of {name} holds what is no character", "delete it")
        filled[name.strip()] = text
    return filled


def seconds_of(length: str | None) -> Seconds | None:
    """Return a length as given, in seconds. Raises UsageError for one that is none."""
    from serguide.base.units import parse_time

    if length is None:
        return None
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", length):
        raise UsageError(
            f"--length {length}: minutes or seconds?", f"write {length}m, or {length}s"
        )
    try:
        seconds = parse_time(length)
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise UsageError(f"--length: {message}", hint) from None
    if seconds <= 0:
        raise UsageError("--length: a session of no length", "write it like --length 20m")
    return seconds


def check_voice(voice: str, libraries: Libraries) -> None:
    """Raise UsageError, with the nearest names, for a voice that there is not."""
    from serguide.voices.speakable_names import KNOWN

    if wrong := KNOWN.name_problem(voice, libraries.roots):
        raise UsageError(f"--voice: {wrong[0]}", wrong[1])


def _check_soundscape(soundscape: str, libraries: Libraries) -> None:
    from serguide.base.nearest import did_you_mean

    known = libraries.soundscapes()
    if soundscape not in known and not Path(soundscape).expanduser().is_file():
        raise UsageError(
            f"there is no soundscape, and no sound file, “{soundscape}”",
            did_you_mean(soundscape, known, otherwise="`serguide soundscapes` lists them"),
        )
