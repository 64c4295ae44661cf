"""Style and scripts as a page holds them: joined into one text each, without comments."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from serguide.bundle.page.joiner import joined

STYLES = (
    "palette",
    "base",
    "session",
    "buttons",
    "feeling",
    "playing",
    "scene",
    "room",
    "forms",
    "night",
    "lists",
    "tray",
    "screens",
)
"""Files of `static/style/`, in order: of two rules of one weight, the later one counts."""

LOCK_STYLES = ("palette", "base", "buttons")
"""Files of `static/style/` that a sealed page shares with the player."""

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.M | re.S)
"""A comment that has its lines for itself; all comments in `static/` have."""


@cache
def page_style() -> str:
    """Return the page's style."""
    return "".join(without_comments(shipped(f"style/{name}.css")) for name in STYLES)


@cache
def page_script() -> str:
    """Return the page's script: one module."""
    return _script("main")


@cache
def balance_script() -> str:
    """Return the script that stands beside a page's own where voice and bed are apart.

    One of its own, so that the other pages stay as they are.
    """
    return _script("balanced")


@cache
def lock_style() -> str:
    """Return the style of a sealed page before it is opened."""
    names = (*(f"style/{name}.css" for name in LOCK_STYLES), "lock.css")
    return "".join(without_comments(shipped(name)) for name in names)


@cache
def lock_script() -> str:
    """Return the script of a sealed page: no module, since it runs before the envelope is read."""
    return f'(() => {{\n"use strict";\n{_script("lock")}\n}})();'


def _script(main: str) -> str:
    folder = resources.files("serguide.bundle.page") / "static"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".js"))
    modules = {name.removesuffix(".js"): without_comments(shipped(name)) for name in names}
    return joined(modules, main)


def without_comments(text: str) -> str:
    """Return a script or style without the comments that have lines for themselves.

    What they tell, types most of all, is for who changes the source. Raises ValueError where a
    template literal goes over several lines: one of these could look like a comment.
    """
    text = _COMMENT.sub("", text).lstrip("\n")
    for line in text.splitlines():
        if line.count("`") % 2:
            raise ValueError(f"a template literal may not go over several lines: {line}")
    return re.sub(r"\n{3,}", "\n\n", text)


def shipped(name: str) -> str:
    """Return a text file of the page's own folder."""
    return (resources.files("serguide.bundle.page") / "static" / name).read_text(encoding="utf-8")
