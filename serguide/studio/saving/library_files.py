"""Read and save files of a library, with a way back over every step."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serguide.base.errors import SerguideError
from serguide.base.files.failures import explained, is_full
from serguide.studio.saving.guarded_write import (
    OtherContentError,
    content_of,
    version_of,
    write_over,
)
from serguide.studio.saving.text_form import TextForm, decode
from serguide.studio.saving.undo_history import FileChange, UndoHistory, UndoLabels, UndoStep


@dataclass(frozen=True, slots=True)
class ReadText:
    """Hold a file's text, and what tells this content from another; both empty for no file."""

    text: str
    version: str


class ChangedOutsideError(SerguideError):
    """A file is not what it was when it was read; theirs: what stands in it now."""

    def __init__(self, path: Path, theirs: ReadText) -> None:
        super().__init__(
            f"“{path.name}” was changed by another program meanwhile",
            "nothing was overwritten: look at both, and choose",
        )
        self.path = path
        self.theirs = theirs

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.theirs)


class NotSavedError(SerguideError):
    """A file could not be written; what was there is there."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """Say what a file shall be; text: None to remove it; version: what it was when read."""

    path: Path
    text: str | None
    version: str


class LibraryFiles:
    """Read and save files for the threads of one program; every step can be taken back.

    A step belongs to a subject, the file that is on the screen, and may change others with it: a
    sentence of a session stands in the script of a part.
    """

    def __init__(self) -> None:
        self._history = UndoHistory()
        self._lock = threading.RLock()

    def read(self, path: Path) -> ReadText:
        """Return a file's text and version. Raises UsageError for no UTF-8, NotSavedError."""
        with explained(f"“{path.name}” cannot be read", NotSavedError, "try again"):
            content = content_of(path)
        return ReadText("" if content is None else decode(content)[0], version_of(content))

    def save(self, path: Path, text: str, version: str, label: str, burst: str = "") -> str:
        """Save one file, the step's subject; return its new version. Arguments as save_all()."""
        self.save_all([TextChange(path, text, version)], label, path, burst)
        return self.read(path).version

    def save_all(
        self, changes: Sequence[TextChange], label: str, subject: Path, burst: str = ""
    ) -> bool:
        """Save files as one step: all of them or none; tell whether any is another than it was.

        label: what was done, in words; subject: whose step it is; burst: steps in a row of one
        burst are one. Raises ChangedOutsideError where
        a file is not of its version any more; NotSavedError; UsageError.
        """
        with self._lock:
            done = self._write([_file_change(change) for change in changes])
            if done:
                self._history.add(subject, UndoStep(label, tuple(done), burst))
            return bool(done)

    def undo(self, subject: Path) -> str | None:
        """Take the last step of a subject back; return its label, None where there is none.

        Raises ChangedOutsideError where a file was changed since; NotSavedError.
        """
        with self._lock:
            step = self._history.last(subject)
            if step is None:
                return None
            self._write([change.reversed() for change in reversed(step.changes)])
            self._history.undone(subject)
            return step.label

    def retract(self, subject: Path) -> None:
        """Take the last step of a subject back for good: it is not done again. As undo()."""
        with self._lock:
            if self.undo(subject) is not None:
                self._history.forgotten(subject)

    def redo(self, subject: Path) -> str | None:
        """Do again what was taken back last; as undo()."""
        with self._lock:
            step = self._history.next(subject)
            if step is None:
                return None
            self._write(list(step.changes))
            self._history.redone(subject)
            return step.label

    def newest(self, subjects: Iterable[Path], *, again: bool = False) -> Path | None:
        """Return the subject that was changed last, of several; again: taken back last."""
        with self._lock:
            return self._history.newest(subjects, again=again)

    def labels(self, subject: Path) -> UndoLabels:
        """Return what undo() and redo() would take back and do again."""
        with self._lock:
            return self._history.labels(subject)

    def _write(self, changes: list[FileChange]) -> list[FileChange]:
        """Write what differs; where one fails, put back those before it."""
        done: list[FileChange] = []
        for change in changes:
            if change.before == change.after:
                continue
            try:
                change.path.parent.mkdir(parents=True, exist_ok=True)
                write_over(
                    change.path,
                    change.after,
                    version_of(change.before),
                    private=_is_session(change.path),
                )
            except (OtherContentError, OSError) as error:
                for earlier in reversed(done):
                    write_over(earlier.path, earlier.before, version_of(earlier.after))
                raise _told(change.path, error) from error
            done.append(change)
        return done


def _is_session(path: Path) -> bool:
    """Tell whether a file may name whom it is for: sessions hold values, parts their defaults."""
    return path.parent.name == "sessions"


def _file_change(change: TextChange) -> FileChange:
    """Return the bytes before and after, in the form that the file has."""
    with explained(f"“{change.path.name}” cannot be read", NotSavedError, "try again"):
        before = content_of(change.path)
    if version_of(before) != change.version:
        raise _told(change.path, OtherContentError(before))
    form = decode(before)[1] if before is not None else TextForm()
    return FileChange(
        change.path, before, None if change.text is None else form.encode(change.text)
    )


def _told(path: Path, error: OtherContentError | OSError) -> SerguideError:
    if isinstance(error, OtherContentError):
        text = "" if error.content is None else decode(error.content)[0]
        return ChangedOutsideError(path, ReadText(text, version_of(error.content)))
    if is_full(error):
        return NotSavedError("not saved: the disk is full", "make room on it, then try again")
    return NotSavedError(
        f"not saved: {error.strerror or error}", f"see that {path.parent} can be written"
    )
