"""Records of what was handed over to whom, and of what is still to be made; the user's alone.

LIBRARY/handed-over/       0700
  records.json             0600: who, which session, ways, date, files
  ID/bundle/               as the client hears it
  ID/files/                what is given; no name in it leads to a client
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from serguide.base.errors import UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.files.locks import sole
from serguide.cache.private import SECRET, closed_folder
from serguide.studio.handover.handover_ways import Ways, ways_from

if TYPE_CHECKING:
    from serguide.studio.studio import Studio

FOLDER: Final = "handed-over"

HandoverState = Literal["waiting", "working", "done", "failed", "cancelled"]

_FILE: Final = "records.json"
_PATIENCE: Final = 10.0  # seconds that another program may take to write
_LARGEST: Final = 50_000_000  # bytes of a file of ours
_HERE: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Handover:
    """Hold one handing over: what was asked for, how far it is, what came of it.

    id: random, also its folder's name; person: random, the same for all that a client was given;
    who: the client, or empty; name, title: of the session; minutes: its length; files: names in
    `files/`, with bytes; address: of the website's page; problem: why it failed.
    """

    id: str
    person: str
    who: str
    name: str
    title: str
    minutes: int
    asked: str
    ways: Ways = field(default_factory=Ways)
    state: HandoverState = "waiting"
    done: str = ""
    files: tuple[tuple[str, int], ...] = ()
    address: str = ""
    problem: tuple[str, str] = ("", "")
    voice: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


class Records:
    """Keep handings over in a library's folder; each change is whole, or not at all."""

    def __init__(self, library: Path) -> None:
        """Take a library; nothing is read or made yet."""
        self.folder = library / FOLDER
        self._known: tuple[object, tuple[Handover, ...]] = (None, ())

    def all(self) -> tuple[Handover, ...]:
        """Return them as they are now, oldest first. Raises UsageError for a file that is none.

        The file is read where it is another than it was: fifty pages may ask four times a second.
        """
        path = self.folder / _FILE
        with explained("what was handed over cannot be read", UsageError, "look at the folder"):
            try:
                state = path.stat()
                # Each change puts a new file in the place.
                stamp = (state.st_ino, state.st_mtime_ns, state.st_size)
                before, known = self._known
                if stamp == before:
                    return known
                text = path.read_bytes()[: _LARGEST + 1]
            except FileNotFoundError:
                return ()
        try:
            found = tuple(_read(row) for row in json.loads(text)["handovers"])
            self._known = (stamp, found)
            return found
        except (ValueError, TypeError, KeyError, RecursionError, UsageError):
            raise UsageError(
                f"“{path}” is not as it was written, and is left as it is",
                "move it elsewhere; then a new one is begun",
            ) from None

    def find(self, ident: str) -> Handover:
        """Return one. Raises UsageError for one that is not there."""
        for each in self.all():
            if each.id == ident:
                return each
        raise UsageError("this is not among what was handed over", "load the page again")

    def add(
        self, who: str, name: str, title: str, minutes: int, ways: Ways, voice: str = ""
    ) -> Handover:
        """Add one that waits, on the disk when this returns."""
        made: list[Handover] = []

        def change(old: tuple[Handover, ...]) -> tuple[Handover, ...]:
            same = [each.person for each in old if who and each.who.casefold() == who.casefold()]
            person = same[-1] if same else secrets.token_hex(8)
            fresh = Handover(
                secrets.token_hex(8), person, who, name, title, minutes, now(), ways, voice=voice
            )
            made.append(fresh)
            return (*old, fresh)

        self._change(change)
        return made[-1]

    def update(self, ident: str, **changed: Any) -> Handover | None:
        """Change fields of one; None when it was forgotten meanwhile."""
        found: list[Handover] = []

        def change(old: tuple[Handover, ...]) -> tuple[Handover, ...]:
            new = tuple(replace(each, **changed) if each.id == ident else each for each in old)
            found.extend(each for each in new if each.id == ident)
            return new

        self._change(change)
        return found[-1] if found else None

    def remove(self, idents: set[str]) -> None:
        """Take some out."""
        self._change(lambda old: tuple(each for each in old if each.id not in idents))

    def place(self, ident: str) -> Path:
        """Return the folder of one, made where it is missing, closed to others."""
        with explained("the folder cannot be made", UsageError, "free the disk"):
            closed_folder(self.folder)
            closed_folder(self.folder / ident)
        return self.folder / ident

    def _change(self, change: Callable[[tuple[Handover, ...]], tuple[Handover, ...]]) -> None:
        problem = "what is handed over cannot be written down"
        with _HERE, explained(problem, UsageError, "free the disk"):
            closed_folder(self.folder)
            path = self.folder / _FILE
            with sole(path.with_name(f".{_FILE}.lock"), _PATIENCE):
                rows = [each.as_data() for each in change(self.all())]
                text = json.dumps({"format": 1, "handovers": rows}, ensure_ascii=False, indent=1)
                write_atomically(path, text.encode(), mode=SECRET)


def handed_over(studio: Studio) -> list[dict[str, Any]]:
    """Return what was handed over, newest first, for the shelf."""
    done = [each for each in Records(studio.library).all() if each.state == "done"]
    return [
        {
            "id": each.id,
            "person": each.person,
            "who": each.who,
            "name": each.name,
            "title": each.title,
            "minutes": each.minutes,
            "date": each.done,
        }
        for each in reversed(done)
    ]


def now() -> str:
    """Return the time as records have it: ISO 8601, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(row: Any) -> Handover:
    known = {each.name for each in fields(Handover)}
    kept = {key: value for key, value in row.items() if key in known}
    kept["ways"] = ways_from(row.get("ways"))
    kept["files"] = tuple((str(name), int(size)) for name, size in row.get("files", ()))
    kept["problem"] = tuple(row.get("problem", ("", "")))
    if not all(c in "0123456789abcdef" for c in row["id"] + row["person"]) or not row["id"]:
        raise ValueError("no id of ours")
    return Handover(**kept)
