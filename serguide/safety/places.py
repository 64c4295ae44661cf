"""Find line and column of the words in a file that a finding is about."""

from __future__ import annotations

import re
from pathlib import Path

from serguide.base.errors import Problem
from serguide.base.hints import Hint, remedies_of
from serguide.base.normal_form import IGNORABLE, as_stored
from serguide.safety.rule import Finding, Rule

_BETWEEN = rf"(?:\s|\[[^\]]*\]|[.,;:…—–*~_]|{IGNORABLE})+"
"""What may stand between two words."""

_FARTHEST = 60
"""Lines of a cue that are looked through."""


class Places:
    """Find the line and column of words, reading each file that has a finding once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def hold(self, path: str, text: str) -> None:
        """Take a text for what stands in a file, such as a draft that is not saved yet."""
        self._lines[path] = text.splitlines()

    def problem(self, rule: Rule, finding: Finding) -> Problem:
        """Make a problem of a finding, at the words that it is about."""
        line, column = self.of(finding)
        better = finding.better or rule.better
        return Problem(
            path=finding.origin.path,
            line=line,
            column=column,
            code=rule.code,
            message=finding.message,
            hint=Hint(f"{rule.why} Better: {better}", *remedies_of(better)),
            severity=rule.severity,
        )

    def of(self, finding: Finding) -> tuple[int, int]:
        """Return line and column, from 1; the cue's own where the words are not in the file.

        They may be a client's value, or the language of a file that names none.
        """
        lines = self._read(finding.origin.path)
        first = finding.origin.line - 1
        if not 0 <= first < len(lines):
            return finding.origin.line, 1
        # Text in a file is folded, and a pause may stand inside: `Go back [2s] to the accident`.
        words = _BETWEEN.join(map(as_stored, finding.phrase.split()))
        text = "\n".join(lines[first : first + _FARTHEST if first else None])
        found = re.search(rf"(?<![^\W_]){words}(?![^\W_])", text) if words else None
        if found is None:
            indent = lines[first]
            return finding.origin.line, len(indent) - len(indent.lstrip()) + 1
        before = text[: found.start()]
        return finding.origin.line + before.count("\n"), found.start() - before.rfind("\n")

    def _read(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                self._lines[path] = Path(path).read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                self._lines[path] = []
        return self._lines[path]
