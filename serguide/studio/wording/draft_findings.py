"""Findings about words that are being written, in their places on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import Problem, ScriptError, VoiceError
from serguide.base.units import SAMPLERATE
from serguide.cache.store import Store
from serguide.safety import RULES
from serguide.safety.checker import Checker
from serguide.safety.reader import second_reader
from serguide.script.library import Libraries
from serguide.script.program import Chapter, Origin
from serguide.studio.wording.block_reading import read_blocks
from serguide.studio.wording.cue_lines import CueFile, read_cues
from serguide.studio.wording.finding_places import BlockPlace, block_place
from serguide.studio.words.finding_words import better_wording, reason_behind
from serguide.studio.words.plain_findings import plain_finding
from serguide.timeline.model import TrackTimeline

NOWHERE: Final = BlockPlace(-1)


@dataclass(frozen=True, slots=True)
class WordFinding:
    """Hold one finding as the screen shows it.

    place: cue -1 for the script as a whole; what, why: in the interface's words; message: the
    check's own, for the text file; better: a sentence to put there, or empty; keepable: a reason
    settles it.
    """

    place: BlockPlace
    code: str
    severity: str
    what: str
    why: str
    message: str
    better: str
    keepable: bool
    line: int

    def as_data(self) -> dict[str, Any]:
        """Return it as data for a page."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DraftReport:
    """Hold findings in the order of the words, and when each cue begins, in estimated seconds.

    in_session: lengths are those that a session gives it.
    """

    findings: tuple[WordFinding, ...]
    starts: Mapping[int, float]
    seconds: float
    in_session: bool = False


def check_draft(
    path: Path,
    text: str,
    libraries: Libraries,
    store: Store | None,
    language: str,
    *,
    by_meaning: bool = False,
) -> DraftReport:
    """Check a script as it would be with a text.

    language: of the interface; by_meaning: the second reader reads too, where it is installed,
    which takes longer. Raises UsageError for a text without cues, ScriptError for no YAML.
    """
    file = read_cues(text, str(path))
    reader = second_reader(store) if by_meaning else None
    checker = Checker(libraries, store, date.today(), reader=reader)
    starts: dict[int, float] = {}
    keepable: set[Problem] = set()
    seconds = 0.0
    try:
        _, report = checker.draft(path, text)
        problems = [problem for problem in report.problems if problem not in report.owed]
        keepable = {problem for problem in problems if report.takes_a_reason(problem)}
        starts = _starts(file, path, report.timeline.tracks[0])
        seconds = report.seconds
    except ScriptError as error:
        problems = list(error.problems)
    except VoiceError as error:
        problems = [Problem(str(path), 1, 1, "L027", error.message, str(error.hint))]
    blocks = read_blocks(file)
    spoken = str(file.keys["language"].value) if "language" in file.keys else "en"
    found = [
        _finding(
            problem,
            problem in keepable,
            block_place(file, blocks, problem.line, problem.column, spoken),
            language,
            spoken,
        )
        for problem in problems
        if problem.path == str(path)
    ]
    return DraftReport(tuple(sorted(found, key=lambda each: each.line)), starts, seconds)


def timed_as(report: DraftReport, text: str, path: Path, track: TrackTimeline) -> DraftReport:
    """Return a report with the lengths that a session gives its part. Raises as check_draft()."""
    starts = _starts(read_cues(text, str(path)), path, track)
    return replace(report, starts=starts, seconds=track.frames / SAMPLERATE, in_session=True)


def _finding(
    problem: Problem, keepable: bool, place: BlockPlace | None, language: str, spoken: str
) -> WordFinding:
    rule = RULES.get(problem.code)
    place = place or NOWHERE
    return WordFinding(
        place=place,
        code=problem.code,
        severity=problem.severity,
        what=plain_finding(problem.code, problem.message, language) or problem.message,
        why=reason_behind(problem.code, language) or (rule.why if rule else ""),
        message=f"{problem.message}. {problem.hint}".strip(),
        better=better_wording(problem.code, spoken) if place.sentence else "",
        keepable=keepable,
        line=problem.line,
    )


def _starts(file: CueFile, path: Path, track: TrackTimeline) -> dict[int, float]:
    """Return when each cue begins: with what is first heard of it, or behind it."""
    begins = {id(placed.item): placed.start / SAMPLERATE for placed in track.placed}
    starts: dict[int, float] = {}
    waiting: list[int] = []
    heard = False
    for item in track.program.items:
        cue = cue_at(file, path, item.origin)
        if isinstance(item, Chapter):
            if cue is not None:
                waiting.append(cue)
            continue
        at = begins.get(id(item))
        if at is None:
            continue
        for each in waiting:
            starts.setdefault(each, at if heard else 0.0)
        waiting, heard = [], True
        if cue is not None:
            starts.setdefault(cue, at)
    return starts


def cue_at(file: CueFile, path: Path, origin: Origin) -> int | None:
    """Return the cue of a file that an origin points into; None for another file's."""
    if origin.path != str(path):
        return None
    return next((n for n, cue in enumerate(file.cues) if cue.first < origin.line <= cue.last), None)
