"""Remember what was changed, step by step, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

_MOST: Final = 200
"""Steps a subject; a script is some kilobytes."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """Hold a file's bytes before and after a step; None where there was, or is, no file."""

    path: Path
    before: bytes | None
    after: bytes | None

    def reversed(self) -> FileChange:
        """Return the change back."""
        return FileChange(self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Hold what one step changed; label: what was done, in words.

    burst: steps in a row of one burst, as of typing without a pause, are taken back at once;
    number: which of all steps it was that was made, taken back or made again.
    """

    label: str
    changes: tuple[FileChange, ...]
    burst: str = ""
    number: int = 0

    def joined(self, following: UndoStep) -> UndoStep | None:
        """Return this step and the following one as one; None where they are two."""
        paths = [change.path for change in self.changes]
        if not self.burst or self.burst != following.burst:
            return None
        if paths != [change.path for change in following.changes]:
            return None
        pairs = zip(self.changes, following.changes, strict=True)
        changes = (FileChange(one.path, one.before, other.after) for one, other in pairs)
        return UndoStep(self.label, tuple(changes), self.burst)


@dataclass(frozen=True, slots=True)
class UndoLabels:
    """Say what can be taken back and what done again, in words; None where nothing can."""

    undo: str | None
    redo: str | None


@dataclass(slots=True)
class _Line:
    done: list[UndoStep] = field(default_factory=list)
    undone: list[UndoStep] = field(default_factory=list)


class UndoHistory:
    """Hold the steps of each subject; the oldest beyond two hundred are forgotten."""

    def __init__(self) -> None:
        self._lines: dict[Path, _Line] = {}
        self._numbers = count(1)

    def add(self, subject: Path, step: UndoStep) -> None:
        """Add a step; what was taken back before it cannot be done again."""
        line = self._lines.setdefault(subject, _Line())
        step = self._numbered(step)
        joined = line.done[-1].joined(step) if line.done and not line.undone else None
        if joined is not None:
            line.done[-1] = replace(joined, number=step.number)
            return
        line.done.append(step)
        line.undone.clear()
        del line.done[:-_MOST]

    def last(self, subject: Path) -> UndoStep | None:
        """Return the step that would be taken back."""
        line = self._lines.get(subject)
        return line.done[-1] if line and line.done else None

    def next(self, subject: Path) -> UndoStep | None:
        """Return the step that would be done again."""
        line = self._lines.get(subject)
        return line.undone[-1] if line and line.undone else None

    def newest(self, subjects: Iterable[Path], *, again: bool = False) -> Path | None:
        """Return the subject whose step was the last to be made; again: to be taken back."""
        steps = {path: self.next(path) if again else self.last(path) for path in subjects}
        found = {path: step.number for path, step in steps.items() if step is not None}
        return max(found, key=lambda path: found[path], default=None)

    def undone(self, subject: Path) -> None:
        """Say that last() was taken back."""
        line = self._lines[subject]
        line.undone.append(self._numbered(line.done.pop()))

    def forgotten(self, subject: Path) -> None:
        """Say that next() is never to be done again."""
        self._lines[subject].undone.pop()

    def redone(self, subject: Path) -> None:
        """Say that next() was done again."""
        line = self._lines[subject]
        line.done.append(self._numbered(line.undone.pop()))

    def labels(self, subject: Path) -> UndoLabels:
        """Return the labels of both."""
        last, following = self.last(subject), self.next(subject)
        return UndoLabels(last.label if last else None, following.label if following else None)

    def _numbered(self, step: UndoStep) -> UndoStep:
        return replace(step, number=next(self._numbers))
