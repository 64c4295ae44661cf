"""Decide which findings stop a session from being rendered."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from serguide.base.errors import Problem
from serguide.cache.store import Store
from serguide.safety import RULES
from serguide.safety.checker import Checker
from serguide.safety.places import Places
from serguide.safety.report import CheckReport, Waived
from serguide.safety.rule import Finding
from serguide.script.library import Libraries
from serguide.script.program import Origin, SessionProgram
from serguide.timeline.model import SessionTimeline
from serguide.voices.durations import SpeechDurations

TRY = 300.0
"""Seconds below which a script alone, or a session without a technique, is a try.

No track that a client is given is shorter. A script alone in the tone voice is a timing draft, and
a try at any length. What could still be settled around it (opening, notice, cautions, closing,
opting in) is said of it, and does not stop. `check` calls it an error all the same.
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold what is to be said of a session before it is rendered.

    stopping: what stops it; timeline: by measured or estimated speech.
    """

    stopping: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    waived: tuple[Waived, ...]
    timeline: SessionTimeline


def judge(
    program: SessionProgram,
    libraries: Libraries,
    store: Store | None,
    *,
    today: date | None = None,
    locale: str | None = None,
    supervised_by: str = "",
    allow_cloud: bool = False,
    speaks: bool = False,
) -> Judgement:
    """Check a session, and tell what stops it from what does not.

    today: for the age of the contacts, by default the day that it is; speaks: this process is
    about to speak it, so that its voices may begin to load. Raises ScriptError for a
    session that cannot be laid out, and UsageError for a locale that is none.
    """
    durations = SpeechDurations(store, soon=speaks)
    checker = Checker(libraries, store, today or date.today(), locale, durations=durations)
    report = checker.program(program)
    return weigh(report, program, supervised_by=supervised_by, allow_cloud=allow_cloud)


def weigh(
    report: CheckReport,
    program: SessionProgram,
    *,
    supervised_by: str = "",
    allow_cloud: bool = False,
) -> Judgement:
    """Tell what of a check's report stops the render of a session from what does not."""
    tried = report.seconds < TRY or (program.alone and _in_tones(program))
    stopping: list[Problem] = []
    warnings: list[Problem] = []
    for problem in report.problems:
        if problem.code == "E127" and allow_cloud:
            continue
        if problem.severity == "warning":
            warnings.append(problem)
        elif tried and problem in report.owed:
            warnings.append(dataclasses.replace(problem, severity="warning"))
        else:
            stopping.append(problem)
    if not supervised_by.strip():
        stopping += _unsupervised(program)
    return Judgement(tuple(stopping), tuple(warnings), report.waived, report.timeline)


def _in_tones(program: SessionProgram) -> bool:
    """Tell whether a session is a timing draft: nobody can follow words that are tones."""
    return program.voice.partition(":")[0] == "tone"


def _unsupervised(program: SessionProgram) -> list[Problem]:
    """Return a problem for each script that only a therapist hands over."""
    places = Places()
    paths = {
        track.path: track.step
        for track in (*program.tracks, program.ground)
        if track.supervision == "therapist"
    }
    return [
        places.problem(
            RULES["E130"],
            Finding(
                f"“{step}” is for listening in a therapist's care: say whose",
                Origin(path, 1),
                "supervision",
            ),
        )
        for path, step in paths.items()
    ]
