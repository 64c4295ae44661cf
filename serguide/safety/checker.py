"""Check files and collect every problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from serguide.audio.oneshots import frames_of
from serguide.base.errors import Problem, ScriptError, UsageError, VoiceError
from serguide.cache.store import Store
from serguide.notices.contacts import contacts_for, locale_of, unverified_for
from serguide.safety import CheckContext, CheckReport, Waived, check_timeline
from serguide.safety.places import Places
from serguide.safety.reader import READ_BY_MEANING, SecondReader, second_reader
from serguide.safety.report import unused
from serguide.script.expansions import ExpansionCache
from serguide.script.library import PRONOUNCE_FILE, SCRIPT_SUFFIXES, Libraries
from serguide.script.program import SessionProgram, Waiver
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import lay_out
from serguide.voices.durations import SpeechDurations
from serguide.voices.recorded.recorded_share import RecordedShare, recorded_shares
from serguide.voices.select import VoiceSelection, unspeakable
from serguide.voices.speakable_names import KNOWN


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold how many files were looked at, what is wrong with them, and what they waive.

    lists_only: the extra `reader` is not installed, so only the rules have read; recorded: by
    file, how much of it is in each recorded voice.
    """

    files: int
    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()
    lists_only: bool = False
    recorded: tuple[tuple[str, RecordedShare], ...] = ()


class Checker:
    """Check sessions and scripts, each file read and each sentence timed once.

    store: where rendered clips may lie, or None; today: for the age of the contacts; locale: of
    the listener, or None for the session's language; reader: reads by meaning, or None; voice:
    as spoken by this one, None for what files say.
    """

    def __init__(
        self,
        libraries: Libraries,
        store: Store | None,
        today: date,
        locale: str | None = None,
        reader: SecondReader | None = None,
        voice: str | None = None,
    ) -> None:
        self._libraries = libraries
        self._durations = SpeechDurations(store)
        self._today = today
        self._locale = locale
        self._reader = reader
        self._overrides = Overrides(voice=voice)
        self._expansions = ExpansionCache()
        self._places = Places()

    def file(self, path: Path) -> tuple[SessionProgram, CheckReport]:
        """Check a script or session. Raises ScriptError when its language is wrong."""
        program = resolve(
            path, self._libraries, KNOWN, self._overrides, expansions=self._expansions
        )
        return program, self.program(program)

    def draft(self, path: Path, text: str) -> tuple[SessionProgram, CheckReport]:
        """Check a file as it would be with another text. Raises ScriptError like file()."""
        self._expansions.sources.hold(path, text)
        self._places.hold(str(path), text)
        return self.file(path)

    def program(self, program: SessionProgram) -> CheckReport:
        """Check what a script or session resolves to. Raises ScriptError."""
        voices = VoiceSelection(program)
        locale = locale_of(program.language, self._locale)
        context = CheckContext(
            today=self._today,
            locale=locale,
            contacts=contacts_for(locale),
            unverified=unverified_for(locale),
            sends_to=voices.receiver_of,
            voice_of=voices.voice_of,
            measured=lambda spoken: self._durations.is_measured(voices.voice_of(spoken), spoken),
            reader=self._reader,
        )
        timeline = lay_out(
            program,
            lambda spoken: self._durations.of(voices.voice_of(spoken), spoken),
            frames_of,
        )
        return check_timeline(timeline, context, self._places)

    def unused(self, waivers: Iterable[Waiver], used: set[tuple[str, str]]) -> Iterator[Problem]:
        """Yield a problem for each waiver that took no effect."""
        read = [w for w in waivers if self._reader or w.code not in READ_BY_MEANING]
        return unused(read, used, self._places)


def check_files(
    names: Iterable[str],
    libraries: Libraries,
    store: Store | None = None,
    today: date | None = None,
    locale: str | None = None,
    *,
    by_meaning: bool = False,
    voice: str | None = None,
    strict_voice: bool = False,
) -> Checked:
    """Check scripts and sessions by name or path; all of the libraries when none is named.

    store: where rendered clips may lie; today: by default, the day that it is; locale: of the
    listener, or None for the session's language; by_meaning: the second reader reads too, where
    it is installed; voice: as spoken by this one; strict_voice: a sentence that its recorded voice
    has not read is an error. Raises UsageError for an unknown name.
    """
    reader = second_reader(store) if by_meaning else None
    checker = Checker(libraries, store, today or date.today(), locale, reader, voice)
    recorded: list[tuple[str, RecordedShare]] = []
    problems: dict[Problem, None] = {}
    waived: dict[Waived, None] = {}
    mine: list[Waiver] = []
    used: set[tuple[str, str]] = set()
    reports: list[CheckReport] = []
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
        shares = recorded_shares(report.timeline, VoiceSelection(program).voice_of)
        recorded += [(program.path, share) for share in shares]
        reports.append(report)
        used |= report.used
        # A script's waivers are judged where the script itself is checked, not in each session.
        mine += [waiver for waiver in program.waivers if waiver.origin.path == program.path]
    # What a step's own file is found to say is told there, once, and not again in each session.
    alone = {problem for report in reports if not report.inside for problem in report.problems}
    spared = {each.problem for report in reports if not report.inside for each in report.waived}
    for report in reports:
        mended = {outer for outer, own in report.inside.items() if own in alone}
        problems.update(dict.fromkeys(p for p in report.problems if p not in mended))
        again = {outer for outer, own in report.inside.items() if own in spared}
        waived.update(dict.fromkeys(w for w in report.waived if w.problem not in again))
    problems.update(dict.fromkeys(checker.unused(mine, used)))
    if strict_voice:
        problems.update(dict.fromkeys(_unread(share for _, share in recorded)))
    lists_only = by_meaning and reader is None
    return Checked(
        files, tuple(sorted(problems)), tuple(sorted(waived)), lists_only, tuple(recorded)
    )


def _unread(shares: Iterable[RecordedShare]) -> Iterator[Problem]:
    """Yield a problem for each sentence that its recorded voice has not read."""
    for share in shares:
        for each in share.others:
            yield Problem(
                each.path,
                each.line,
                1,
                "R010",
                f"“{each.text}” would not be heard in {share.voice}: {each.why}",
                "read it, or let another voice speak it",
            )


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
        # Soundscape recipes and a library's words are YAML too, and other languages.
        yield from (
            path
            for path in found
            if path.parent.name != "soundscapes" and path.name != PRONOUNCE_FILE
        )
