"""Catalogue of all scripts and sessions with estimated lengths: the data of `serguide list`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.audio.oneshots import frames_of
from serguide.base.errors import Problem, ScriptError, VoiceError
from serguide.base.units import Seconds, format_clock, seconds
from serguide.script.expansions import ExpansionCache
from serguide.script.library import Libraries
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import SessionTimeline, lay_out
from serguide.voices.durations import SpeechDurations
from serguide.voices.select import VoiceSelection, unspeakable
from serguide.voices.speakable_names import KNOWN

_STRICTEST = ("solo", "co-listen", "therapist")


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe one script or session; kind: a script's, or `session`; seconds: estimated."""

    name: str
    kind: str
    title: str
    language: str
    audience: str
    supervision: str
    seconds: Seconds
    path: str

    @property
    def clock(self) -> str:
        """Return the length as a clock shows it."""
        return format_clock(self.seconds).rjust(5)

    @property
    def remark(self) -> str:
        """Return what someone who chooses should know, or nothing."""
        said = []
        if self.audience == "child":
            said.append("for a child")
        if self.supervision != "solo":
            said.append(
                {"co-listen": "with someone", "therapist": "with a therapist"}[self.supervision]
            )
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Hold what can be rendered, and what is wrong with what cannot."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def catalogue(libraries: Libraries) -> Catalogue:
    """Return every script and session, in the order of their names."""
    entries = []
    problems: list[Problem] = []
    expansions, durations = ExpansionCache(), SpeechDurations(None)
    for name, path in libraries.names().items():
        try:
            timeline = outline(path, libraries, expansions=expansions, durations=durations)
        except ScriptError as error:
            problems.extend(error.problems)
            continue
        except VoiceError as error:
            problems.append(unspeakable(error, path))
            continue
        entries.append(_entry(name, path, timeline))
    return Catalogue(tuple(entries), tuple(dict.fromkeys(problems)))


def outline(
    path: Path,
    libraries: Libraries,
    overrides: Overrides | None = None,
    *,
    expansions: ExpansionCache | None = None,
    durations: SpeechDurations | None = None,
) -> SessionTimeline:
    """Lay a script or session out by estimated speech lengths, before anything is rendered.

    expansions, durations: what is known of others already. Raises ScriptError with every problem.
    """
    program = resolve(path, libraries, KNOWN, overrides, expansions=expansions)
    voices, known = VoiceSelection(program), durations or SpeechDurations(None)
    return lay_out(program, lambda spoken: known.of(voices.voice_of(spoken), spoken), frames_of)


def _entry(name: str, path: Path, timeline: SessionTimeline) -> Entry:
    program = timeline.program
    session = len(program.tracks) != 1 or program.tracks[0].step != program.name
    supervisions = [track.supervision for track in program.tracks]
    return Entry(
        name=name,
        kind="session" if session else program.tracks[0].kind,
        title=program.title,
        language=program.language,
        audience="child" if any(t.audience == "child" for t in program.tracks) else "adult",
        supervision=max(supervisions, key=_STRICTEST.index, default="solo"),
        seconds=seconds(timeline.frames),
        path=str(path),
    )
