"""Read and write the text of `recordings.json`; whoever edited it, every entry keeps its place.

An entry that cannot be used is told with its line and column, left out, and written back as it
stood: an index is hours of a person's reading, so nothing in it is thrown away.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any, Final, get_args

from serguide.base.errors import Problem, RecordingError
from serguide.recordings.recording import Recording, RecordingState

FORMAT: Final = 1
LARGEST: Final = 64_000_000
"""Bytes; two hundred thousand sentences."""

_FIELDS: Final = {each.name: each.type for each in fields(Recording)}
_NEEDED: Final = ("text", "language", "original", "start", "end", "clip")
_SPACE: Final = " \t\r\n"
_BACK: Final = "nothing was changed; mend it there, or bring back the file from a backup"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Hold an entry as it stands in the file, and what it means; None where that is not clear."""

    raw: Any
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class RecordingIndex:
    """Hold a whole index.

    entries: in order; problems: of entries that cannot be used, each with its place; extra: what
    else stands in the file, which is kept.
    """

    entries: tuple[IndexEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Return the readings that can be used, in the order in which they came."""
        return tuple(each.recording for each in self.entries if each.recording is not None)

    def with_added(self, new: Sequence[Recording]) -> RecordingIndex:
        """Return the index with readings at its end; one of the same stretch takes its place."""
        again = {each.same_reading() for each in new}
        kept = [
            each
            for each in self.entries
            if each.recording is None or each.recording.same_reading() not in again
        ]
        added = [IndexEntry(asdict(each), each) for each in new]
        return RecordingIndex((*kept, *added), self.problems, self.extra)

    def without(self, gone: Sequence[Recording]) -> RecordingIndex:
        """Return the index without some readings."""
        names = {each.same_reading() for each in gone}
        kept = [
            each
            for each in self.entries
            if each.recording is None or each.recording.same_reading() not in names
        ]
        return RecordingIndex(tuple(kept), self.problems, self.extra)


def index_bytes(index: RecordingIndex) -> bytes:
    """Return an index as a file's bytes: an entry a line or more, so that git shows changes."""
    whole = {"format": FORMAT, **index.extra, "recordings": [each.raw for each in index.entries]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def parse_index(data: bytes, name: str) -> RecordingIndex:
    """Return what a file's bytes say; name: its path, for problems.

    Raises RecordingError, with the place, for what is no index of ours.
    """
    if len(data) > LARGEST:
        raise _broken(name, 1, 1, "it is too large for an index of recordings")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise _broken(name, *_place(before, len(before)), "it is not UTF-8 text") from error
    whole = _loaded(text, name)
    if not isinstance(whole, dict) or "recordings" not in whole:
        raise _broken(name, 1, 1, "it is no index of recordings: it has no “recordings”")
    if whole.get("format") != FORMAT or isinstance(whole["format"], bool):
        found = json.dumps(whole.get("format"), ensure_ascii=False)[:40]
        raise _broken(
            name, 1, 1, f"its format is {found}, and this program reads format {FORMAT}",
            "a newer serguide may have written it: update serguide. Nothing was changed",
        )  # fmt: skip
    if not isinstance(whole["recordings"], list):
        raise _broken(name, 1, 1, "its “recordings” is no list")
    extra = {k: v for k, v in whole.items() if k not in ("format", "recordings")}
    entries, problems = [], []
    starts = list(_starts(text))
    for number, raw in enumerate(whole["recordings"]):
        found_entry = _recording(raw)
        if isinstance(found_entry, str):
            line, column = _place(text, starts[number] if number < len(starts) else 0)
            hint = "mend it by hand, or read the sentence again; it is left out until then"
            problems.append(Problem(name, line, column, "R001", found_entry, hint, "warning"))
            entries.append(IndexEntry(raw, None))
        else:
            entries.append(IndexEntry(raw, found_entry))
    return RecordingIndex(tuple(entries), tuple(problems), extra)


def _loaded(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = "it is empty" if not text.strip() else f"it is damaged here ({error.msg.lower()})"
        raise _broken(name, error.lineno, error.colno, what) from error
    except (RecursionError, ValueError) as error:
        raise _broken(name, 1, 1, "it is damaged: lists within lists without end") from error


def _broken(name: str, line: int, column: int, what: str, hint: str = _BACK) -> RecordingError:
    return RecordingError(f"{name}:{line}:{column}: {what}", hint)


def _recording(raw: Any) -> Recording | str:
    """Return the reading of an entry, or what is wrong with it."""
    if not isinstance(raw, dict):
        return "an entry is no object with names and values"
    missing = [name for name in _NEEDED if name not in raw]
    if missing:
        return f"an entry has no “{missing[0]}”"
    values: dict[str, Any] = {}
    for name in _FIELDS:
        if name not in raw:
            continue
        value = raw[name]
        wanted = (int, float) if name in ("start", "end") else (str,)
        if not isinstance(value, wanted) or isinstance(value, bool):
            return f"“{name}” is no {'number of seconds' if len(wanted) == 2 else 'text'}"
        values[name] = value
    return _sensible(values)


def _sensible(values: dict[str, Any]) -> Recording | str:
    start, end = values["start"], values["end"]
    if not (math.isfinite(start) and math.isfinite(end) and 0 <= start < end):
        return f"it would last from {start} to {end} seconds"
    if not values["text"].strip():
        return "“text” is empty"
    state = values.get("state", "good")
    if state not in get_args(RecordingState):
        return f"“state” is “{state}”, and may be good or doubtful"
    for name in ("original", "clip"):
        path = PurePosixPath(values[name].replace("\\", "/"))
        if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            return f"“{name}” leads out of the voice's folder"
        values[name] = str(path)
    return Recording(**{**values, "start": float(start), "end": float(end)})


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _starts(text: str) -> Iterator[int]:
    """Yield where each entry of `recordings` begins; text: JSON that was read without a fault."""
    decoder = json.JSONDecoder()
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if key == "recordings":
            at = _skip(text, at + 1)
            while text[at] != "]":
                yield at
                _, at = decoder.raw_decode(text, at)
                at = _skip(text, at)
                at = _skip(text, at + 1) if text[at] == "," else at
            return
        _, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at
