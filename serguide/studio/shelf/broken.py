"""A file on the shelf that cannot be read: where it lies, and each thing that is wrong in it."""

from __future__ import annotations

from serguide.base.errors import ScriptError, SerguideError
from serguide.base.files.failures import explained
from serguide.studio.server.answers import problem_data
from serguide.studio.shelf.library_places import file_of
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.studio import Studio


def broken_file(studio: Studio, name: str) -> dict[str, object]:
    """Return a file's path and its problems, each with its line; none where it is mended.

    Raises UsageError for a name that is not on the shelf.
    """
    path = file_of(studio, name)
    problems: tuple[object, ...] = ()
    with explained(f"“{path.name}” cannot be read", SerguideError, "look at it in its folder"):
        try:
            known_source(path)
        except ScriptError as error:
            problems = tuple(problem_data(problem, studio.language) for problem in error.problems)
    return {"path": str(path), "problems": list(problems)}
