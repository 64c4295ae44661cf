"""Hold sessions laid out in memory, so that a change of one is seen at once.

What takes time is kept between changes: scripts read and expanded, sentences' lengths, open
voices. Each is let go when a file that it came from is another than it was.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from serguide.audio.oneshots import frames_of
from serguide.base.errors import UsageError
from serguide.base.files.file_stamp import FileStamp, stamp_of
from serguide.base.units import Samples, Seconds
from serguide.cache.store import Store
from serguide.recordings.voice_folder import INDEX
from serguide.safety.checker import Checker
from serguide.safety.report import CheckReport
from serguide.script.expansions import ExpansionCache
from serguide.script.library import Libraries
from serguide.script.models import Session
from serguide.script.program import SessionProgram, Spoken
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import SessionTimeline, lay_out
from serguide.voices.durations import SpeechDurations
from serguide.voices.recorded.recorded_folders import voice_folders
from serguide.voices.select import VoiceSelection
from serguide.voices.speakable_names import KNOWN

_Stamps = dict[Path, FileStamp]


@dataclass(frozen=True, slots=True, eq=False)
class LaidSession:
    """Hold a session as it is now: file, model, program, timeline and who speaks it.

    timeline: exact where sentences are spoken, estimated elsewhere; libraries: as it was resolved.
    """

    path: Path
    model: Session
    program: SessionProgram
    timeline: SessionTimeline
    voices: VoiceSelection
    libraries: Libraries
    expansions: ExpansionCache
    durations: SpeechDurations

    def lay(self, program: SessionProgram) -> SessionTimeline:
        """Lay out another form of the same session."""
        return lay_out(program, _known_lengths(self.voices, self.durations), frames_of)

    def again(self) -> LaidSession:
        """Return it laid out anew: lengths were learnt meanwhile."""
        return dataclasses.replace(self, timeline=self.lay(self.program))

    @property
    def exact(self) -> bool:
        """Tell whether every sentence has its exact length: all are spoken."""
        return all(
            self.durations.is_measured(self.voices.voice_of(event.spoken), event.spoken)
            for track in self.timeline.tracks
            for event in track.speech()
            if event.spoken
        )


@dataclass(slots=True)
class _Kept:
    """Hold what is known of one session's files."""

    expansions: ExpansionCache = field(default_factory=ExpansionCache)
    names: dict[str, Path] = field(default_factory=dict)


class SessionDesk:
    """Lay sessions out, and lay them out again when something of them has changed.

    store: where clips lie that tell exact lengths.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[Path, _Kept] = {}
        self._durations = SpeechDurations(store)
        self._voices: dict[tuple[object, ...], VoiceSelection] = {}
        self._recordings: _Stamps = {}
        self._lock = threading.RLock()

    def laid(self, path: Path, libraries: Libraries, length: Seconds | None = None) -> LaidSession:
        """Return a session as its files are now; length: tried in place of its own.

        Raises ScriptError with every problem, UsageError for a file that is no session.
        """
        libraries = libraries.with_home_of(path)
        with self._lock:
            kept = self._known(path, libraries)
            model = kept.expansions.sources.of(path).model
            if not isinstance(model, Session):
                raise UsageError(
                    f"“{model.title}” is a part, and stands in sessions.",
                    "Open its words, or make a session with it.",
                )
            program = resolve(path, libraries, KNOWN, Overrides(), expansions=kept.expansions)
            if length is not None:
                program = dataclasses.replace(program, length=length)
            voices = self._selection(program)
            durations = self._durations
        # Outside the lock: one session that is laid out keeps no other waiting.
        timeline = lay_out(program, _known_lengths(voices, durations), frames_of)
        return LaidSession(
            path, model, program, timeline, voices, libraries, kept.expansions, durations
        )

    def check(self, laid: LaidSession) -> CheckReport:
        """Check a session as it is laid out. Raises ScriptError."""
        checker = Checker(laid.libraries, self._store, date.today(), durations=laid.durations)
        return checker.program(laid.program)

    def _known(self, path: Path, libraries: Libraries) -> _Kept:
        """Return what is known of a session, without what has changed."""
        kept = self._kept.setdefault(path, _Kept())
        names = libraries.names()
        read = kept.expansions.sources.stamps
        changed = {each for each, stamp in read.items() if stamp_of(each) != stamp}
        if changed - {path} or names != kept.names:
            # Reading is what takes time: of what was expanded, all is expanded anew.
            sources = kept.expansions.sources
            kept.expansions = ExpansionCache()
            kept.expansions.sources = sources
        for each in changed:
            kept.expansions.sources.forget(each)
        kept.names = names
        recordings = _stamps(
            folder.path / INDEX for folder in voice_folders(libraries.roots).values()
        )
        if recordings != self._recordings:
            self._recordings = recordings
            self._voices.clear()
            self._durations = SpeechDurations(self._store)
        return kept

    def _selection(self, program: SessionProgram) -> VoiceSelection:
        key = (program.voice, program.voice_chosen, program.language, program.libraries)
        if key not in self._voices:
            self._voices[key] = VoiceSelection(program)
        return self._voices[key]


def _known_lengths(
    voices: VoiceSelection, durations: SpeechDurations
) -> Callable[[Spoken], Samples]:
    return lambda spoken: durations.of(voices.voice_of(spoken), spoken)


def _stamps(paths: Iterable[Path]) -> _Stamps:
    return {path: stamp_of(path) for path in paths}
