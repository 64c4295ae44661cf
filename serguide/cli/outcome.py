"""Tell what became of a render: where the bundle is, how long, for whose country."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from serguide.base.units import SAMPLERATE, Samples, format_clock, seconds
from serguide.bundle.identity import ALTERNATE
from serguide.bundle.model import PAGE
from serguide.cli.printing import UnprintableError, out, print_json, say
from serguide.cli.sending import still_there
from serguide.notices.contacts import GENERAL, is_guessed, system_country

if TYPE_CHECKING:
    from serguide.bundle.publish import Rendered
    from serguide.bundle.unchanged import Unchanged
    from serguide.render.measures import SessionLoudness


_FORMS: Final = {".html": "single_file", ".zip": "zip", ".m4b": "m4b"}
"""Names in JSON of what is made to be sent, by its suffix."""

_OPTIONS: Final = {".html": "--single-file", ".zip": "--zip", ".m4b": "--m4b"}
"""What asks for it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what is told of a bundle, whether it was rendered now or needed no rendering.

    audio: the session's file, inside the folder; forms: what else was made to be sent, by its
    name in JSON; countries: whose numbers to call it shows.
    """

    folder: Path
    audio: str
    forms: Mapping[str, Path]
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
        {_FORMS[path.suffix]: path for path in done.made.paths},
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
    rows = [row for row in manifest["resources"] if row.get("rel") == ALTERNATE]
    made = [found.folder / unquote(row["url"]) for row in rows]
    return Outcome(
        found.folder,
        own["audio"],
        {_FORMS[path.suffix]: path for path in made},
        manifest["name"],
        manifest["inLanguage"],
        own["voice"],
        Samples(own["tracks"][-1]["end"]),
        found.loudness,
        tuple(contact["country"] for contact in own["notices"]["contacts"]),
    )


def tell(outcome: Outcome, *, as_json: bool) -> None:
    """Print where a bundle is, or data of it."""
    try:
        if as_json:
            print_json(_data(outcome))
        else:
            out(str(outcome.forms.get("single_file", outcome.folder)))
            say(
                f"{outcome.title}, {format_clock(seconds(outcome.frames))}; open "
                f"{outcome.folder / 'index.html'}, or `serguide play {outcome.folder}`"
            )
    except UnprintableError as error:
        # The bundle is what was asked for, not its name: a script that made it goes on.
        say(f"The bundle is whole: {outcome.folder}. {error.message}\n    {error.hint}")


def forms_in(folder: Path) -> frozenset[str]:
    """Return the names of what lies in a bundle to be sent."""
    try:
        names = {path.name for path in folder.glob("*") if path.suffix in _FORMS}
    except OSError:  # no folder can be there; the render says so
        return frozenset()
    return frozenset(names - {PAGE})


def tell_gone(folder: Path, before: frozenset[str]) -> None:
    """Say what was there to be sent before this render, was not asked for again, and is gone."""
    for name in sorted(before - forms_in(folder)):
        option = _OPTIONS[Path(name).suffix]
        say(f"{name} was made of an earlier state and is gone: `{option}` makes it again.")


def tell_unchanged(found: Unchanged, name: str, libraries: tuple[str, ...]) -> None:
    """Say that nothing had to be rendered, and which warnings stand; libraries: named ones."""
    say("Nothing has changed since this was rendered.")
    for line in still_there(of_unchanged(found).forms.values()):
        say(line)
    if found.warnings:
        named = (part for library in libraries for part in ("--library", library))
        command = ["serguide", "check", name, *named]
        say(
            f"What was warned of then still stands ({', '.join(found.warnings)}): "
            f"`{shlex.join(command)}` tells it."
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
        **{name: str(path) for name, path in outcome.forms.items()},
        "seconds": round(outcome.frames / SAMPLERATE, 3),
        "voice": outcome.voice,
        "loudness": {
            "integrated": outcome.loudness.integrated,
            "speech": outcome.loudness.speech,
            "true_peak": outcome.loudness.true_peak,
        },
    }
