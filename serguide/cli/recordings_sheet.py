"""`serguide recordings sheet`: a page to read from, on paper or a tablet."""

from __future__ import annotations

from pathlib import Path

import click

from serguide.base.errors import RecordingError, UsageError
from serguide.cli.options import ScriptName, libraries_of, library_option
from serguide.cli.printing import out, say
from serguide.cli.recorded_folder import recorded_folder


@click.command("sheet", epilog="Example: serguide recordings sheet easy-six -o easy-six.html")
@click.argument("script", type=ScriptName(), metavar="SCRIPT")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="The page. Default: ./SCRIPT-to-read.html",
)
@click.option("--voice", metavar="NAME", help="Tick what this recorded voice has read already.")
@click.option("--force", is_flag=True, help="Write over a file that is no reading sheet.")
@library_option
@click.pass_context
def command(
    ctx: click.Context,
    script: str,
    output: Path | None,
    voice: str | None,
    force: bool,
    libraries: tuple[str, ...],
) -> None:
    """Make a page to read aloud from: numbered sentences in large type, and a place for marks.

    Where silences come is said; they are put in afterwards and need not be kept while reading.
    """
    from serguide.base.files.atomic import write_atomically
    from serguide.base.files.failures import explained
    from serguide.reading.reading_sheet import MADE_BY, sheet_html
    from serguide.recordings.sentences import reading_list

    found = libraries_of(ctx, libraries)
    recorded = recorded_folder(found, voice).chosen() if voice else None
    reading = reading_list(script, found)
    target = output or Path(f"{Path(script).stem}-to-read.html")
    page = sheet_html(reading, recorded)
    with explained(f"{target} cannot be written", RecordingError, "choose another place with -o"):
        if target.exists() and not force and MADE_BY not in _beginning(target):
            raise UsageError(
                f"{target} is there, and is no reading sheet",
                "name another file with -o, or add --force",
            )
        write_atomically(target, page.encode())
    count = len(reading.sentences)
    say(f"{reading.title}: {count} sentence{'s' if count != 1 else ''} to read")
    out(str(target))


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(4096).decode("utf-8", "replace")
