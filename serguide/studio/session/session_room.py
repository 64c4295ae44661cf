"""Session's screen as calls: its plan, its details, changes of it, and the way back over them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

from serguide.base.errors import ScriptError, SerguideError, UsageError
from serguide.base.units import Seconds
from serguide.script.expansions import ExpansionCache
from serguide.studio.saving.library_files import ChangedOutsideError, TextChange
from serguide.studio.session.bed_choices import bed_choices
from serguide.studio.session.part_choices import GROUNDING, part_choices
from serguide.studio.session.script_changes import KINDS, script_changes
from serguide.studio.session.session_changes import changed
from serguide.studio.session.session_desk import LaidSession, SessionDesk
from serguide.studio.session.session_plan import details_of, plan_of
from serguide.studio.session.session_scripts import script_paths
from serguide.studio.session.setting_apart import set_apart
from serguide.studio.session.step_lines import read_steps
from serguide.studio.shelf.copying import copies_if_saved, own_copy
from serguide.studio.shelf.library_places import file_of, own_file
from serguide.studio.studio import Studio


class SessionRoom:
    """Answer what the session's screen asks, for the threads of one studio."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.desk = SessionDesk(studio.store)

    def laid(self, name: str, length: Seconds | None = None) -> LaidSession:
        """Return a session as it is now. Raises UsageError, ScriptError."""
        path = file_of(self._studio, name)
        return self.desk.laid(path, self._studio.shelves, length)

    def plan(self, name: str, length: Seconds | None = None) -> dict[str, object]:
        """Return a session's plan; length: tried, and not saved."""
        begun = time.perf_counter()
        path = file_of(self._studio, name)
        read = self._studio.files.read(path)
        laid = self.desk.laid(path, self._studio.shelves, length)
        steps = read_steps(read.text)
        scripts = {track.step for track in (*laid.program.tracks, laid.program.ground)}
        own = {each: own_file(self._studio, each) is not None for each in scripts}
        titles = {steps.chunks[place].name: "" for place in steps.left_out}
        for each in titles:
            titles[each] = _title(laid, each)
        files, subjects = self._studio.files, self._subjects(laid)
        last, following = files.newest(subjects), files.newest(subjects, again=True)
        return {
            "name": name,
            "own": own_file(self._studio, name) is not None,
            "version": read.version,
            "undo": files.labels(last).undo if last else None,
            "redo": files.labels(following).redo if following else None,
            **plan_of(laid, steps, titles, own),
            "took": round((time.perf_counter() - begun) * 1000, 1),
        }

    def details(self, name: str) -> dict[str, object]:
        """Return what takes longer to find out: findings, bounds, values, readings."""
        laid = self.laid(name)
        version = self._studio.files.read(laid.path).version
        report = self.desk.check(laid)
        given = self._studio.request(name).supervised_by
        return {"version": version, **details_of(laid, report, given, self._studio.language)}

    def choices(self, name: str) -> dict[str, object]:
        """Return what can be chosen: parts to add, ways back to the room, soundscapes."""
        laid = self.laid(name)
        studio = self._studio
        parts = part_choices(
            laid.libraries,
            laid.program.language,
            lambda path: any(path.is_relative_to(folder) for folder in studio.libraries),
            ExpansionCache(),
        )
        return {
            "parts": parts,
            "grounds": [each for each in parts if each["kind"] == GROUNDING],
            "soundscapes": bed_choices(laid.libraries, studio.language),
        }

    def change(self, name: str, version: str, change: Mapping[str, Any]) -> dict[str, object]:
        """Make a change, save it at once, and return the plan as it is then.

        version: of the session's file as the page knows it. A ready-made session is copied first;
        the plan then has the copy's name. Raises ChangedOutsideError, UsageError, ScriptError.
        """
        studio, files = self._studio, self._studio.files
        path = file_of(studio, name)
        read = files.read(path)
        if read.version != version:
            raise ChangedOutsideError(path, read)
        with copies_if_saved():
            if own_file(studio, name) is None:
                name = own_copy(studio, name)
                path = file_of(studio, name)
                read = files.read(path)
            kind = str(change.get("kind", ""))
            if kind in KINDS:
                laid = self.desk.laid(path, studio.shelves)
                changes = script_changes(studio, laid, change)
            else:
                changes = [TextChange(path, changed(read.text, change), read.version)]
            stepped = files.save_all(changes, kind, path)
            try:
                return self.plan(name)
            except SerguideError as error:
                if stepped:
                    files.retract(path)
                raise _refused(error) from error

    def step_back(self, name: str) -> dict[str, object]:
        """Take the last change back, of the session or of words in it.

        `step`: the kind of the change, or empty where there was none; `words_of`: the title of the
        part whose words these were, or empty. Raises ChangedOutsideError.
        """
        return self._stepped(name, again=False)

    def step_forth(self, name: str) -> dict[str, object]:
        """Make the change again that was taken back last; as step_back()."""
        return self._stepped(name, again=True)

    def set_apart(self, name: str, part: str) -> dict[str, object]:
        """Give a session a copy of its own of a part; return the names of both as they are now."""
        with copies_if_saved():
            name = own_copy(self._studio, name)
            return {"session": name, "name": set_apart(self._studio, self.laid(name), part)}

    def _stepped(self, name: str, *, again: bool) -> dict[str, object]:
        files, path = self._studio.files, file_of(self._studio, name)
        subjects = {path: ""}
        with suppress(SerguideError):  # a session that cannot be read has its own steps
            subjects |= self._subjects(self.laid(name))
        subject = files.newest(subjects, again=again)
        if subject is None:
            return {**self.plan(name), "step": "", "words_of": ""}
        step = files.redo(subject) if again else files.undo(subject)
        return {**self.plan(name), "step": step or "", "words_of": subjects[subject]}

    def _subjects(self, laid: LaidSession) -> dict[Path, str]:
        """Return the files whose changes are this session's, with a part's title, else empty."""
        own = self._studio.library
        parts = {
            path: laid.expansions.sources.of(path).model.title
            for path in script_paths(laid)
            if path.is_relative_to(own)
        }
        return {laid.path: "", **parts}


def tried_length(value: object) -> Seconds:
    """Return a length that is tried, in seconds. Raises UsageError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 86400:
        raise UsageError("This length is not understood.", "Choose another.")
    return Seconds(Fraction(round(value)))


def _title(laid: LaidSession, name: str) -> str:
    path: Path | None = laid.libraries.find(name)
    try:
        return laid.expansions.sources.of(path).model.title if path else name
    except ScriptError:
        return name


def _refused(error: SerguideError) -> SerguideError:
    if isinstance(error, ScriptError) and error.problems:
        first = error.problems[0]
        return UsageError(f"This was not changed: {first.message}.", str(first.hint))
    return error
