"""Forget a person: records, files, and what the cache holds of names; tell what was removed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from serguide.base.errors import UsageError
from serguide.base.files.failures import explained
from serguide.base.files.temporary import remove
from serguide.script.library import Library
from serguide.studio.handover.handover_queue import HandoverQueue
from serguide.studio.handover.previews import Previews
from serguide.studio.shelf.bin_folder import binned_texts
from serguide.studio.studio import Studio


def forget_person(
    studio: Studio, queue: HandoverQueue, previews: Previews, person: str
) -> dict[str, Any]:
    """Remove all that was handed over to somebody, and return what that was.

    What is made for them is ended first, and no preview of theirs answers any more. The cache
    does not say whose name a clip holds: all that holds any client's is removed, and is made again
    when it is next needed. `left`: sessions whose words still say the name; `left_in_bin`: titles
    of what lies in the bin and says it. Raises UsageError, StoreError.
    """
    theirs = [each for each in queue.records.all() if each.person == person]
    if not theirs:
        raise UsageError("nothing is kept of this person", "load the page again")
    for each in theirs:
        queue.cancel(each.id)
    if not all(queue.wait_for(each.id) for each in theirs):
        raise UsageError(
            "what is being made for this person has not ended yet; nothing was removed",
            "wait a moment, then try again",
        )
    removed: list[dict[str, Any]] = []
    for each in theirs:
        folder = queue.records.folder / each.id
        files, size = _what_lies_in(folder)
        with explained("what was made cannot be removed", UsageError, "close what uses it"):
            remove(folder)
        removed.append({"title": each.title, "done": each.done, "files": files, "bytes": size})
    queue.records.remove({each.id for each in theirs})
    previews.forget({each.who for each in theirs}, {each.id for each in theirs})
    kept = studio.store.clear_private()
    return {
        "removed": removed,
        "sound": {"entries": kept.entries, "bytes": kept.bytes},
        "left": _still_named(studio, theirs[0].who),
        "left_in_bin": _named_in_bin(studio, theirs[0].who),
    }


def _what_lies_in(folder: Path) -> tuple[list[str], int]:
    """Return the names of what was given, and the bytes of all that lies in a folder."""
    given = folder / "files"
    names = sorted(path.name for path in given.iterdir()) if given.is_dir() else []
    return names, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _still_named(studio: Studio, who: str) -> list[str]:
    """Return the names of the therapist's own files that say a name."""
    if not who or not studio.library.is_dir():
        return []
    said = _saying(who)
    found = []
    for kind, name, path in Library(studio.library).meanings():
        try:
            if kind == "script" and said.search(path.read_text(encoding="utf-8")):
                found.append(name)
        except (OSError, UnicodeDecodeError):
            continue
    return sorted(set(found))


def _named_in_bin(studio: Studio, who: str) -> list[str]:
    """Return the titles of what was thrown away and says a name."""
    if not who:
        return []
    said = _saying(who)
    return sorted(thrown.title for thrown, text in binned_texts(studio) if said.search(text))


def _saying(who: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(who)}(?!\w)", re.I)
