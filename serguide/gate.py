"""What has to be right before a session is rendered for somebody to hear.

`render.render` renders whatever it is given; the command line passes through here first. A program
of your own decides for itself.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from serguide.check import RULES
from serguide.check.places import Places
from serguide.check.report import Waived
from serguide.check.rule import Finding
from serguide.checking import Checker
from serguide.errors import Problem, ScriptError
from serguide.script.library import Libraries
from serguide.script.program import Origin, SessionProgram
from serguide.store import Store

TRY = 300.0
"""Seconds below which a script alone, or a session without a technique, is a try.

No track that a client is given is shorter. A script alone in the tone voice is a timing draft, and
a try at any length. What could still be settled around it (opening, notice, cautions, closing,
opting in) is said of it, and does not stop. `check` calls it an error all the same.
"""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Hold what is to be said of a session that may be rendered."""

    warnings: tuple[Problem, ...]
    waived: tuple[Waived, ...]


def admit(
    program: SessionProgram,
    libraries: Libraries,
    store: Store | None,
    *,
    today: date | None = None,
    locale: str | None = None,
    supervised_by: str = "",
    allow_cloud: bool = False,
) -> Admitted:
    """Check a session before it is rendered.

    today: for the age of the contacts, by default the day that it is. Raises ScriptError with
    everything that stops it, and UsageError for a locale that is none.
    """
    checker = Checker(libraries, store, today or date.today(), locale)
    report = checker.program(program)
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
    if stopping:
        raise ScriptError(stopping)
    return Admitted(tuple(warnings), report.waived)


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
                f"“{step}” is for listening in a therapist's care: add --supervised-by NAME",
                Origin(path, 1),
                "supervision",
            ),
        )
        for path, step in paths.items()
    ]
