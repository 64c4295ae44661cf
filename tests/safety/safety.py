"""Check scripts and sessions that a test writes, without a cache, on a fixed day."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

from serguide.safety.checker import Checker
from serguide.safety.report import CheckReport
from serguide.script.library import open_libraries

TODAY = date(2026, 11, 21)

OPENING = """\
  - say: This is a quiet track of a few minutes. You can sit or lie, and stop at any time.
    beats: [orient, posture, permission]
  - say: Please, not while driving or using machines.
    beats: [safety]
"""
CAUTION = """\
  - say: If you are pregnant, or have a heart condition, leave this part out.
    beats: [caution, skip]
"""
BREATH = """\
  - breathe: {in: 4s, out: 6s, cycles: 4, guide: tone}
"""
IMAGE = """\
  - say: There is a porch, and a river some way off.
    beats: [image]
"""
OUT = """\
  - say: And now the breath can go as it likes.
    beats: [breath, permission]
    pace: 0.9
"""
CLOSING = """\
  - say: It is time to come back to the room, and to hear a sound close by.
    beats: [return, sound]
    pace: 0.9
  - pause: 18s
  - say: Your feet could press down, and the fingers might move.
    beats: [movement, contact]
  - pause: 18s
  - say: You might look round, and find the door.
    beats: [sight, outward]
  - pause: 18s
  - say: You are here, and it is now.
    beats: [ground, close]
"""
GROUND = "title: Back\nkind: grounding\ncues:\n  - say: You are here.\n"


def script(*cues: str, head: str = "", kind: str = "breathing") -> str:
    """A script of some cues; whole and safe when made of the parts above."""
    return f"title: A track\nkind: {kind}\n{head}cues:\n{''.join(cues)}"


def safe(body: str, kind: str = "imagery", head: str = "") -> str:
    """A script that is safe around what is tried."""
    return script(OPENING, CAUTION, textwrap.indent(textwrap.dedent(body), "  "), OUT, CLOSING,
                  head=head, kind=kind)  # fmt: skip


def checked(
    path: Path, today: date = TODAY, locale: str | None = "en-US", library: Path | None = None
) -> CheckReport:
    """Check one file; a ground track is written beside it if there is none."""
    ground = path.with_name("five-to-one.yaml")
    if path.parent.name != "sessions" and not ground.exists():
        ground.write_text(GROUND, encoding="utf-8")
    return Checker(open_libraries([library] if library else []), None, today, locale).file(path)[1]


def codes(report: CheckReport) -> set[str]:
    """The codes of what was found."""
    return {problem.code for problem in report.problems}
