"""`serguide render`: render a script or session into a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from serguide.cli.amounts import Bytes, Kilobits
from serguide.cli.options import (
    ScriptName,
    json_option,
    library_option,
    locale_option,
    practice_option,
    request_of,
    session_options,
    supervised_option,
)
from serguide.cli.outcome import (
    Outcome,
    forms_in,
    of_rendered,
    of_unchanged,
    point_out_country,
    tell,
    tell_gone,
    tell_unchanged,
)
from serguide.cli.printing import say, say_prepared
from serguide.notices.model import NO_PRACTICE, Practice

if TYPE_CHECKING:
    from serguide.cache.store import Store
    from serguide.render.request import RenderRequest

_FORMATS = ("mp3", "m4a", "opus", "flac", "wav")


@click.command(
    "render",
    epilog="Example: serguide render the-first-evening -o evening --length 15m --set name=Ana",
)
@click.argument("name", type=ScriptName(), metavar="NAME|PATH")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The bundle's folder; an earlier bundle there is replaced. Default: ./NAME",
)
@click.option(
    "--keep-others",
    is_flag=True,
    help="Carry files of your own in the bundle's folder over into the new one.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    envvar="SERGUIDE_FORMAT",
    default="mp3",
    show_default=True,
    help="Sound file format.",
)
@session_options
@click.option(
    "--allow-cloud",
    is_flag=True,
    help="Let an online voice receive what is filled in, such as a client's name.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    envvar="SERGUIDE_JOBS",
    metavar="N",
    help="Tracks to work on at once. Default: one a core",
)
@click.option(
    "--nearest",
    is_flag=True,
    help="Take the nearest length that can be had, where --length asks for one that cannot.",
)
@locale_option
@click.option(
    "--single-file",
    is_flag=True,
    help="Add one page with everything inside, sound too, to send by e-mail.",
)
@click.option(
    "--zip",
    "zipped",
    is_flag=True,
    help="Add a zip of the bundle, to send; it holds each sound once.",
)
@click.option(
    "--m4b",
    "audiobook",
    is_flag=True,
    help="Add the session as an audiobook with chapters: the file for an iPhone.",
)
@click.option(
    "--bitrate",
    "kilobits",
    type=Kilobits(),
    envvar="SERGUIDE_BITRATE",
    metavar="RATE",
    help="Kilobits for a second of sound: 64k. Default: the format's own.",
)
@click.option(
    "--size",
    type=Bytes(),
    envvar="SERGUIDE_SIZE",
    metavar="SIZE",
    help="The most that each of what is made to send may take, page, zip or audiobook, or else the "
    "session's file: 15MB. Finds the best sound that is small enough.",
)
@supervised_option
@practice_option
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    output: Path | None,
    keep_others: bool,
    format_name: str,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    allow_cloud: bool,
    jobs: int | None,
    nearest: bool,
    locale: str | None,
    supervised_by: str,
    practice: Practice | None,
    single_file: bool,
    zipped: bool,
    audiobook: bool,
    kilobits: int | None,
    size: int | None,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Render a script or session into a bundle: a folder that any player plays.

    The folder holds the session as one file, each part as a file of its own, captions, a
    transcript and a page to open in a browser.
    """
    from serguide import api
    from serguide.cache.fallback import open_store

    request = request_of(
        ctx,
        name,
        target=output,
        keep_others=keep_others,
        format_name=format_name,
        soundscape=soundscape,
        values=values,
        length=length,
        voice=voice,
        allow_cloud=allow_cloud,
        jobs=jobs,
        nearest=nearest,
        locale=locale,
        supervised_by=supervised_by,
        practice=practice or NO_PRACTICE,
        single_file=single_file,
        zipped=zipped,
        audiobook=audiobook,
        kilobits=kilobits,
        size=size,
        any_format=ctx.get_parameter_source("format_name") is ParameterSource.DEFAULT,
        libraries=libraries,
    )
    store = open_store(None, say)
    standing = api.unchanged(request, store=store)
    if standing:
        outcome = of_unchanged(standing)
        tell_unchanged(standing, name, libraries)
    else:
        before = forms_in(request.folder)
        outcome = _rendered(request, store)
        tell_gone(request.folder, before)
    if locale is None:
        point_out_country(outcome)
    tell(outcome, as_json=as_json)


def _rendered(request: RenderRequest, store: Store) -> Outcome:
    """Render; tell on the way what is to be heard, how it was fitted and what was kept."""
    from serguide import api
    from serguide.cli.fitting import told
    from serguide.cli.progress_bars import shown
    from serguide.cli.sending import sent

    with shown() as report:
        done = api.render(request, report=report, store=store, prepared=say_prepared)
    for line in told(done.contents.timeline):
        say(line)
    if done.kept:
        say(f"Carried over: {', '.join(done.kept)}.")
    for line in sent(done, asked=request.kilobits is not None or request.size is not None):
        say(line)
    return of_rendered(done)
