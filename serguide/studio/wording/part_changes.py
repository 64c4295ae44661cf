"""Changes of a part: saved at once, in a copy where it is ready made, over nobody else's work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from serguide.base.errors import UsageError
from serguide.studio.saving.library_files import ChangedOutsideError, ReadText
from serguide.studio.shelf.copying import copies_if_saved, own_copy
from serguide.studio.shelf.library_places import file_of
from serguide.studio.studio import Studio
from serguide.studio.wording.block_writing import write_blocks
from serguide.studio.wording.cue_lines import read_cues
from serguide.studio.wording.head_entries import with_entry
from serguide.studio.wording.word_blocks import WordBlock

_MOST = 20_000  # blocks of one part
_BLOCKS: TypeAdapter[tuple[WordBlock, ...]] = TypeAdapter(tuple[WordBlock, ...])
_LABEL = "words"


def blocks_from(data: Any) -> tuple[WordBlock, ...]:
    """Return the blocks that a page sends. Raises UsageError for what are none."""
    if not isinstance(data, list) or len(data) > _MOST:
        raise UsageError("the request lacks its words", "load the page again")
    try:
        return _BLOCKS.validate_python(data)
    except ValidationError:
        raise UsageError(
            "Something on this page could not be read.",
            "Load the page again; what is saved is safe.",
        ) from None


def save_blocks(
    studio: Studio,
    name: str,
    version: str,
    blocks: tuple[WordBlock, ...],
    base: str | None = None,
    burst: str = "",
) -> dict[str, Any]:
    """Save a part's blocks; base: the text that they were read from.

    base is None where that is what the file holds; burst: of typing, taken back at once. Raises
    ChangedOutsideError where the file is of another version, NotSavedError, UsageError.
    """
    path, read = _current(studio, name, version)
    file = read_cues(read.text if base is None else base, str(path))
    written = write_blocks(file, blocks)
    saved = _saved(studio, name, read, written.text, burst=burst)
    return {**saved, "cues": written.cues}


def save_text(
    studio: Studio, name: str, version: str, text: str, burst: str = ""
) -> dict[str, Any]:
    """Save a part's file as it was typed, right or wrong; as save_blocks()."""
    _, read = _current(studio, name, version)
    return _saved(studio, name, read, text, burst=burst)


def keep_mine(studio: Studio, name: str, version: str, code: str, reason: str) -> dict[str, Any]:
    """Write a reason under `allow:`, which settles a finding. Raises as save_blocks()."""
    from serguide.safety import RULES

    rule = RULES.get(code)
    if rule is None or not rule.waivable:
        raise UsageError(
            "No reason settles this: it protects whoever listens alone.", "Use another wording."
        )
    if not reason.strip():
        raise UsageError("A reason is missing.", "Write a few words: why is it right here?")
    _, read = _current(studio, name, version)
    return _saved(
        studio, name, read, with_entry(read.text, "allow", code, " ".join(reason.split()))
    )


def draft_of(base: str, blocks: tuple[WordBlock, ...]) -> str:
    """Return the text that blocks would give, to be shown beside another."""
    return write_blocks(read_cues(base), blocks).text


def step_back(studio: Studio, name: str, *, again: bool = False) -> str | None:
    """Take the last change of a part back, or do it again; return what it was."""
    path = file_of(studio, name)
    return studio.files.redo(path) if again else studio.files.undo(path)


def _current(studio: Studio, name: str, version: str) -> tuple[Path, ReadText]:
    path = file_of(studio, name)
    read = studio.files.read(path)
    if read.version != version:
        raise ChangedOutsideError(path, read)
    return path, read


def _saved(
    studio: Studio, name: str, read: ReadText, text: str, *, burst: str = ""
) -> dict[str, Any]:
    if text != read.text:
        with copies_if_saved():
            name = own_copy(studio, name)
            path = file_of(studio, name)
            version = studio.files.save(path, text, read.version, _LABEL, burst)
    else:
        path, version = file_of(studio, name), read.version
    labels = studio.files.labels(path)
    return {
        "name": name,
        "version": version,
        "text": text,
        "undo": labels.undo,
        "redo": labels.redo,
    }
