"""Run the rules on a session, place their findings in files, apply waivers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import serguide.safety.rules  # noqa: F401  (fills RULES)
from serguide.base.errors import Problem
from serguide.base.units import SAMPLERATE
from serguide.safety.places import Places
from serguide.safety.rule import RULES, Finding
from serguide.safety.subject import CheckContext, Subject
from serguide.safety.waivers import waiver_of
from serguide.script.program import Origin, Waiver
from serguide.timeline.model import SessionTimeline


@dataclass(frozen=True, slots=True, order=True)
class Waived:
    """Hold a problem that a file waives, and the reason that it gives."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Hold what the check says of one session.

    owed: those of the problems that could still be settled around it, as it is a script alone, or
    a session in which nothing is done to a listener; used:
    (file, code) of the waivers that took effect; lasting: problems that no `allow` settles;
    inside: a session's problem in a step's file, and the same as the step's own; timeline: what
    was looked at.
    """

    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...]
    owed: frozenset[Problem]
    used: frozenset[tuple[str, str]]
    lasting: frozenset[Problem]
    inside: Mapping[Problem, Problem]
    timeline: SessionTimeline

    @property
    def seconds(self) -> float:
        """Return the session's length."""
        return self.timeline.frames / SAMPLERATE

    def takes_a_reason(self, problem: Problem) -> bool:
        """Tell whether an `allow` with a reason settles a problem, whatever it was weighed as."""
        rule = RULES.get(problem.code)
        if rule is None:
            return False
        return dataclasses.replace(problem, severity=rule.severity) not in self.lasting


def check_timeline(timeline: SessionTimeline, context: CheckContext, places: Places) -> CheckReport:
    """Run every rule on a session, or on a script alone, as it was laid out."""
    subject = Subject(timeline, context)
    waivers = subject.program.waivers
    problems: dict[Problem, None] = {}
    waived: dict[Waived, None] = {}
    owed: set[Problem] = set()
    used: set[tuple[str, str]] = set()
    lasting: set[Problem] = set()
    inside: dict[Problem, Problem] = {}
    for rule in RULES.values():
        for finding in rule.check(subject):
            waiver = (
                waiver_of(rule.code, finding.origin, finding.track, subject.program)
                if rule.waivable
                else None
            )
            if waiver:
                # One that settles nothing is not called needless either, beside what it is about.
                used.add((waiver.origin.path, waiver.code))
                finding = _unsettled(finding) if finding.final else finding
            own = places.problem(rule, finding)
            problem = _of_session(own, finding, subject, places)
            if problem is not own:
                inside[problem] = own
            if waiver and not finding.final:
                waived[Waived(problem, waiver.reason)] = None
                continue
            problems[problem] = None
            if finding.final or not rule.waivable:
                lasting.add(problem)
            if finding.owed and (subject.alone or subject.first_technique is None):
                owed.add(problem)
    problems.update(dict.fromkeys(_wrong_waivers(waivers, places)))
    return CheckReport(
        problems=tuple(sorted(problems)),
        waived=tuple(sorted(waived)),
        owed=frozenset(owed),
        used=frozenset(used),
        lasting=frozenset(lasting),
        inside=inside,
        timeline=timeline,
    )


def _unsettled(finding: Finding) -> Finding:
    return dataclasses.replace(finding, message=f"{finding.message}; `allow` does not settle this")


def _of_session(own: Problem, finding: Finding, subject: Subject, places: Places) -> Problem:
    """Return a problem in a step's file as the session's, at the step's name.

    Two sessions with the same fault can so be told apart; the message says where to mend it.
    """
    program = subject.program
    if program.alone or own.path == program.path:
        return own
    steps = {track.program.path: track.program.step for track in subject.all_tracks}
    step = steps.get(finding.track) or steps.get(own.path, "")
    line, column = places.of(Finding("", Origin(program.path, 1), step))
    message = f"{own.message} (in {own.path}:{own.line}:{own.column})"
    return dataclasses.replace(own, path=program.path, line=line, column=column, message=message)


def unused(
    waivers: Iterable[Waiver], used: set[tuple[str, str]], places: Places
) -> Iterator[Problem]:
    """Yield a problem for each waiver of a rule that did not need one."""
    for waiver in waivers:
        rule = RULES.get(waiver.code)
        if rule and rule.waivable and (waiver.origin.path, waiver.code) not in used:
            yield _about(
                "W134", waiver, f"nothing here breaks {waiver.code}; `allow` is not needed", places
            )


def _wrong_waivers(waivers: tuple[Waiver, ...], places: Places) -> Iterator[Problem]:
    for waiver in waivers:
        rule = RULES.get(waiver.code)
        if rule is None and waiver.code.startswith("L"):
            yield _about(
                "E132", waiver, f"{waiver.code} is about the language; it cannot be waived", places
            )
        elif rule is None:
            yield _about("W133", waiver, f"there is no rule {waiver.code}", places)
        elif not rule.waivable:
            yield _about("E132", waiver, f"{waiver.code} cannot be waived", places)


def _about(code: str, waiver: Waiver, message: str, places: Places) -> Problem:
    origin = Origin(waiver.origin.path, waiver.origin.line)
    return places.problem(RULES[code], Finding(message, origin, waiver.code))
