"""Bookmark of the position in a bundle, kept on this machine and nowhere else.

    STATE/positions/KEY.json     {"position": samples}

KEY tells nothing of what was heard. STATE is $SERGUIDE_STATE, or serguide in the user's folder for
such things. What cannot be written is not kept, and nobody is troubled with it.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Final

import platformdirs

from serguide.base.files.atomic import write_atomically
from serguide.base.units import SAMPLERATE, Samples

STATE_VARIABLE: Final = "SERGUIDE_STATE"

LEAST: Final = 10 * SAMPLERATE
"""Samples from the beginning that are no place to come back to: they never replace one that is."""

_APART = 5 * SAMPLERATE
"""Samples between two places that are written while one listens."""


def default_folder() -> Path:
    """Return where places are kept."""
    named = os.environ.get(STATE_VARIABLE)
    state = Path(named) if named else Path(platformdirs.user_state_dir("serguide", appauthor=False))
    return state / "positions"


class Bookmark:
    """Keep a listener's place in one session."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._file = folder / f"{key}.json"
        self.position = self._read()
        """The place that was kept, in samples; 0: there is none."""

    def keep(self, position: int, *, passing: bool = False) -> None:
        """Keep a place; passing: only when it is well away from the one that was kept."""
        if position < LEAST or position == self.position:
            return
        if passing and abs(position - self.position) < _APART:
            return
        self.position = Samples(position)
        with contextlib.suppress(OSError):
            self._write(json.dumps({"position": position}))

    def forget(self) -> None:
        """Keep no place any more: all was heard."""
        self.position = Samples(0)
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _read(self) -> Samples:
        try:
            position = json.loads(self._file.read_bytes())["position"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return Samples(0)
        usable = isinstance(position, int) and position >= LEAST
        return Samples(position if usable else 0)

    def _write(self, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(self._file, text.encode("utf-8"), mode=0o600)
