"""Changes in the scripts of a session: a sentence worded anew, a pace, a finding that is kept.

A ready-made script is copied to the therapist's own library first; what draws it in, a script
that includes it or the session, then names the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from serguide.base.errors import UsageError
from serguide.safety.rule import RULES
from serguide.studio.saving.library_files import TextChange
from serguide.studio.session.session_changes import allowed
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.session.session_scripts import leading_to, require_path
from serguide.studio.session.setting_apart import apart_copies, pointing
from serguide.studio.session.source_sentence import replace_sentence, spoken_at
from serguide.studio.shelf.copying import own_copy
from serguide.studio.shelf.library_places import own_file
from serguide.studio.studio import Studio

KINDS = frozenset(["wording", "keep"])
"""Changes that are made here: `{"kind": "wording", "file", "line", "column", "text"}`, and
`{"kind": "keep", "file", "code", "reason"}`; both with `"only_here": true` in a copy for this
session."""


def script_changes(
    studio: Studio, laid: LaidSession, change: Mapping[str, Any]
) -> list[TextChange]:
    """Return the files that a change alters, the session's last, if it does.

    Raises UsageError. To be used in copies_if_saved(), with the saving.
    """
    file = str(change.get("file", ""))
    if file == laid.path.stem:
        read = studio.files.read(laid.path)
        return [TextChange(laid.path, _keep(read.text, change), read.version)]
    ways = leading_to(laid, file)
    if not ways:
        raise UsageError("This sentence is not in the session any more.", "Look once more.")
    original = studio.files.read(_found(laid, file)).text
    apart = change.get("only_here") is True
    copies = (
        apart_copies(studio, laid, ways)
        if apart
        else {name: own_copy(studio, name) for name in ways}
    )
    path = require_path(own_file(studio, copies[file]))
    read = studio.files.read(path)
    worded = TextChange(path, _worded(original, read.text, change), read.version)
    return [worded, *pointing(studio, laid, copies)]


def _worded(original: str, text: str, change: Mapping[str, Any]) -> str:
    if change.get("kind") == "keep":
        return _keep(text, change)
    line, column = change.get("line"), change.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        raise UsageError("This change is not understood.", "Load the page again.")
    spoken_at(original, line, column)
    return replace_sentence(
        text, _same_line(original, text, line), column, str(change.get("text", ""))
    )


def _keep(text: str, change: Mapping[str, Any]) -> str:
    code = str(change.get("code", ""))
    rule = RULES.get(code)
    if change.get("kind") != "keep" or rule is None:
        raise UsageError("This change is not understood.", "Load the page again.")
    if not rule.waivable:
        raise UsageError(
            "This protects life and limb, and no reason settles it.", "Word it differently."
        )
    return allowed(text, code, str(change.get("reason", "")))


def _found(laid: LaidSession, name: str) -> Path:
    return require_path(laid.libraries.find(name))


def _same_line(original: str, text: str, line: int) -> int:
    """Return where a line of a script stands in its copy, whose head may differ; from 1."""
    lines = original.splitlines()
    if not 1 <= line <= len(lines):
        return line
    same = [number for number, each in enumerate(text.splitlines(), 1) if each == lines[line - 1]]
    return min(same, key=lambda number: abs(number - line), default=line)
