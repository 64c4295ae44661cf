"""Cache of expanded scripts: a script that recurs is read and expanded once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path

from serguide.script.program import Item
from serguide.script.reading import ScriptSource, ScriptSources


@dataclass(slots=True)
class Expansion:
    """Hold what one script came to.

    used: the files that it includes; placeholders: those that stand in it; sounds: how many
    sentences, silences and breaths; includes: how many were opened.
    """

    items: tuple[Item, ...] = ()
    used: dict[Path, ScriptSource] = field(default_factory=dict)
    placeholders: set[str] = field(default_factory=set)
    sounds: int = 0
    includes: int = 0


class ExpansionCache:
    """Keep the sources of files, and the expansions of scripts in which nothing is wrong."""

    def __init__(self) -> None:
        self.sources = ScriptSources()
        self._kept: dict[Hashable, Expansion] = {}

    def get(self, key: Hashable) -> Expansion | None:
        """Return the expansion of a key, which names all that it depends on, or None."""
        return self._kept.get(key)

    def keep(self, key: Hashable, expansion: Expansion) -> None:
        """Remember an expansion under its key."""
        self._kept[key] = expansion
