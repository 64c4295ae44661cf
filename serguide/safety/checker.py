"""Check files and collect every problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from serguide.audio.oneshots import frames_of
from serguide.base.errors import Problem, ScriptError, UsageError, VoiceError
from serguide.cache.store import Store
from serguide.notices.contacts import contacts_for, locale_of
from serguide.safety import CheckContext, CheckReport, Waived, check_timeline
from serguide.safety.places import Places
from serguide.safety.report import unused
from serguide.script.expansions import ExpansionCache
from serguide.script.library import SCRIPT_SUFFIXES, Libraries
from serguide.script.program import SessionProgram, Waiver
from serguide.script.resolve import resolve
from serguide.timeline import lay_out
from serguide.voices.durations import SpeechDurations
from serguide.voices.select import VoiceSelection, unspeakable
from serguide.voices.speakable_names import KNOWN


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold how many files were looked at, what is wrong with them, and what they waive."""

    files: int
    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()


class Checker:
    """Check sessions and scripts, each file read and each sentence timed once.

    store: where rendered clips may lie, or None; today: for the age of the contacts; locale: of
    the listener, or None for the session's language.
    """

    def __init__(
        self, libraries: Libraries, store: Store | None, today: date, locale: str | None = None
    ) -> None:
        self._libraries = libraries
        self._durations = SpeechDurations(store)
        self._today = today
        self._locale = locale
        self._expansions = ExpansionCache()
        self._places = Places()

    def file(self, path: Path) -> tuple[SessionProgram, CheckReport]:
        """Check a script or session. Raises ScriptError when its language is wrong."""
        program = resolve(path, self._libraries, KNOWN, expansions=self._expansions)
        return program, self.program(program)

    def program(self, program: SessionProgram) -> CheckReport:
        """Check what a script or session resolves to. Raises ScriptError."""
        voices = VoiceSelection(program)
        locale = locale_of(program.language, self._locale)
        context = CheckContext(
            today=self._today,
            locale=locale,
            contacts=contacts_for(locale),
            sends_to=voices.receiver_of,
            measured=lambda spoken: self._durations.is_measured(voices.voice_of(spoken), spoken),
        )
        timeline = lay_out(
            program,
            lambda spoken: self._durations.of(voices.voice_of(spoken), spoken),
            frames_of,
        )
        return check_timeline(timeline, context, self._places)

    def unused(self, waivers: Iterable[Waiver], used: set[tuple[str, str]]) -> Iterator[Problem]:
        """Yield a problem for each waiver that took no effect."""
        return unused(waivers, used, self._places)


def check_files(
    names: Iterable[str],
    libraries: Libraries,
    store: Store | None = None,
    today: date | None = None,
    locale: str | None = None,
) -> Checked:
    """Check scripts and sessions by name or path; all of the libraries when none is named.

    store: where rendered clips may lie; today: by default, the day that it is; locale: of the
    listener, or None for the session's language. Raises UsageError for an unknown name.
    """
    checker = Checker(libraries, store, today or date.today(), locale)
    problems: dict[Problem, None] = {}
    waived: dict[Waived, None] = {}
    mine: list[Waiver] = []
    used: set[tuple[str, str]] = set()
    files = 0
    for path in dict.fromkeys(_paths(tuple(names), libraries)):
        files += 1
        try:
            program, report = checker.file(path)
        except ScriptError as error:
            problems.update(dict.fromkeys(error.problems))
            continue
        except VoiceError as error:
            problems[unspeakable(error, path)] = None
            continue
        problems.update(dict.fromkeys(report.problems))
        waived.update(dict.fromkeys(report.waived))
        used |= report.used
        # A script's waivers are judged where the script itself is checked, not in each session.
        mine += [waiver for waiver in program.waivers if waiver.origin.path == program.path]
    problems.update(dict.fromkeys(checker.unused(mine, used)))
    return Checked(files, tuple(sorted(problems)), tuple(sorted(waived)))


def _paths(names: tuple[str, ...], libraries: Libraries) -> Iterator[Path]:
    if not names:
        yield from libraries.names().values()
    for name in names:
        folder = Path(name)
        if not folder.is_dir() or libraries.find(name):
            yield libraries.locate(name)
            continue
        found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SCRIPT_SUFFIXES)
        if not found:
            raise UsageError(f"no .yaml file lies in {folder}", "name a script or another folder")
        # Soundscape recipes are YAML too, and another language.
        yield from (path for path in found if path.parent.name != "soundscapes")
