"""Write a handout's file, and never over a file that serguide did not write.

The last line of a handout is a comment with the SHA-256 of all that stands before it. So a file
of somebody else, and one that a therapist went on writing in, are both told from ours.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from serguide.base.errors import UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.hints import Hint, Remedy

_MARK = re.compile(
    rb"(?P<body>.*)(?:<!--|%) serguide-handout sha256-(?P<digest>[0-9a-f]{64})(?: -->)?\r?\n?", re.S
)
_CANNOT = "The handout cannot be written to “{}”"
_OTHERWISE = "name a file in another folder"


def check_place(path: Path, *, force: bool = False) -> None:
    """Raise UsageError unless a handout may be written to `path`; force: over any file."""
    with explained(_CANNOT.format(path), UsageError, _OTHERWISE, Remedy("target", "FILE")):
        if path.is_dir():
            raise UsageError(
                f"“{path}” is a folder.", Hint("Name a file in it.", Remedy("target", "FILE"))
            )
        if not path.parent.is_dir():
            raise UsageError(
                f"There is no folder “{path.parent}”.",
                Hint("Make it, or name a file in another.", Remedy("target", "FILE")),
            )
        if force or not path.exists():
            return
        content = path.read_bytes()
    found = _MARK.fullmatch(content)
    if found is None:
        what = "is not a handout that serguide wrote"
    elif hashlib.sha256(found["body"]).hexdigest().encode() != found["digest"]:
        what = "was changed since serguide wrote it"
    else:
        return
    raise UsageError(
        f"“{path}” {what}; it is left as it is.",
        Hint("Name another file, or have it replaced.", Remedy("target", "FILE"), Remedy("force")),
    )


def write_own(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a handout, HTML or PDF, with its mark behind it. Raises UsageError."""
    check_place(path, force=force)
    digest = hashlib.sha256(content).hexdigest()
    before, after = ("%", "") if content.startswith(b"%PDF") else ("<!--", " -->")
    mark = f"{before} serguide-handout sha256-{digest}{after}\n"
    with explained(_CANNOT.format(path), UsageError, _OTHERWISE, Remedy("target", "FILE")):
        write_atomically(path, content + mark.encode())
