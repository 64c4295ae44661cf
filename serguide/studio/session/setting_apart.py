"""Give a session a copy of its own of a part that other sessions draw in, too.

Whoever changes a part of one client's session is asked whether all sessions shall have the change.
“Only here” copies the part, and all that lead to it, for this session; the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from serguide.base.errors import UsageError
from serguide.studio.saving.library_files import TextChange
from serguide.studio.session.repointing import point_includes, point_session
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.session.session_scripts import included_by, leading_to, require_path
from serguide.studio.shelf.copying import copied, copies_if_saved
from serguide.studio.shelf.library_places import own_file
from serguide.studio.shelf.used_in import used_in
from serguide.studio.studio import Studio


def set_apart(studio: Studio, laid: LaidSession, part: str) -> str:
    """Have a session use a copy of a part that no other session uses; return the copy's name.

    laid: a session of the therapist's own. Undone as one step of the session. Raises UsageError,
    ScriptError, SerguideError; then no copy stays.
    """
    ways = leading_to(laid, part)
    if not ways:
        raise UsageError("This part is not in the session any more.", "Look once more.")
    with copies_if_saved():
        copies = apart_copies(studio, laid, ways)
        studio.files.save_all(pointing(studio, laid, copies), "apart", laid.path)
    return copies[part]


def apart_copies(studio: Studio, laid: LaidSession, ways: Iterable[str]) -> dict[str, str]:
    """Return scripts' names, each with that of a new copy where it is not this session's alone.

    What is ready made, or in another session as well, is copied.
    """
    session = laid.path.stem
    return {
        name: copied(studio, name)
        if own_file(studio, name) is None
        or any(user["name"] != session for user in used_in(studio, name))
        else name
        for name in ways
    }


def pointing(studio: Studio, laid: LaidSession, copies: Mapping[str, str]) -> list[TextChange]:
    """Return the changes by which copies take their originals' places, everywhere in a session.

    copies: by the originals' names, with all through which the session has them. The session's
    own change is the last, where there is one.
    """
    included = included_by(laid)
    anew = {name: copy for name, copy in copies.items() if name != copy}
    changes = []
    for name, copy in copies.items():
        inner = included[name] & anew.keys()
        if inner:
            path = require_path(own_file(studio, copy))
            read = studio.files.read(path)
            text = read.text
            for each in sorted(inner):
                text = point_includes(text, each, anew[each])
            changes.append(TextChange(path, text, read.version))
    read = studio.files.read(laid.path)
    text = read.text
    for name, copy in anew.items():
        text = point_session(text, name, copy)
    if text != read.text:
        changes.append(TextChange(laid.path, text, read.version))
    return changes
