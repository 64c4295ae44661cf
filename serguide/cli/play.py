"""`serguide play`: listen in the terminal."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from serguide.cli.options import libraries_of, library_option, overrides_of, session_options
from serguide.cli.output import say
from serguide.errors import UsageError

if TYPE_CHECKING:
    from serguide.player.playable import Playable
    from serguide.player.screen import Screen
    from serguide.script.library import Libraries
    from serguide.script.resolve import Overrides

_CHANGES = ("voice", "length", "values", "soundscape")


@click.command("play", epilog="Example: serguide play the-first-evening --length 15m")
@click.argument("name", metavar="DIR|FILE|NAME")
@click.option("--no-ui", is_flag=True, help="Print plain lines, for screen readers and pipes.")
@session_options
@click.option(
    "--allow-cloud",
    is_flag=True,
    help="Let an online voice receive the values that you filled in, such as a client's name.",
)
@library_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    no_ui: bool,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    allow_cloud: bool,
    libraries: tuple[str, ...],
) -> None:
    """Play a bundle's folder, a sound file, or a script or session, which is rendered first.

    Space pauses, the arrows go 15 seconds and change the volume, n and p go from part to part,
    m mutes, g comes back to the room at once, q ends.
    """
    from serguide.player.playable import open_playable

    found = libraries_of(ctx, libraries)
    changed = any(
        ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE for option in _CHANGES
    )
    ready = _rendered(name, found, changed=changed)
    if ready is not None:
        _listen(open_playable(ready), no_ui=no_ui)
        return
    path = found.locate(name)
    overrides = overrides_of(
        found, voice=voice, length=length, values=values, soundscape=soundscape
    )
    with _render(path, found, overrides, allow_cloud=allow_cloud) as folder:
        _listen(open_playable(folder), no_ui=no_ui)


def _rendered(name: str, libraries: Libraries, *, changed: bool) -> Path | None:
    """Return the bundle or sound file that is meant, or None for a script or session.

    changed: a session option was given. Raises UsageError for one that comes too late.
    """
    from serguide.bundle.contents import MANIFEST
    from serguide.script.library import SCRIPT_SUFFIXES

    path = Path(name)
    named = libraries.find(name) is not None
    if path.is_file() and path.suffix.lower() not in SCRIPT_SUFFIXES:
        ready = True
    elif path.is_dir():
        ready = (path / MANIFEST).is_file() or not named
    else:
        return None
    if not ready or (changed and named):
        return None
    if changed:
        raise UsageError(
            f"{path} is rendered already; voice, length, values and soundscape stay as they are",
            "name the script or session instead of what was rendered from it",
        )
    return path


@contextlib.contextmanager
def _render(
    path: Path, libraries: Libraries, overrides: Overrides, *, allow_cloud: bool
) -> Iterator[Path]:
    """Render into a folder that goes when the block ends."""
    from serguide.cli.progress import shown
    from serguide.names import KNOWN
    from serguide.player.output import DeviceOutput
    from serguide.render import Settings, render
    from serguide.script.resolve import resolve
    from serguide.store import default_root, open_store

    program = resolve(path, libraries, KNOWN, overrides)
    # Nobody should wait for a rendering and then hear that there is nothing to play it on.
    DeviceOutput().close()
    with tempfile.TemporaryDirectory(prefix="serguide-play-") as folder:
        target = Path(folder) / "bundle"
        with shown() as report:
            render(
                program,
                target,
                libraries.with_home_of(path),
                open_store(default_root(), say),
                Settings(allow_cloud=allow_cloud),
                report,
            )
        yield target


def _listen(playable: Playable, *, no_ui: bool) -> None:
    from serguide.player.control import Control, open_engine
    from serguide.player.keys import keyboard

    with (
        contextlib.closing(open_engine(playable)) as engine,
        keyboard() as keys,
        _screen(playable, no_ui=no_ui) as screen,
    ):
        Control(playable, engine, keys, screen).run()


@contextlib.contextmanager
def _screen(playable: Playable, *, no_ui: bool) -> Iterator[Screen]:
    from serguide.player.screen import KEYS, LineScreen, live_screen

    if not no_ui and sys.stdout.isatty():
        from rich.console import Console

        with live_screen(playable, Console(highlight=False)) as screen:
            yield screen
    else:
        if sys.stdin.isatty():
            say(KEYS)
        say(playable.title)
        yield LineScreen(playable, click.echo)
