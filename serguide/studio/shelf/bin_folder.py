"""Bin of the shelf: what a therapist has thrown away lies in it until it is put back.

LIBRARY/.bin/                       0700; no other part of the program looks into it
  2026-11-22T06-30-12Z-1a2b3c4d/    0700; one thing that was thrown away, and when
    thrown.json                     name, title, kind, date, and where its files lay
    scripts/sessions/NAME.yaml      as it lay in the library; its cover beside it
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files.atomic import move_new, write_atomically
from serguide.base.files.failures import explained
from serguide.base.files.temporary import remove
from serguide.studio.shelf.library_places import own_file
from serguide.studio.shelf.source_cache import kind_of, known_source
from serguide.studio.shelf.used_in import needed_by
from serguide.studio.studio import Studio

BIN: Final = ".bin"
_NOTE: Final = "thrown.json"
_IDENT: Final = re.compile(r"[0-9TZ-]{20}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """Hold what lies in the bin; id: its folder; files: where they lay in the library, the first
    being the session or part itself; date: ISO 8601, in UTC."""

    id: str
    name: str
    title: str
    kind: str
    date: str
    files: tuple[str, ...]


def throw_away(studio: Studio, name: str) -> ThrownAway:
    """Move a session or part of the therapist's own into the bin, its own cover with it.

    Raises UsageError for what is not theirs, is drawn in somewhere, or is being handed over;
    SerguideError.
    """
    path = own_file(studio, name)
    if path is None:
        raise UsageError("only what is yours can go to the bin", "ready-made ones stay")
    _require_free(studio, name)
    if path.is_symlink():
        raise UsageError(
            "its file is a link, which the bin would break", "move it in the folder itself"
        )
    title, kind = _title_and_kind(path, name)
    files = [path, *_own_cover(studio, name)]
    now = datetime.now(UTC)
    ident = f"{now:%Y-%m-%dT%H-%M-%SZ}-{secrets.token_hex(4)}"
    places = tuple(each.relative_to(studio.library).as_posix() for each in files)
    thrown = ThrownAway(ident, name, title, kind, f"{now:%Y-%m-%dT%H:%M:%SZ}", places)
    with explained("it cannot be moved to the bin", SerguideError, "it is where it was"):
        folder = _bin_of(studio) / ident
        for closed in (folder.parent, folder):
            closed.mkdir(0o700, parents=True, exist_ok=True)
        note = json.dumps(asdict(thrown), ensure_ascii=False, indent=1)
        try:
            write_atomically(folder / _NOTE, note.encode(), mode=0o600)
            for place in reversed(places):  # the thing itself last: until then it is where it was
                _move(studio.library / place, folder / place)
        except OSError:
            _give_back(studio, folder, places)
            raise
    return thrown


def thrown_away(studio: Studio) -> list[ThrownAway]:
    """Return what lies in the bin, the newest first; nothing of one that cannot be looked into."""
    found = []
    with contextlib.suppress(SerguideError, OSError):
        for each in sorted(_bin_of(studio).iterdir(), reverse=True):
            with contextlib.suppress(SerguideError):
                found.append(_noted(studio, each.name))
    return found


def put_back(studio: Studio, ident: str) -> str:
    """Move something from the bin to where it lay; return its name.

    Raises UsageError where something else has its name by now, SerguideError.
    """
    thrown = _noted(studio, ident)
    folder = _bin_of(studio) / ident
    taken = UsageError(
        "something else has its place by now", "move that to the bin, then put this back"
    )
    with explained("it cannot be put back", SerguideError, "it still lies in the bin"):
        target = studio.library / thrown.files[0]
        if not all(_leads_into(studio.library / each, studio.library) for each in thrown.files):
            raise UsageError(
                "the folder that it lay in leads out of the library", "make it a folder again"
            )
        if target.exists() or own_file(studio, thrown.name) is not None:
            raise taken
        try:
            _move(folder / thrown.files[0], target)
        except FileExistsError:  # since it was looked for
            raise taken from None
        for place in thrown.files[1:]:
            if (folder / place).is_file():
                with contextlib.suppress(FileExistsError):
                    _move(folder / place, studio.library / place)
        _remove_emptied(folder)
    return thrown.name


def erase(studio: Studio, ident: str) -> ThrownAway:
    """Remove something from the bin for good; return what it was.

    Raises UsageError, SerguideError where some of it is still there.
    """
    thrown = _noted(studio, ident)
    folder = _bin_of(studio) / ident
    remove(folder)
    if os.path.lexists(folder):
        raise SerguideError("not all of it could be removed", f"close what uses it: {folder}")
    return thrown


def binned_texts(studio: Studio) -> Iterator[tuple[ThrownAway, str]]:
    """Yield what lies in the bin with its text; what cannot be read is left out."""
    for thrown in thrown_away(studio):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            path = _bin_of(studio) / thrown.id / thrown.files[0]
            yield thrown, path.read_text(encoding="utf-8")


def as_data(thrown: ThrownAway) -> dict[str, Any]:
    """Return it as a page is told of it."""
    return {key: value for key, value in asdict(thrown).items() if key != "files"}


def _require_free(studio: Studio, name: str) -> None:
    users = needed_by(studio, name)
    if users:
        shown = ", ".join(
            f"“{each['title']}”" + (f" ({each['for']})" if each["for"] else "") for each in users
        )
        raise UsageError(f"it is still in {shown}", "take it out there first")
    from serguide.studio.handover.records import Records

    under_way = ("waiting", "working")
    with contextlib.suppress(UsageError):
        records = Records(studio.library).all()
        if any(each.name == name and each.state in under_way for each in records):
            raise SerguideError("it is being handed over just now", "wait until that is done")


def _title_and_kind(path: Path, name: str) -> tuple[str, str]:
    """Return what a broken file says of itself, too: its name."""
    try:
        source = known_source(path)
    except (SerguideError, OSError):
        return name, "broken"
    return source.model.title, kind_of(source)


def _own_cover(studio: Studio, name: str) -> list[Path]:
    cover = studio.shelves.libraries[0].art.get(name)
    return [cover] if cover is not None and cover.is_relative_to(studio.library) else []


def _bin_of(studio: Studio) -> Path:
    folder = studio.library / BIN
    if folder.is_symlink():
        raise UsageError(f"“{folder}” leads out of the library", "make it a folder again")
    return folder


def _noted(studio: Studio, ident: str) -> ThrownAway:
    """Return what a folder of the bin says that it holds. Raises UsageError."""
    gone = UsageError("this is not in the bin any more", "look at the shelf once more")
    if not _IDENT.fullmatch(ident):
        raise gone
    folder = _bin_of(studio) / ident
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        texts = {key: str(note[key]) for key in ("name", "title", "kind", "date")}
        files = tuple(str(each) for each in note["files"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise gone from None
    if not files or not all(map(_stays_inside, files)) or not (folder / files[0]).is_file():
        raise gone
    if not all(_leads_into(folder / each, folder) for each in files):
        raise gone
    return ThrownAway(ident, files=files, **texts)


def _stays_inside(place: str) -> bool:
    path = PurePosixPath(place)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in place


def _leads_into(path: Path, folder: Path) -> bool:
    """Tell whether no link on its way leads a path out of a folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle; RuntimeError up to Python 3.12
        return False


def _give_back(studio: Studio, folder: Path, places: Sequence[str]) -> None:
    """Undo a move that failed; its note, which may say a name, does not stay behind."""
    with contextlib.suppress(OSError):
        for place in places:
            if (folder / place).exists():
                with contextlib.suppress(FileExistsError):
                    _move(folder / place, studio.library / place)
        _remove_emptied(folder)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(0o700, parents=True, exist_ok=True)
    move_new(source, target)


def _remove_emptied(folder: Path) -> None:
    """Remove what is left of an entry: its note and its empty folders."""
    with contextlib.suppress(OSError):
        (folder / _NOTE).unlink()
        for each in sorted(folder.rglob("*"), reverse=True):
            each.rmdir()
        folder.rmdir()
