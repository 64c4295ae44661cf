"""`serguide soundscapes`: list soundscapes and one-shots, and sample one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.cli.options import json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, print_table, say
from serguide.cli.remedies import told
from serguide.cli.sampling import checked_target, hear

if TYPE_CHECKING:
    from serguide.audio.types import Block
    from serguide.script.library import Libraries

SAMPLE_SECONDS = 20


@click.command("soundscapes", epilog="Example: serguide soundscapes --play rain-on-the-roof")
@click.option("--play", "played", metavar="NAME", help="Hear 20 seconds of one.")
@click.option("--sample", "sampled", metavar="NAME", help="Write 20 seconds of one; needs -o.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.wav",
    help="Where a sample goes.",
)
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    played: str | None,
    sampled: str | None,
    output: Path | None,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """List soundscapes and one-shots, or hear one."""
    from serguide.soundscapes.layers.generators import plugin_generators

    found = libraries_of(ctx, libraries)
    checked_target(output, "--sample NAME", wanted=sampled is not None)
    if sampled is not None and output is None:
        raise UsageError("--sample needs a file", f"add -o {Path(sampled).stem}.wav")
    if sampled is not None and played is not None:
        raise UsageError("--play and --sample are two wishes", "leave one of them out")
    name = sampled if sampled is not None else played
    if name is not None:
        hear(_blocks(name, found), 2, output)
        return
    rows, problems = _soundscapes(found)
    rows += _one_shots()
    if as_json:
        print_json(rows)
    else:
        _print(rows)
    for broken in plugin_generators().broken:
        say(f"left out: the sound {broken}")
    if problems:
        say("left out, because something in them is wrong:")
        for problem in problems:
            say(told(problem))


def _blocks(name: str, libraries: Libraries) -> Iterator[Block]:
    """Return a sample's blocks, shape (frames, 2). Raises SoundError, ScriptError."""
    from serguide.audio.oneshots import ONE_SHOTS, one_shot
    from serguide.base.units import samples
    from serguide.player.audio.sample import excerpt
    from serguide.soundscapes.bed import open_bed

    if name in ONE_SHOTS and libraries.find_soundscape(name) is None:
        return iter([one_shot(name).samples])
    bed = open_bed(name, libraries.find_soundscape, known=[*libraries.soundscapes(), *ONE_SHOTS])
    return excerpt(bed, samples(SAMPLE_SECONDS))


def _soundscapes(libraries: Libraries) -> tuple[list[dict[str, Any]], list[Problem]]:
    from serguide.script.library import SCRIPT_SUFFIXES
    from serguide.soundscapes.bed import describe

    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for name, path in libraries.soundscapes().items():
        try:
            found = describe(path)
        except ScriptError as error:
            problems += error.problems
            continue
        recipe = path.suffix.lower() in SCRIPT_SUFFIXES
        rows.append(
            {
                "name": name,
                "kind": "recipe" if recipe else "file",
                "title": found.title,
                "about": found.about,
                "layers": list(found.layers),
                "path": str(path),
            }
        )
    return rows, problems


def _one_shots() -> list[dict[str, Any]]:
    from serguide.audio.oneshots import ONE_SHOTS, frames_of
    from serguide.base.units import seconds

    return [
        {
            "name": name,
            "kind": "one-shot",
            "title": name.capitalize(),
            "about": f"{float(seconds(frames_of(name))):g} seconds.",
            "layers": [],
            "path": None,
        }
        for name in ONE_SHOTS
    ]


def _print(rows: list[dict[str, Any]]) -> None:
    for kind, heading in (
        ("recipe", "soundscapes"),
        ("file", "sound files of your own"),
        ("one-shot", "one-shots, for the cue `sound`"),
    ):
        group = [row for row in rows if row["kind"] == kind]
        if group:
            out(Styled(heading, bold=True))
            print_table([[row["name"], row["title"], row["about"]] for row in group], indent="  ")
