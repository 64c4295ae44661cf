"""Preferences of the studio: language, face, the therapist's name, what was given last."""

from __future__ import annotations

import json
import locale
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import platformdirs

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.language import primary
from serguide.base.printable import require_text

LANGUAGES: Final = ("en", "de", "cs", "sk")
"""What the interface speaks."""

FACES: Final = ("system", "light", "dark")

SOUNDS: Final = ("m4b", "mp3")

LONGEST_NAME: Final = 120
"""Characters of a therapist's or client's name."""

_FILE = "preferences.json"


def studio_folder() -> Path:
    """Return the folder for what outlives a studio, below $SERGUIDE_STATE or the user's own."""
    named = os.environ.get("SERGUIDE_STATE")
    state = Path(named) if named else Path(platformdirs.user_state_dir("serguide", appauthor=False))
    return state / "studio"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Hold what a therapist has set.

    face: light, dark, or as the system has it; sound: the kind of sound file that was given last.
    """

    language: str = "en"
    face: Literal["system", "light", "dark"] = "system"
    therapist: str = ""
    sound: Literal["m4b", "mp3"] = "m4b"

    @classmethod
    def read(cls, folder: Path) -> Preferences:
        """Return what is kept in a folder; what is missing or damaged is as at the first start."""
        first = cls(language=_language_here())
        try:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            return first.changed(kept)
        except (OSError, ValueError, SerguideError):
            return first

    def changed(self, wanted: Mapping[str, Any]) -> Preferences:
        """Return these with other settings. Raises UsageError for one that cannot be."""
        if not isinstance(wanted, dict) or set(wanted) - set(self.as_data()):
            raise UsageError("these are no settings of the studio", "load the page again")
        for key, value in wanted.items():
            if not isinstance(value, str) or value not in _CHOICES.get(key, (value,)):
                raise UsageError(f"the {key} cannot be that", "choose another")
        new = replace(self, **wanted)
        name = " ".join(new.therapist.split())
        require_text("the therapist's name", name)
        if len(name) > LONGEST_NAME:
            raise UsageError(f"a name has at most {LONGEST_NAME} characters", "shorten it a little")
        return replace(new, therapist=name)

    def as_data(self) -> dict[str, str]:
        """Return the settings as plain data."""
        return asdict(self)

    def keep(self, folder: Path) -> None:
        """Write them, readable by nobody else. Raises SerguideError."""
        with explained("the settings cannot be kept", SerguideError, "free the disk"):
            folder.mkdir(0o700, parents=True, exist_ok=True)
            write_atomically(folder / _FILE, json.dumps(self.as_data()).encode(), mode=0o600)


_CHOICES: Final = {"language": LANGUAGES, "face": FACES, "sound": SOUNDS}


def _language_here() -> str:
    """Return the language of this machine where the interface speaks it, else English."""
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    here = next(filter(None, named), None) or locale.getlocale()[0] or ""
    tongue = primary(here.partition(".")[0] or "en")
    return tongue if tongue in LANGUAGES else "en"
