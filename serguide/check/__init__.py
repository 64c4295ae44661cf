"""The safety check: rules on what a session resolves to, one function each.

`check_timeline` runs them all; `RULES` and `explain` tell what they are and why.
"""

from serguide.check.manual import explain, known_codes, manual
from serguide.check.report import Report, Waived, check_timeline
from serguide.check.rule import RULES
from serguide.check.subject import Around

__all__ = [
    "RULES",
    "Around",
    "Report",
    "Waived",
    "check_timeline",
    "explain",
    "known_codes",
    "manual",
]
