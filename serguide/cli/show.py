"""`serguide show`: the outline of a script or session, with times, before it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import UsageError
from serguide.cli.options import (
    ScriptName,
    json_option,
    libraries_of,
    library_option,
    overrides_of,
    request_of,
    session_options,
    strict_voice_option,
)
from serguide.cli.printing import Styled, out, print_json, say
from serguide.cli.recorded_shares import share_data, share_lines

if TYPE_CHECKING:
    from serguide.timeline import SessionTimeline, TrackTimeline


@click.command(
    "show", epilog="Example: serguide show the-first-evening --length 15m --plot evening.svg"
)
@click.argument("name", type=ScriptName(), metavar="NAME|PATH")
@session_options
@strict_voice_option
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the timeline into FILE.svg or FILE.png.",
)
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    strict_voice: bool,
    plot: Path | None,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show what a script or session will be: parts, sentences, silences, with estimated times."""
    from serguide.catalogue import outline
    from serguide.cli.fitting import told
    from serguide.cli.voice_notes import told_of_voices
    from serguide.voices.recorded.recorded_share import recorded_shares, refuse_others
    from serguide.voices.select import VoiceSelection

    if plot and plot.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"--plot: {plot} is neither .svg nor .png", "name a file of that kind")
    request = request_of(
        ctx,
        name,
        voice=voice,
        length=length,
        values=values,
        soundscape=soundscape,
        libraries=libraries,
    )
    timeline = outline(Path(request.what), libraries_of(ctx, libraries), overrides_of(request))
    shares = recorded_shares(timeline, VoiceSelection(timeline.program).voice_of)
    if strict_voice:
        refuse_others(shares)
    if plot:
        from serguide.drawing.files import write_drawing
        from serguide.drawing.timeline_plot import plot_svg

        write_drawing(plot, plot_svg(timeline, None))
        say(f"drawn: {plot}")
    if as_json:
        print_json({**_data(timeline), "recorded": [share_data(each) for each in shares]})
    elif not plot:
        for parts in _outline(timeline):
            out(*parts)
        for line in (*told(timeline), *told_of_voices(timeline.program)):
            say(line)
        for share in shares:
            for line in share_lines(share):
                out(line)


def _outline(timeline: SessionTimeline) -> Iterator[tuple[str | Styled, ...]]:
    """Yield the lines of a session's outline."""
    from serguide.base.units import SAMPLERATE, format_clock

    def clock(count: int) -> str:
        return format_clock(count / SAMPLERATE)

    program = timeline.program
    yield Styled(program.title, bold=True), f"  about {clock(timeline.frames)}"
    if program.about:
        yield (program.about,)
    for track, start in zip(timeline.tracks, timeline.starts, strict=True):
        yield ("",)
        title = Styled(track.program.title, bold=True)
        yield f"{clock(start):>7}  ", title, f"  {track.program.kind}, {clock(track.frames)}"
        for at, line in _lines(track):
            yield (f"{clock(start + at):>7}  {line}",)
    yield ("",)
    ground = timeline.ground
    yield (f"come back to the room: {ground.program.title}, {clock(ground.frames)}",)


def _lines(track: TrackTimeline) -> list[tuple[int, str]]:
    """Return (sample, what happens) for a person to read; a block of breathing is one line."""
    from serguide.base.units import format_time, seconds
    from serguide.script.program import Breathing, Sound, Spoken

    lines: list[tuple[int, str]] = []
    for placed in track.placed:
        item = placed.item
        if isinstance(item, Breathing):
            cycles = 1 + max(event.cycle or 0 for event in placed.events)
            line = f"· breathing, {cycles} breaths"
        elif isinstance(item, Spoken):
            line = item.text
        elif isinstance(item, Sound):
            line = f"· {item.name}"
        else:
            lasts = format_time(round(seconds(placed.end - placed.start), 1))
            line = f"· {placed.events[0].kind} {lasts}"
        lines.append((placed.start, line))
    return lines


def _data(timeline: SessionTimeline) -> dict[str, Any]:
    from serguide.base.units import seconds

    program = timeline.program

    def at(count: int) -> float:
        return round(float(seconds(count)), 3)

    return {
        "name": program.name,
        "title": program.title,
        "about": program.about,
        "language": program.language,
        "voice": program.voice,
        "seconds": at(timeline.frames),
        "fit": {
            "asked": at(timeline.fit.asked) if timeline.fit.asked is not None else None,
            "natural": at(timeline.fit.natural),
            "residual": at(timeline.fit.residual),
            "rests": round(timeline.fit.rests, 3),
            "breaths": timeline.fit.breaths,
            "left_out": list(timeline.left_out),
        },
        "tracks": [
            {
                "step": track.program.step,
                "title": track.program.title,
                "kind": track.program.kind,
                "start": at(start),
                "seconds": at(track.frames),
                "events": [
                    {
                        "kind": event.kind,
                        "start": at(start + event.start),
                        "end": at(start + event.end),
                        "text": event.text,
                        "line": event.line,
                    }
                    for event in track.events
                ],
            }
            for track, start in zip(timeline.tracks, timeline.starts, strict=True)
        ],
    }
