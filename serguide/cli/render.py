"""`serguide render`: render a script or session into a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from serguide.cli.printing import UnprintableError, out, print_json, say, say_prepared
from serguide.notices.contacts import GENERAL, is_guessed, system_country
from serguide.notices.model import NO_PRACTICE, Notices, Practice

if TYPE_CHECKING:
    from serguide.bundle.publish import Rendered

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
    from serguide.cli.fitting import told
    from serguide.cli.progress_bars import shown
    from serguide.cli.sending import sent

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
    with shown() as report:
        done = api.render(
            request, report=report, store=open_store(None, say), prepared=say_prepared
        )
    if locale is None:
        _point_out_country(done.contents.notices, done.contents.timeline.program.language)
    for line in told(done.contents.timeline):
        say(line)
    if done.kept:
        say(f"Carried over: {', '.join(done.kept)}.")
    for line in sent(done, asked=kilobits is not None or size is not None):
        say(line)
    try:
        if as_json:
            print_json(_data(done))
        else:
            _tell_where(done)
    except UnprintableError as error:
        raise UnprintableError(
            f"The bundle is whole: {done.folder}. {error.message}", error.hint
        ) from error


def _data(done: Rendered) -> dict[str, Any]:
    from serguide.base.units import seconds

    timeline, loudness = done.contents.timeline, done.contents.loudness
    made = done.made
    others = {"single_file": made.page, "zip": made.zip, "m4b": made.audiobook}
    return {
        "bundle": str(done.folder),
        "audio": str(done.folder / done.contents.audio.path),
        **{name: str(path) for name, path in others.items() if path},
        "seconds": round(float(seconds(timeline.frames)), 3),
        "voice": timeline.program.voice,
        "loudness": {
            "integrated": loudness.integrated,
            "speech": loudness.speech,
            "true_peak": loudness.true_peak,
        },
    }


def _tell_where(done: Rendered) -> None:
    from serguide.base.units import format_clock, seconds

    timeline = done.contents.timeline
    out(str(done.single or done.folder))
    say(
        f"{timeline.program.title}, {format_clock(seconds(timeline.frames))}; "
        f"open {done.folder / 'index.html'}, or `serguide play {done.folder}`"
    )


def _point_out_country(notices: Notices, language: str) -> None:
    """Say so when it is only guessed whose numbers a listener needs.

    This machine's country is not taken silently: the same input gives the same bundle on every
    machine.
    """
    if not is_guessed(language):
        return
    shown = [contact.country for contact in notices.contacts if contact.country != GENERAL]
    countries = ", ".join(dict.fromkeys(shown)) or "no country"
    first = "112 first, then those" if len(set(shown)) > 1 else "those"
    country = system_country()
    here = f", where this machine is set to: --locale {country}" if country else ": --locale CZ"
    say(
        f"The numbers to call are guessed from the language “{language}”: {first} of {countries}. "
        f"Name the listener's country{here}, or `locale:` in the config file."
    )
