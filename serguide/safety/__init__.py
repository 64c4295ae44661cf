"""Safety check: rules on a resolved session, one function each.

`check_timeline` runs them all; `RULES` and `explain` tell what they are and why.
"""

from serguide.safety.manual import explain, known_codes, manual
from serguide.safety.report import CheckReport, Waived, check_timeline
from serguide.safety.rule import RULES
from serguide.safety.subject import CheckContext

__all__ = [
    "RULES",
    "CheckContext",
    "CheckReport",
    "Waived",
    "check_timeline",
    "explain",
    "known_codes",
    "manual",
]
