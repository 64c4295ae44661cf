"""Tell what became of a render: where the bundle is, how long, for whose country."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from serguide.base.units import SAMPLERATE, Samples, format_clock, seconds
from serguide.cli.printing import UnprintableError, out, print_json, say
from serguide.notices.contacts import GENERAL, is_guessed, system_country

if TYPE_CHECKING:
    from serguide.bundle.publish import Rendered
    from serguide.bundle.unchanged import Unchanged
    from serguide.render.measures import SessionLoudness


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what is told of a bundle, whether it was rendered now or needed no rendering.

    audio: the session's file, inside the folder; countries: whose numbers to call it shows.
    """

    folder: Path
    audio: str
    single: Path | None
    title: str
    language: str
    voice: str
    frames: Samples
    loudness: SessionLoudness
    countries: tuple[str, ...]


def of_rendered(done: Rendered) -> Outcome:
    """Return what is told of a bundle that was rendered."""
    contents = done.contents
    program = contents.timeline.program
    return Outcome(
        done.folder,
        contents.audio.path,
        done.single,
        program.title,
        program.language,
        program.voice,
        contents.timeline.frames,
        contents.loudness,
        tuple(contact.country for contact in contents.notices.contacts),
    )


def of_unchanged(found: Unchanged) -> Outcome:
    """Return what is told of a bundle that needed no rendering, from its manifest."""
    manifest = found.manifest
    own = manifest["serguide"]
    pages = [row["url"] for row in manifest["resources"] if row.get("rel") == "alternate"]
    return Outcome(
        found.folder,
        own["audio"],
        found.folder / unquote(pages[0]) if pages else None,
        manifest["name"],
        manifest["inLanguage"],
        own["voice"],
        Samples(own["tracks"][-1]["end"]),
        found.loudness,
        tuple(contact["country"] for contact in own["notices"]["contacts"]),
    )


def tell(outcome: Outcome, *, as_json: bool) -> None:
    """Print where a bundle is, or data of it."""
    if outcome.single:
        _tell_size(outcome.single)
    try:
        if as_json:
            print_json(_data(outcome))
        else:
            out(str(outcome.single or outcome.folder))
            say(
                f"{outcome.title}, {format_clock(seconds(outcome.frames))}; open "
                f"{outcome.folder / 'index.html'}, or `serguide play {outcome.folder}`"
            )
    except UnprintableError as error:
        # The bundle is what was asked for, not its name: a script that made it goes on.
        say(f"The bundle is whole: {outcome.folder}. {error.message}\n    {error.hint}")


def tell_unchanged(found: Unchanged, name: str) -> None:
    """Say that nothing had to be rendered, and which warnings stand."""
    say("Nothing has changed since this was rendered.")
    if found.warnings:
        say(
            f"What was warned of then still stands ({', '.join(found.warnings)}): "
            f"`serguide check {name}` tells it."
        )


def point_out_country(outcome: Outcome) -> None:
    """Say so when it is only guessed whose numbers a listener needs.

    This machine's country is not taken silently: the same input gives the same bundle on every
    machine.
    """
    if not is_guessed(outcome.language):
        return
    shown = [country for country in outcome.countries if country != GENERAL]
    countries = ", ".join(dict.fromkeys(shown)) or "no country"
    first = "112 first, then those" if len(set(shown)) > 1 else "those"
    country = system_country()
    here = f", where this machine is set to: --locale {country}" if country else ": --locale CZ"
    say(
        f"The numbers to call are guessed from the language “{outcome.language}”: {first} of "
        f"{countries}. Name the listener's country{here}, or `locale:` in the config file."
    )


def _data(outcome: Outcome) -> dict[str, Any]:
    return {
        "bundle": str(outcome.folder),
        "audio": str(outcome.folder / outcome.audio),
        **({"single_file": str(outcome.single)} if outcome.single else {}),
        "seconds": round(outcome.frames / SAMPLERATE, 3),
        "voice": outcome.voice,
        "loudness": {
            "integrated": outcome.loudness.integrated,
            "speech": outcome.loudness.speech,
            "true_peak": outcome.loudness.true_peak,
        },
    }


def _tell_size(single: Path) -> None:
    """Say how large the one page is, and when that is too large for e-mail."""
    from serguide.bundle.page.single_file import EMAIL, megabytes

    size = single.stat().st_size
    note = "; that is more than most e-mail services carry" if size > EMAIL else ""
    say(f"One page with everything inside: {single}, {megabytes(size)}{note}.")
