"""Copying what is ready made: a therapist changes a copy of their own, the original stays."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from serguide.base.errors import SerguideError
from serguide.base.files.atomic import write_atomically, write_new
from serguide.base.files.failures import explained
from serguide.script.reading import read_source
from serguide.script.variants import without_language
from serguide.studio.shelf.library_places import file_of, free_name, new_place, own_file
from serguide.studio.studio import Studio

_ONE_AT_A_TIME: Final = threading.Lock()
_MADE: ContextVar[list[tuple[Path, bytes]] | None] = ContextVar("_MADE", default=None)
"""New files and their bytes, while it is open whether they are wanted."""


@contextmanager
def copies_if_saved() -> Iterator[None]:
    """Remove the copies made within it again where it ends by an error; else they stay.

    A copy that somebody wrote into meanwhile stays, too.
    """
    made: list[tuple[Path, bytes]] = []
    outer = _MADE.set(made)
    try:
        yield
    except BaseException:
        for path, content in reversed(made):
            with contextlib.suppress(OSError):
                if path.read_bytes() == content:
                    path.unlink()
        raise
    finally:
        _MADE.reset(outer)


def own_copy(studio: Studio, name: str) -> str:
    """Return the name of the therapist's own file: what was asked for, or a new copy of it.

    A copy has a name of its own, so that nothing else which uses the original changes; its cover
    comes along. Raises UsageError for a name that is nowhere, ScriptError, SerguideError.
    """
    if own_file(studio, name) is not None:
        return name
    return copied(studio, name)


def copied(studio: Studio, name: str) -> str:
    """Copy a script or session into the therapist's own folder; return the copy's name."""
    path = file_of(studio, name)
    kind = getattr(read_source(path).model, "kind", "session")
    with explained("it cannot be read", SerguideError, "look at it in its folder"):
        content = path.read_bytes()
    private = kind == "session"  # it may be given a name
    return added(studio, kind, name, content, cover=cover_of(studio, name), private=private)


def added(
    studio: Studio,
    kind: str,
    title: str,
    content: bytes,
    *,
    cover: Path | None = None,
    private: bool = False,
) -> str:
    """Write a new file of the therapist's own; return its name, made of the title.

    cover: a drawing that goes along with it; private: nobody else may read the file. Raises
    SerguideError.
    """
    with _ONE_AT_A_TIME, explained("it cannot be saved", SerguideError, "choose another folder"):
        name = free_name(studio, title)
        path = new_place(studio, kind, name)
        if private:
            write_atomically(path, content, mode=0o600)
        else:
            write_new(path, content)
        made = _MADE.get()
        if made is not None:
            made.append((path, content))
        if cover is not None and path.parent != studio.library:
            art = studio.library / "imagery" / "art"
            art.mkdir(parents=True, exist_ok=True)
            target = art / f"{name}.svg"
            if not target.exists():
                drawing = cover.read_bytes()
                write_new(target, drawing)
                if made is not None:
                    made.append((target, drawing))
    return name


def cover_of(studio: Studio, name: str) -> Path | None:
    """Return the drawing of a script or session by its name, or None where it has none."""
    shelves = studio.shelves
    own = shelves.art(name)
    if own is not None or "-" not in name:
        return own
    return shelves.art(without_language(name, name.rpartition("-")[2]))
