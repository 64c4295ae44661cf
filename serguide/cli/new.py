"""`serguide new`: create a library of one's own to start from."""

from __future__ import annotations

from pathlib import Path

import click

from serguide.cli.config import config_path
from serguide.cli.printing import out, say
from serguide.notices.contacts import system_country


@click.command("new", epilog="Example: serguide new my-library")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--force",
    is_flag=True,
    help="Also in a folder that holds something else; no file is ever overwritten.",
)
def command(folder: Path, force: bool) -> None:
    """Make a library of your own: folders, a script that explains itself, and a session."""
    from serguide.starter import start_library

    started = start_library(folder, force=force)
    for name in started.written:
        out(str(started.root / name))
    if started.kept:
        say(f"left as they are: {', '.join(started.kept)}")
    say("")
    say(f"Your library is in {folder}. Its README.md says more; four commands to try there:")
    for line in (
        "serguide list --library .",
        "serguide check --library .",
        "serguide play --library . my-first-session",
        "serguide render --library . my-first-session -o for-ana --set name=Ana",
    ):
        say(f"    {line}")
    country = system_country()
    here = f"{country}, where this machine is set to" if country else "such as CZ"
    say("")
    say(f"Whose numbers to call do your clients need? Name the country once, {here}:")
    say(f"    `locale: {country or 'CZ'}` in {config_path()}, or --locale for one bundle")
