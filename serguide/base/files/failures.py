"""Word what a disk refuses: one wording for full disks and for missing permissions."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from serguide.base.errors import SerguideError
from serguide.base.hints import Hint, Remedy

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def is_full(error: OSError) -> bool:
    """Say whether there was no room."""
    return error.errno in _FULL


def reason_of(error: OSError | ValueError) -> str:
    """Return what the system said; also for a path that it cannot even ask for."""
    return getattr(error, "strerror", None) or str(error)


def next_step(error: OSError, otherwise: str, *remedies: Remedy) -> Hint:
    """Return what to do: `Make room on the disk, or OTHERWISE.`; remedies: what that names."""
    if error.errno in _FULL:
        first = "Make room on the disk"
    elif error.errno in _CLOSED:
        first = "Make the folder writable"
    else:
        first = "See that the folder is there and its disk is well"
    return Hint(f"{first}, or {otherwise}.", *remedies)


@contextlib.contextmanager
def explained(
    what: str, raising: type[SerguideError], otherwise: str, *remedies: Remedy
) -> Iterator[None]:
    """Turn an OSError of a block into one of ours.

    what: what cannot be done, a sentence without its stop; raising: its class; otherwise,
    remedies: as in next_step().
    """
    try:
        yield
    except OSError as error:
        hint = next_step(error, otherwise, *remedies)
        raise raising(f"{what}: {reason_of(error)}.", hint) from error
