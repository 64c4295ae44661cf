"""Rule and Finding, the `rule` decorator, and the dict that holds all rules.

`docs/adding.md` says how to add one, step by step. The code's letter says how bad it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from serguide.script.program import Origin

if TYPE_CHECKING:
    from serguide.safety.subject import Subject


@dataclass(frozen=True, slots=True)
class Finding:
    """Say where a rule is broken.

    phrase: the words in the file that it is about, so that their column can be found; track: the
    file of the step in which it happens, whose `allow` counts too; owed: the session around the
    script could still settle it; final: no `allow` settles it; better: what to write instead,
    where the rule's own words would not settle this.
    """

    message: str
    origin: Origin
    phrase: str = ""
    track: str = ""
    owed: bool = False
    final: bool = False
    better: str = ""


Check = Callable[["Subject"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one rule of the safety check.

    why: the reason behind it; better: what to write instead; waivable: an `allow` with a reason
    settles it.
    """

    code: str
    title: str
    why: str
    better: str
    waivable: bool
    check: Check

    @property
    def severity(self) -> Literal["error", "warning"]:
        """Return how bad breaking it is."""
        return "error" if self.code.startswith("E") else "warning"


RULES: dict[str, Rule] = {}
"""Every rule by its code; filled when `serguide.safety.rules` is imported."""


def rule(
    code: str, title: str, *, why: str, better: str, waivable: bool = True
) -> Callable[[Check], Check]:
    """Put a function into RULES."""

    def register(check: Check) -> Check:
        RULES[code] = Rule(code, title, why, better, waivable, check)
        return check

    return register
