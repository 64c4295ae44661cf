"""`serguide render`: a script or session becomes a bundle."""

from __future__ import annotations

from pathlib import Path

import click

from serguide.cli.options import (
    json_option,
    libraries_of,
    library_option,
    locale_option,
    overrides_of,
    session_options,
    supervised_option,
)
from serguide.cli.output import print_json, say, say_admitted
from serguide.contacts import system_country
from serguide.notices import Notices

_FORMATS = ("mp3", "m4a", "opus", "flac", "wav")


@click.command(
    "render",
    epilog="Example: serguide render the-first-evening -o evening --length 15m --set name=Ana",
)
@click.argument("name", metavar="NAME|PATH")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The bundle's folder; an earlier bundle there is replaced. Default: ./NAME",
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
    help="Let an online voice receive the values that you filled in, such as a client's name.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    envvar="SERGUIDE_JOBS",
    metavar="N",
    help="Tracks to work on at once. Default: one a core",
)
@locale_option
@click.option(
    "--single-file",
    is_flag=True,
    help="Add one page with everything inside, sound too, to send by e-mail.",
)
@supervised_option
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    output: Path | None,
    format_name: str,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    allow_cloud: bool,
    jobs: int | None,
    locale: str | None,
    supervised_by: str,
    single_file: bool,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Render a script or session into a bundle: a folder that any player plays.

    The folder holds the session as one file, each part as a file of its own, captions, a
    transcript and a page to open in a browser.
    """
    from serguide.bundle.writer import check_target
    from serguide.cli.fitting import told
    from serguide.cli.progress import shown
    from serguide.gate import admit
    from serguide.lenient import open_store
    from serguide.names import KNOWN
    from serguide.render import Settings, render
    from serguide.script.resolve import resolve
    from serguide.units import format_clock, seconds

    found = libraries_of(ctx, libraries)
    path = found.locate(name)
    overrides = overrides_of(
        found, voice=voice, length=length, values=values, soundscape=soundscape
    )
    target = output or Path(path.stem)
    check_target(target)
    program = resolve(path, found, KNOWN, overrides)
    store = open_store(None, say)
    say_admitted(
        admit(
            program,
            found,
            store,
            locale=locale,
            supervised_by=supervised_by,
            allow_cloud=allow_cloud,
        )
    )
    with shown() as report:
        done = render(
            program,
            target,
            found.with_home_of(path),
            store,
            Settings(
                format_name,
                jobs,
                allow_cloud,
                locale,
                supervised_by.strip(),
                single_file=single_file,
            ),
            report,
        )
    timeline = done.contents.timeline
    if locale is None:
        _point_out_country(done.contents.notices)
    for line in told(timeline):
        say(line)
    if done.single:
        _tell_size(done.single)
    if as_json:
        print_json(
            {
                "bundle": str(done.folder),
                "audio": str(done.folder / done.contents.audio.path),
                **({"single_file": str(done.single)} if done.single else {}),
                "seconds": round(float(seconds(timeline.frames)), 3),
                "voice": timeline.program.voice,
                "loudness": {
                    "integrated": done.contents.loudness.integrated,
                    "speech": done.contents.loudness.speech,
                    "true_peak": done.contents.loudness.true_peak,
                },
            }
        )
    else:
        click.echo(str(done.single or done.folder))
        say(
            f"{timeline.program.title}, {format_clock(seconds(timeline.frames))}; "
            f"open {done.folder / 'index.html'}, or `serguide play {done.folder}`"
        )


def _tell_size(single: Path) -> None:
    """Say how large the one page is, and when that is too large for e-mail."""
    from serguide.bundle.single import EMAIL, megabytes

    size = single.stat().st_size
    note = "; that is more than most e-mail services carry" if size > EMAIL else ""
    say(f"One page with everything inside: {single}, {megabytes(size)}{note}.")


def _point_out_country(notices: Notices) -> None:
    """Say so when this machine's country is not among those whose numbers are shown.

    It is not taken silently: the same input gives the same bundle on every machine.
    """
    country = system_country()
    shown = list(dict.fromkeys(contact.country for contact in notices.contacts))
    if country and country not in shown:
        say(
            f"The numbers to call are those of {', '.join(shown)}; "
            f"add --locale {country} for {country}, where this machine is set to."
        )
