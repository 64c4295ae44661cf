"""Studio: the state that all its screens share."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from serguide.render.request import RenderRequest
from serguide.script.library import Libraries, Library, builtin_library
from serguide.studio.preferences import Preferences, studio_folder
from serguide.studio.saving.library_files import LibraryFiles
from serguide.studio.server.entry_codes import EntryCodes

if TYPE_CHECKING:
    from serguide.cache.store import Store


def _nothing() -> None:
    """Stand for an end that nobody asked to hear of."""


@dataclass(eq=False)
class Studio:
    """Hold the libraries, the store, the preferences and the token of one running studio.

    library: the therapist's own folder, which may not be there yet; further: other folders, looked
    through after it; port: the one that is served on; state: where the studio keeps what outlives
    it, closed to others; end: called when the therapist closes the studio; files: reads and saves
    the libraries' files, with a way back; codes: let browsers in.
    """

    library: Path
    store: Store
    further: tuple[Path, ...] = ()
    port: int = 0
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    state: Path = field(default_factory=studio_folder)
    end: Callable[[], None] = _nothing
    files: LibraryFiles = field(default_factory=LibraryFiles)
    codes: EntryCodes = field(default_factory=EntryCodes, repr=False)

    def __post_init__(self) -> None:
        self.preferences = Preferences.read(self.state)
        self._endings: list[Callable[[], object]] = []

    @property
    def language(self) -> str:
        """Return the language of the interface: en, de, cs or sk."""
        return self.preferences.language

    @property
    def libraries(self) -> tuple[Path, ...]:
        """Return the folders that are there, the therapist's own first, as requests want them."""
        return tuple(folder for folder in (self.library, *self.further) if folder.is_dir())

    @cached_property
    def _builtin(self) -> Library:
        return builtin_library()

    @property
    def shelves(self) -> Libraries:
        """Return the libraries to look names up in, the built-in one last."""
        known = self.__dict__.setdefault("_opened", {})
        own = [known.setdefault(folder, Library(folder)) for folder in self.libraries]
        return Libraries([*own, self._builtin])

    @property
    def address(self) -> str:
        """Return the address of the shelf, without the token."""
        return f"http://127.0.0.1:{self.port}/"

    def request(self, name: str, **options: Any) -> RenderRequest:
        """Return a render request in these libraries, in the therapist's care.

        options: fields of RenderRequest.
        """
        options.setdefault("supervised_by", self.preferences.therapist)
        return RenderRequest(name, libraries=self.libraries, **options)

    def keep_preferences(self, wanted: Mapping[str, Any]) -> None:
        """Change preferences, and keep them. Raises UsageError, SerguideError."""
        changed = self.preferences.changed(wanted)
        changed.keep(self.state)
        self.preferences = changed

    def at_end(self, ending: Callable[[], object]) -> None:
        """Have something called when the studio ends, such as what stops its work in threads."""
        self._endings.append(ending)

    def close(self) -> None:
        """Call all that waits for the end, the newest first; one that fails stops none."""
        while self._endings:
            with contextlib.suppress(Exception):
                self._endings.pop()()
