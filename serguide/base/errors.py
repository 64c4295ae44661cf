"""Exception hierarchy and Problem records for everything that a person can mend.

    SerguideError            exit 1   something failed; the message says what to do next
    ├── UsageError           exit 2   the command was asked in a way that cannot be
    ├── ScriptError          exit 3   a script or session is wrong; carries every Problem
    ├── VoiceError           exit 4   a voice could not speak a cue
    │   └── NetworkError     exit 4   an online voice could not be reached, or answered badly
    ├── SoundError           exit 1   a sound file or soundscape cannot be used
    ├── StoreError           exit 1   the cache cannot be read or written
    ├── BundleError          exit 1   a bundle cannot be written or read
    ├── UnprintableError     exit 1   standard output does not take the answer (cli)
    ├── DocumentError        exit 1   a document cannot be imported
    ├── RecordingError       exit 1   a recorded voice's folder cannot be read or written
    └── Cancelled            exit 130 the work was cancelled, and nothing half-made is left

Each carries a message (what happened, one sentence) and a hint (the next step, as in
serguide.base.hints), and the exit code that the command line ends with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

__all__ = [
    "BundleError",
    "Cancelled",
    "DocumentError",
    "NetworkError",
    "Problem",
    "RecordingError",
    "ScriptError",
    "SerguideError",
    "SoundError",
    "StoreError",
    "UsageError",
    "VoiceError",
]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Say what is wrong in a file, where, and how to mend it.

    line and column count from 1; column counts characters. excerpt: the line as written, and a
    mark under the place, or empty.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    excerpt: str = ""

    def __str__(self) -> str:
        head = f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"
        below = [self.hint, *self.excerpt.splitlines()]
        return "\n".join([head, *(f"    {line}" for line in below if line)])


class SerguideError(Exception):
    """Something failed in a way that a person can act on."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.hint)

    def __str__(self) -> str:
        return f"{self.message}\n    {self.hint}" if self.hint else self.message


class UsageError(SerguideError):
    """The command or call was asked in a way that cannot be carried out."""

    exit_code = 2


class ScriptError(SerguideError):
    """One or more scripts or sessions are wrong; `problems` lists all that was found."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class VoiceError(SerguideError):
    """A voice could not speak, or spoke something that cannot be used.

    place: the file and line of the cue that it is about, when that is known.
    """

    exit_code = 4

    def __init__(self, message: str, hint: str = "", place: tuple[str, int] | None = None) -> None:
        super().__init__(message, hint)
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.hint, self.place)


class NetworkError(VoiceError):
    """An online voice could not be reached, refused, or answered with something else."""


class SoundError(SerguideError):
    """A sound file, soundscape or encoder cannot be used as asked."""


class StoreError(SerguideError):
    """The cache cannot be read or written."""


class BundleError(SerguideError):
    """A bundle cannot be written, or is not one."""


class DocumentError(SerguideError):
    """A document cannot be imported: it cannot be read, or holds nothing to speak."""


class RecordingError(SerguideError):
    """A recorded voice's folder, or a sound for it, cannot be read or written."""


class Cancelled(SerguideError):  # noqa: N818  (nothing went wrong: it was asked for)
    """The work was cancelled; nothing half-made is left."""

    exit_code = 130
