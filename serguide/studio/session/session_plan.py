"""Plan of a session as JSON: all that the session's screen shows, from one layout."""

from __future__ import annotations

from pathlib import Path

from serguide.base.units import SAMPLERATE
from serguide.safety.report import CheckReport
from serguide.studio.session.bed_choices import bed_now
from serguide.studio.session.length_range import length_now, length_range
from serguide.studio.session.part_drawing import drawing_of, session_bars
from serguide.studio.session.part_words import lines_of
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.session.session_findings import findings_of
from serguide.studio.session.step_lines import StepLines
from serguide.studio.session.value_uses import values_of
from serguide.studio.session.voice_choices import own_readings, voice_now
from serguide.timeline.model import TrackTimeline


def plan_of(
    laid: LaidSession, steps: StepLines, titles: dict[str, str], own: dict[str, bool]
) -> dict[str, object]:
    """Return what is quick to tell: parts, drawing, words, length, voice, soundscape.

    steps: of the file as it is; titles: of the scripts that are left out, by name; own: by a
    script's name, whether it is the therapist's. Positions are samples.
    """
    program, timeline = laid.program, laid.timeline
    shown = _shown(laid)
    return {
        "title": program.title,
        "about": program.about,
        "language": program.language,
        "made_for": program.made_for,
        "ending": program.ending,
        "rate": SAMPLERATE,
        "frames": timeline.frames,
        "exact": laid.exact,
        "parts": [
            {**_part(track, own), "start": start, "step_index": index}
            for (index, track), start in zip(shown, timeline.starts, strict=True)
        ],
        "ground": {**_part(timeline.ground, own), "start": 0},
        "bars": session_bars(timeline),
        "left_out": [
            {"index": number, "name": name, "title": titles.get(name, name)}
            for number, name in enumerate(steps.chunks[place].name for place in steps.left_out)
        ],
        "shortened": [
            {"step_index": index, "title": track.title}
            for index, track in enumerate(program.tracks)
            if index not in {each for each, _ in shown}
        ],
        "length": length_now(timeline),
        "voice": voice_now(laid),
        "soundscape": bed_now(laid),
    }


def details_of(
    laid: LaidSession, report: CheckReport, supervised_by: str, interface: str
) -> dict[str, object]:
    """Return what takes longer to find out: findings, bounds of the length, values, readings."""
    return {
        "findings": findings_of(laid, report, supervised_by, interface),
        "range": length_range(laid),
        "values": values_of(laid),
        "readings": own_readings(laid),
    }


def _part(track: TrackTimeline, own: dict[str, bool]) -> dict[str, object]:
    program = track.program
    return {
        "step": program.step,
        "title": program.title,
        "kind": program.kind,
        "file": Path(program.path).name,
        "own": own.get(program.step, False),
        "optional": program.optional,
        "frames": track.frames,
        "drawing": drawing_of(track),
        "lines": lines_of(track),
    }


def _shown(laid: LaidSession) -> list[tuple[int, TrackTimeline]]:
    """Return the tracks that are heard, each with its place among the session's steps.

    Fitting leaves out optional steps, and keeps the order of the others.
    """
    found, steps = [], list(enumerate(laid.program.tracks))
    for track in laid.timeline.tracks:
        while steps:
            index, program = steps.pop(0)
            if program.step == track.program.step:
                found.append((index, track))
                break
    return found
