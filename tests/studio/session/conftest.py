"""A short session of three parts on its screen, with a fourth that is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

PART = """\
title: {title}
kind: relaxation
language: en
values: {{name: ""}}
cues:
  - say: You could sit by the {thing}, or lie where you can hear it.
  - rest: {{for: 4s, min: 3s, max: 9s}}
  - say: There is no need to do anything, {{name}}. It will go on by itself.
"""
SHORT_SESSION = """\
title: Three short parts
language: en
voice: espeak
soundscape: none
values: {name: Zoë}
steps:
  - at-the-window
  - at-the-stove
  - five-to-one
  # left out: - at-the-door
"""


@pytest.fixture
def short(page, desk) -> Path:
    """Return the session's file, whose screen is open and looked through by the check."""
    scripts = desk.library / "scripts"
    for thing in ("window", "stove", "door"):
        path = scripts / "relaxation" / f"at-the-{thing}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PART.format(title=f"At the {thing}", thing=thing), encoding="utf-8")
    session = scripts / "sessions" / "three-short-parts.yaml"
    session.parent.mkdir(parents=True)
    session.write_text(SHORT_SESSION, encoding="utf-8")
    page.goto(f"{desk.base}session#three-short-parts")
    page.locator(".finding-card, .findings.none").first.wait_for()
    return session
