"""Follow a part of a session to the copy that it became."""

from __future__ import annotations

from serguide.base.errors import SerguideError
from serguide.studio.session.repointing import point_session
from serguide.studio.shelf.copying import copies_if_saved, own_copy
from serguide.studio.shelf.library_places import file_of
from serguide.studio.studio import Studio


def follow_copy(studio: Studio, session: str, old: str, new: str) -> str:
    """Point a session from a part to its copy; return the session's name.

    A ready-made session becomes the therapist's own for that. One that does not draw the part in
    by itself, or that cannot be changed just now, stays as it is.
    """
    try:
        text = studio.files.read(file_of(studio, session)).text
        if point_session(text, old, new) == text:
            return session
        with copies_if_saved():
            own = own_copy(studio, session)
            path = file_of(studio, own)
            read = studio.files.read(path)
            studio.files.save(path, point_session(read.text, old, new), read.version, "words")
    except SerguideError:
        return session
    return own
