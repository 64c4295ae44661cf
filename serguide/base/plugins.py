"""Plug-ins: what installed packages bring under an entry-point group, loaded one by one.

A plug-in that cannot be loaded is remembered with the reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any


@dataclass(frozen=True, slots=True)
class BrokenPlugin:
    """Say which plug-in is left out, and why.

    group: the entry-point group; name: what it would have been called by; package: who brings
    it.
    """

    group: str
    name: str
    package: str
    reason: str

    def __str__(self) -> str:
        return f"`{self.name}` of the package {self.package}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Plugins:
    """Hold a group's plug-ins by name, and those that are left out."""

    found: dict[str, Any]
    broken: tuple[BrokenPlugin, ...]


@cache
def load_plugins(
    group: str, taken: Collection[str], check: Callable[[str, Any], str | None]
) -> Plugins:
    """Load a group's plug-ins, in the order of their names; those that fail are left out.

    taken: names that are the program's own; check: returns why an object is not what the group
    asks for, or None. Hashable arguments: the answer is remembered.
    """
    found: dict[str, Any] = {}
    broken = []
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        if entry.name in taken:
            reason: str | None = "the name is the program's own"
        elif entry.name in found:
            reason = "the name is taken by another package"
        else:
            try:
                loaded = entry.load()
                reason = check(entry.name, loaded)
            except Exception as error:  # somebody else's code, which must not stop ours
                reason = f"{type(error).__name__}: {error}"
        if reason is None:
            found[entry.name] = loaded
        else:
            package = entry.dist.name if entry.dist else entry.value
            broken.append(BrokenPlugin(group, entry.name, package, reason))
    return Plugins(found, tuple(broken))
