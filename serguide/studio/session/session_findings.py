"""Findings of the check as cards: the sentence, why, what to say instead, and where it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from serguide.base.errors import Problem
from serguide.safety.preflight import weigh
from serguide.safety.report import CheckReport
from serguide.safety.rule import RULES
from serguide.script.program import Spoken
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.words.finding_words import better_wording, reason_behind
from serguide.studio.words.plain_findings import plain_finding
from serguide.timeline.model import Event

_QUOTED: Final = re.compile(r"“([^”]+)”")
_PACE: Final = re.compile(r"`pace: (0?\.\d+)`")
_MACHINE: Final = frozenset(["W124", "E123"])
"""About the numbers to call, which no wording mends."""


def findings_of(
    laid: LaidSession, report: CheckReport, supervised_by: str, interface: str
) -> list[dict[str, object]]:
    """Return what the check found, what stops the render first.

    interface: the language of what and why. Each with code, stops, message, what, why, better (a
    sentence, or None), hint, waivable, file (the script's name), line, column, sentence, and
    where: [part, at] of its sentences in the session.
    """
    judged = weigh(report, laid.program, supervised_by=supervised_by)
    found = [_card(laid, report, each, interface, stops=True) for each in judged.stopping]
    found += [_card(laid, report, each, interface, stops=False) for each in judged.warnings]
    return found


def _card(
    laid: LaidSession, report: CheckReport, problem: Problem, interface: str, *, stops: bool
) -> dict[str, object]:
    rule = RULES.get(problem.code)
    own = report.inside.get(problem, problem)
    events = _sentences(laid, own)
    spoken = events[0][1].spoken if events else None
    language = spoken.language if spoken else laid.program.language
    pace = _PACE.search(str(own.hint))
    better = better_wording(own.code, language) or None if spoken else None
    return {
        "code": own.code,
        "stops": stops,
        "message": own.message,
        "what": plain_finding(own.code, own.message, interface) or own.message,
        "why": reason_behind(own.code, interface) or (rule.why if rule else ""),
        "hint": str(own.hint).partition("Better: ")[2] or str(own.hint),
        "better": better,
        "pace": float(pace[1]) if pace else None,
        "waivable": report.takes_a_reason(problem),
        "about_numbers": own.code in _MACHINE,
        "file": Path(own.path).stem,
        "line": own.line,
        "column": own.column,
        "sentence": spoken.text if spoken else "",
        "where": [[part, event.start] for part, event in events],
    }


def _sentences(laid: LaidSession, problem: Problem) -> list[tuple[int, Event]]:
    """Return the sentences that a finding is about: those of its cue that hold its words.

    A part comes as its place; -1 is the way back to the room.
    """
    tracks = [*enumerate(laid.timeline.tracks), (-1, laid.timeline.ground)]
    near = [
        (part, event, event.spoken)
        for part, track in tracks
        for event in track.speech()
        if event.spoken is not None and event.spoken.origin.path == problem.path
    ]
    lines = [spoken.origin.line for _, _, spoken in near if spoken.origin.line <= problem.line]
    if not lines:
        return []
    cue = [
        (part, event, spoken) for part, event, spoken in near if spoken.origin.line == max(lines)
    ]
    for phrase in _QUOTED.findall(problem.message):
        held = [(part, event) for part, event, spoken in cue if _holds(spoken, phrase)]
        if held:
            return held
    return []


def _holds(spoken: Spoken, phrase: str) -> bool:
    """Tell whether a sentence and a finding's words share what is said."""
    text, words = _folded(spoken.text), _folded(phrase)
    return bool(words) and (words in text or text in words)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
