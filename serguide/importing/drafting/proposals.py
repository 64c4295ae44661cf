"""Proposals for what the check misses in an imported script; nothing is put in by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from serguide.base.errors import Problem, ScriptError
from serguide.base.language import primary
from serguide.script.library import Libraries
from serguide.script.reading import read_source

_READY: Final = {
    "E101": ("an opening", "arriving-here"),
    "E102": ("the notice where not to listen", "before-we-begin"),
    "E116": ("the word before pictures", "before-the-pictures"),
    "E111": ("a way back", "coming-back"),
}
"""What the libraries have for what is asked for most."""


def proposals_for(
    problems: Iterable[Problem], languages: set[str], libraries: Libraries
) -> tuple[str, ...]:
    """Return what could be put into scripts of some languages against their problems."""
    codes = {problem.code for problem in problems}
    found = []
    for code, (what, name) in _READY.items():
        if code not in codes:
            continue
        spoken = _language(name, libraries)
        mine = {primary(language) for language in languages}
        if spoken in mine:
            found.append(f"{what} ({code}): `- include: {name}`")
        for other in sorted(mine - {spoken}):
            found.append(f"{what} ({code}): none is ready in “{other}”; write one of your own")
    if found:
        found.append(
            "a session's way back to the room: `ground: five-to-one`, unless it names another"
        )
    return tuple(found)


def _language(name: str, libraries: Libraries) -> str:
    """Return the language of a script in the libraries; empty when there is none to read."""
    path = libraries.find(name)
    try:
        return primary(read_source(path).model.language) if path is not None else ""
    except ScriptError:
        return ""
