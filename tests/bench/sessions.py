"""The sessions that are measured, in a library of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STEPS = (
    "arriving-here", "held-by-the-chair", "letting-the-screen-rest", "lighter-heavier-same",
    "coming-back",
)  # fmt: skip
EDITED = "arriving-here"
SENTENCES = {
    "This room has a floor.": "The floor is here.",
    "There is a floor in this room.": "The floor is here.",  # until 0.1
}
"""A sentence a third into the three-minute track, and what it is changed to."""

_HEAD = """title: Measured
about: A session to measure with.
language: en
soundscape: {name: porch-by-the-river, level: -22dB}
ground: five-to-one
steps:
"""
_PART = """title: Part {number}
kind: relaxation
about: Two and a half minutes.
cues:
  - say: This is part {number}. If you like, let your shoulders come down a little.
  - rest: 40s
  - say: There is nothing to do here. [2s] The breath comes and goes by itself.
  - rest: 40s
  - say: And if your attention wanders in part {number}, that is what attention does.
  - rest: 40s
  - say: Perhaps you notice one thing that is already comfortable.
  - pause: 6s
"""


def library(folder: Path, content: Path = ROOT) -> Path:
    """Copy scripts and imagery into a library and add `twenty`; return the session's file.

    content: the folder that holds them, our own or an older version's.
    """
    shutil.copytree(content / "scripts", folder / "scripts")
    shutil.copytree(content / "imagery", folder / "imagery")
    return session_of(folder, "twenty", list(STEPS))


def edit(folder: Path) -> None:
    """Change one sentence of the three-minute track."""
    (path,) = (folder / "scripts").rglob(f"{EDITED}.yaml")
    text = path.read_text(encoding="utf-8")
    before = next(sentence for sentence in SENTENCES if sentence in text)
    path.write_text(text.replace(before, SENTENCES[before]), encoding="utf-8")


def long(folder: Path, minutes: int) -> Path:
    """Write a session of about so many minutes, of tracks that are all different."""
    count = max(0, round((minutes - 5) / 2.5))  # arriving and coming back take five
    parts = [f"part-{minutes}-{number}" for number in range(count)]
    for number, part in enumerate(parts):
        path = folder / "scripts" / f"{part}.yaml"
        path.write_text(_PART.format(number=number + 1), encoding="utf-8")
    steps = ["arriving-here", *parts, "coming-back"]
    return session_of(folder, f"minutes-{minutes}", steps)


def short(folder: Path) -> Path:
    """Write a session of five minutes, of which an edit changes three."""
    return session_of(folder, "short", ["arriving-here", "coming-back"])


def session_of(folder: Path, name: str, steps: list[str]) -> Path:
    """Write a session of these steps; return its file."""
    path = folder / "scripts" / "sessions" / f"{name}.yaml"
    path.write_text(_HEAD + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")
    return path
