"""`serguide unseal`: the bundle in a sealed page."""

from __future__ import annotations

from pathlib import Path

import click

from serguide.cli.passphrases import asked
from serguide.cli.printing import out


@click.command("unseal", epilog="Example: serguide unseal for-you.html -o the-first-evening")
@click.argument("page", metavar="FILE.html", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The bundle's folder; an earlier bundle there is replaced.",
)
def command(page: Path, target: Path) -> None:
    """Write the bundle in a sealed page to a folder, whole or not at all.

    The passphrase is asked for, or read from standard input.
    """
    from serguide import api
    from serguide.bundle.sealed.sealing import envelope_of
    from serguide.bundle.target import check_target

    check_target(target)
    envelope_of(page)  # nobody is asked for the passphrase of what is no sealed page
    out(str(api.unseal(page, asked(), target)))
