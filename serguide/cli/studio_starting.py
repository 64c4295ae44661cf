"""`serguide studio`: the pages on which a therapist makes sessions, in the browser."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from serguide.base.errors import UsageError
from serguide.cli.options import folders_of, library_option
from serguide.cli.printing import out, say

if TYPE_CHECKING:
    from serguide.studio.server.instance import RunningStudio
    from serguide.studio.studio import Studio


@click.command("studio", epilog="Example: serguide studio")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Not a free port, but N."
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@click.option(
    "--install",
    is_flag=True,
    help="Put what opens the studio by a double click on this machine, and end.",
)
@library_option
@click.pass_context
def command(
    ctx: click.Context, port: int, no_browser: bool, install: bool, libraries: tuple[str, ...]
) -> None:
    """Open the studio in the browser: choose a session, change it, listen, hand it over.

    What you make lies in the folder serguide in your Documents, or in the first --library. The
    studio is seen on this machine alone. Ctrl-C ends it, or “Close” on its first page; started a
    second time, it shows the one that runs.

    --install writes an entry among the programs on Linux, a .command on the desktop on macOS, and
    on Windows a .bat on the desktop, which has no picture of its own.
    """
    _require_studio()
    folders = folders_of(ctx, libraries)
    if install:
        _install(folders)
        return
    _open(folders, port, no_browser=no_browser)


def _open(folders: tuple[Path, ...], port: int, *, no_browser: bool) -> None:
    from serguide.studio.preferences import studio_folder
    from serguide.studio.server.instance import sole_studio
    from serguide.studio.server.serving import loopback_socket, serve

    with sole_studio(studio_folder()) as first:
        if first is not None:
            say(f"The studio runs already, with the folder {first.library}.")
            _show(first, no_browser=no_browser)
            return
        listening = loopback_socket(port)
        with contextlib.closing(listening):
            studio = _studio(folders)
            say(f"This is the serguide studio. What you make lies in {studio.library}.")
            say("It is seen on this machine alone. To end it: Ctrl-C here, or “Close” on its page.")
            serve(studio, listening, partial(_show, no_browser=no_browser))
    say("The studio is closed; all that was made is saved.")


def _studio(folders: tuple[Path, ...]) -> Studio:
    import platformdirs

    from serguide.cache.store import Store, default_root
    from serguide.studio.studio import Studio

    own = folders[0] if folders else Path(platformdirs.user_documents_dir()) / "serguide"
    for folder in (own.expanduser(), *folders[1:]):
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file", "name a folder")
    return Studio(own.expanduser().absolute(), Store(default_root()), folders[1:])


def _show(running: RunningStudio, *, no_browser: bool) -> None:
    """Print the address, and open the studio in the browser."""
    out(running.address)
    if no_browser:
        return
    import webbrowser

    with contextlib.suppress(webbrowser.Error, OSError, ValueError, KeyError):
        # Everyone on the machine can read what a program is started with: no token there.
        if webbrowser.open(running.entry()):
            return
    say("No browser was found: open the address above in one on this machine.")


def _require_studio() -> None:
    """Raise UsageError where the extra `studio` is not installed."""
    try:
        import ruamel.yaml  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise UsageError(
            "the studio is not installed", "install it: pip install 'serguide[studio]'"
        ) from None


def _install(folders: tuple[Path, ...]) -> None:
    from serguide.studio.launcher import install_launcher

    out(str(install_launcher(folders)))
    say("A double click on it opens the studio, and one more brings its page back.")
