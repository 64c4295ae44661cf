"""`serguide play`: listen in the terminal."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from serguide.base.errors import UsageError
from serguide.base.units import SAMPLERATE, format_clock
from serguide.cli.options import (
    ScriptName,
    libraries_of,
    library_option,
    locale_option,
    request_of,
    session_options,
    strict_voice_option,
    supervised_option,
)
from serguide.cli.printing import out, say, say_prepared

if TYPE_CHECKING:
    from serguide.api import Prepared, RenderRequest
    from serguide.bundle.words import InterfaceWords
    from serguide.player.audio.device import Output
    from serguide.player.audio.engine import Engine
    from serguide.player.control import Control
    from serguide.player.model.playable import Playable
    from serguide.render.plan import Plan
    from serguide.script.library import Libraries

_CHANGES = ("voice", "length", "values", "soundscape", "locale")
_LEAST_COLUMNS, _LEAST_LINES = 40, 12
"""A terminal that is smaller is written to in plain lines."""


@dataclass(frozen=True, slots=True)
class _How:
    lines: bool
    from_start: bool
    still: bool


@click.command("play", epilog="Example: serguide play the-first-evening --length 15m")
@click.argument("name", type=ScriptName(), metavar="DIR|FILE|NAME")
@click.option("--no-ui", is_flag=True, help="Print plain lines, for screen readers and pipes.")
@click.option("--from-start", is_flag=True, help="Begin at the beginning, not where you stopped.")
@click.option(
    "--reduced-motion",
    is_flag=True,
    envvar="SERGUIDE_REDUCED_MOTION",
    help="Let nothing move but the words.",
)
@session_options
@strict_voice_option
@click.option(
    "--allow-cloud",
    is_flag=True,
    help="Let an online voice receive the values that you filled in, such as a client's name.",
)
@locale_option
@supervised_option
@library_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    no_ui: bool,
    from_start: bool,
    reduced_motion: bool,
    soundscape: str | None,
    values: tuple[str, ...],
    length: str | None,
    voice: str | None,
    strict_voice: bool,
    allow_cloud: bool,
    locale: str | None,
    supervised_by: str,
    libraries: tuple[str, ...],
) -> None:
    """Play a bundle's folder, a sound file, or a script or session, which is rendered first.

    Space begins and pauses, the arrows go 15 seconds and change the volume, n and p go from part
    to part, < and > change the speed, m mutes, t sets the sleep timer, g or Esc comes back to the
    room at once, q fades out. Your place is kept on this machine.
    """
    from serguide.player.control import open_engine
    from serguide.player.model.open_bundle import open_playable

    how = _How(lines=no_ui, from_start=from_start, still=reduced_motion)
    changed = any(
        ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE for option in _CHANGES
    )
    ready = _rendered(name, libraries_of(ctx, libraries), changed=changed)
    if ready is not None:
        playable = open_playable(ready)
        _listen(playable, how, lambda output: open_engine(playable, output))
        return
    request = request_of(
        ctx,
        name,
        soundscape=soundscape,
        values=values,
        length=length,
        voice=voice,
        strict_voice=strict_voice,
        allow_cloud=allow_cloud,
        locale=locale,
        supervised_by=supervised_by,
        nearest=True,
        libraries=libraries,
    )
    from serguide.cli.fitting import told
    from serguide.player.audio.live import live_playable, open_live

    plan = _spoken(request)
    for line in told(plan.timeline):
        say(line)
    playable = live_playable(plan)
    _listen(playable, how, lambda output: open_live(plan, playable, output))


def _rendered(name: str, libraries: Libraries, *, changed: bool) -> Path | None:
    """Return the bundle or sound file that is meant, or None for a script or session.

    changed: a session option was given. Raises UsageError for one that comes too late.
    """
    from serguide.bundle.model import MANIFEST
    from serguide.script.library import SCRIPT_SUFFIXES

    path = Path(name)
    named = libraries.find(name) is not None
    if path.is_file() and path.suffix.lower() not in SCRIPT_SUFFIXES:
        ready = True
    elif path.is_dir():
        ready = (path / MANIFEST).is_file() or not named
    else:
        return None
    if not ready or (changed and named):
        return None
    if changed:
        raise UsageError(
            f"{path} is rendered already; voice, length, values, soundscape and whose numbers to "
            "call are shown stay as they are",
            "name the script or session instead of what was rendered from it",
        )
    return path


def _spoken(request: RenderRequest) -> Plan:
    """Speak and lay out a script or session; it is mixed as it is listened to."""
    from serguide import api
    from serguide.cache.fallback import open_store
    from serguide.cli.progress_bars import shown
    from serguide.player.audio.silent import device_answers

    def prepared(ready: Prepared) -> None:
        say_prepared(ready)
        # Nobody should wait for the words to be spoken and then learn that nothing is heard.
        if not device_answers():
            say("no audio device answers on this machine: the words will go on without sound")

    with shown() as report:
        return api.speak(request, report=report, store=open_store(None, say), prepared=prepared)


def _listen(playable: Playable, how: _How, open_: Callable[[Output], Engine]) -> None:
    from serguide.bundle.words import words_for
    from serguide.player.audio.silent import SilentOutput, open_output
    from serguide.player.control import Control
    from serguide.player.model.bookmark import Bookmark, default_folder

    words = words_for(playable.language)
    bookmark = Bookmark(default_folder(), playable.key)
    output = open_output()
    silent = isinstance(output, SilentOutput)
    if silent:
        say(words.say("no sound about"))
    try:
        opened = open_(output)
    except BaseException:
        output.close()
        raise
    with contextlib.closing(opened) as engine:
        engine.start()
        control = Control(playable, engine, bookmark, silent=silent)
        if how.lines or not _can_draw():
            _lines(control, words, how)
        else:
            _draw(control, words, how)
        if bookmark.position and not control.look().drowsy:
            say(words.say("place kept", time=format_clock(bookmark.position // SAMPLERATE)))


def _lines(control: Control, words: InterfaceWords, how: _How) -> None:
    from serguide.player.ui.keys import keyboard
    from serguide.player.ui.lines import play_lines
    from serguide.player.ui.saying import help_line

    if sys.stdin.isatty():
        say(f"{help_line(words)} · g {words.say('ground')}")
    say(control.playable.title)
    say(words.say("notice", ground=words.say("ground")))
    if sys.stdin.isatty() and control.playable.ground and not control.playable.grounding_only:
        say(words.say("much now"))
    with keyboard() as keys:
        play_lines(control, keys, words, out, from_start=how.from_start)


def _draw(control: Control, words: InterfaceWords, how: _How) -> None:
    from serguide.player.ui.terminal import Terminal

    app = Terminal(control, words, from_start=how.from_start, still=how.still)
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.interrupted:
        raise KeyboardInterrupt


def _can_draw() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream.isatty() for stream in streams) or os.environ.get("TERM") == "dumb":
        return False
    size = shutil.get_terminal_size()
    return size.columns >= _LEAST_COLUMNS and size.lines >= _LEAST_LINES
