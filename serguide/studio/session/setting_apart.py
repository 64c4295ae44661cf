"""Give a session a copy of its own of a part that other sessions draw in, too.

Whoever changes a part of one client's session is asked whether all sessions shall have the change.
“Only here” copies the part, and what leads to it, for this session; the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from serguide.base.errors import UsageError
from serguide.studio.saving.library_files import TextChange
from serguide.studio.session.repointing import point_includes, point_session
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.session.session_scripts import require_path, trail_to
from serguide.studio.shelf.copying import copied
from serguide.studio.shelf.library_places import own_file
from serguide.studio.shelf.used_in import used_in
from serguide.studio.studio import Studio


def set_apart(studio: Studio, laid: LaidSession, part: str) -> str:
    """Have a session use a copy of a part that no other session uses; return the copy's name.

    laid: a session of the therapist's own. Undone as one step of the session. Raises UsageError,
    ScriptError, SerguideError.
    """
    trail = trail_to(laid, part)
    if trail is None:
        raise UsageError("This part is not in the session any more.", "Look once more.")
    names = apart_names(studio, laid, trail)
    changes = pointing(studio, laid, trail, names)
    studio.files.save_all(changes, "apart", laid.path)
    return names[-1]


def apart_names(studio: Studio, laid: LaidSession, trail: Sequence[str]) -> list[str]:
    """Return the names that lead to a script, with a new copy of each that is not this session's.

    What is ready made, or in another session as well, is copied.
    """
    session = laid.path.stem
    return [
        copied(studio, name)
        if own_file(studio, name) is None
        or any(user["name"] != session for user in used_in(studio, name))
        else name
        for name in trail
    ]


def pointing(
    studio: Studio, laid: LaidSession, trail: Sequence[str], names: Sequence[str]
) -> list[TextChange]:
    """Return the changes that lead from a session to copies; trail, names: before and after.

    The session's own is the last, where there is one.
    """
    changes = []
    for name, old, new in zip(names, trail[1:], names[1:], strict=False):
        if old != new:
            path = require_path(own_file(studio, name))
            read = studio.files.read(path)
            changes.append(TextChange(path, point_includes(read.text, old, new), read.version))
    if names[0] != trail[0]:
        read = studio.files.read(laid.path)
        text = point_session(read.text, trail[0], names[0])
        changes.append(TextChange(laid.path, text, read.version))
    return changes
