"""`serguide handout`: make a page to print of a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click
from click.core import ParameterSource

from serguide.base.errors import UsageError
from serguide.cli.options import libraries_of, library_option, practice_option
from serguide.cli.printing import out, say
from serguide.notices.model import NO_PRACTICE, Practice

if TYPE_CHECKING:
    from serguide.handout.make import Handout
    from serguide.handout.paper import PaperName


@click.command(
    "handout",
    epilog="Example: serguide handout the-first-evening -o for-ana.html --url https://example.org/k7",
)
@click.argument("bundle", type=click.Path(path_type=Path), metavar="BUNDLE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The page: a name in .html, or in .pdf where Chromium, Chrome, Edge or WeasyPrint is on "
    "this machine. Default: ./BUNDLE-handout.html",
)
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="Where the recording is to be found; the page shows it, and a QR code of it.",
)
@practice_option
@click.option(
    "--locale",
    metavar="LOCALE",
    help="Whose numbers to call in need are shown: de-AT, or AT. Default: those of the bundle.",
)
@click.option(
    "--paper",
    type=click.Choice(("a4", "letter")),
    envvar="SERGUIDE_PAPER",
    help="The paper. Default: what is usual in the country whose numbers are shown, else A4.",
)
@click.option("--transcript", is_flag=True, help="Add all that is said, on further pages.")
@click.option("--force", is_flag=True, help="Write over a file that is no handout of serguide's.")
@library_option
@click.pass_context
def command(
    ctx: click.Context,
    bundle: Path,
    output: Path | None,
    url: str,
    practice: Practice | None,
    locale: str | None,
    paper: PaperName | None,
    transcript: bool,
    force: bool,
    libraries: tuple[str, ...],
) -> None:
    """Make a page to print that goes with a bundle.

    It says what the recording is and how to listen, what to be careful with, the way back to the
    room in five lines that need no sound, and whom to call; below is a place for notes. It is in
    the language of the session.
    """
    from serguide.handout.make import HandoutRequest, make_handout

    _refuse_script(ctx, bundle, libraries)
    target = output or Path(f"{bundle.absolute().name}-handout.html")
    made = make_handout(
        HandoutRequest(
            bundle=bundle,
            target=target,
            url=url,
            practice=_practice(ctx, bundle, practice),
            # What a config file says is for rendering: the bundle has its country already.
            locale=locale if _typed(ctx, "locale") else None,
            paper=paper,
            transcript=transcript,
            force=force,
        )
    )
    _tell(made, bundle, url)
    out(str(made.path))


def _typed(ctx: click.Context, option: str) -> bool:
    return ctx.get_parameter_source(option) is not ParameterSource.DEFAULT_MAP


def _practice(ctx: click.Context, bundle: Path, practice: Practice | None) -> Practice:
    """Return the practice asked for; the config file's only where the bundle names no other."""
    if practice is None or _typed(ctx, "practice"):
        return practice or NO_PRACTICE
    from serguide.bundle.manifest_reading import read_manifest
    from serguide.handout.make import bundle_of

    named = read_manifest(bundle_of(bundle)).serguide.notices.practice.name
    return practice if named in ("", practice.name) else NO_PRACTICE


def _refuse_script(ctx: click.Context, bundle: Path, libraries: tuple[str, ...]) -> None:
    """Raise UsageError, with the two commands to type, for what has to be rendered first."""
    from serguide.script.library import SCRIPT_SUFFIXES

    name = str(bundle)
    if bundle.is_dir():
        return
    if bundle.suffix.lower() in SCRIPT_SUFFIXES:
        folder = bundle.stem
    elif not bundle.exists() and libraries_of(ctx, libraries).find(name) is not None:
        folder = name
    else:
        return
    raise UsageError(
        f"“{name}” is a script or session; a handout is made of the bundle that it is rendered to.",
        f"First `serguide render {name}`, then `serguide handout {folder}`.",
    )


def _tell(made: Handout, bundle: Path, url: str) -> None:
    sheet = made.sheet
    if sheet.note:
        say(sheet.note)
    if sheet.client and sheet.client.casefold() in unquote(url).casefold():
        say(f"The address holds the name “{sheet.client}”: who sees it knows for whom it is.")
    if made.path.absolute().is_relative_to(bundle.absolute()):
        say("It lies in the bundle's folder: to render there again, add --keep-others.")
    printed = "" if made.path.suffix.lower() == ".pdf" else "; open it in a browser and print it"
    say(f"{sheet.title}: a page on {made.paper.label}{printed}.")
