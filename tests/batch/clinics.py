"""A library and tables for tests of batches: two small scripts, and rows of clients."""

from __future__ import annotations

import textwrap
from pathlib import Path

from serguide import api

SCRIPT = """
    title: A short rest
    kind: relaxation
    about: To rest for a moment.
    language: en
    audience: adult
    supervision: solo
    posture: [seated, lying]
    soundscape: none
    values: {name: ""}
    cues:
      - say: "So, {name}, here you are. [1s] You can stop at any time."
        beats: [orient]
      - rest: {for: 2s, min: 1s, max: 20s}
      - say: The chair carries you.
      - rest: {for: 2s, min: 1s, max: 20s}
      - say: And you are back.
"""


def library(folder: Path) -> Path:
    """Write a library with the script `rest`, and a short way back; return its folder."""
    scripts = folder / "library" / "scripts"
    scripts.mkdir(parents=True, exist_ok=True)
    (scripts / "rest.yaml").write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    back = textwrap.dedent(SCRIPT).replace("A short rest", "Back").replace("{name}, ", "")
    back = back.replace('values: {name: ""}\n', "").replace("relaxation", "grounding")
    (scripts / "five-to-one.yaml").write_text(back, encoding="utf-8")
    return folder / "library"


def common(folder: Path) -> api.RenderRequest:
    """Return what all rows of a test ask for."""
    return api.RenderRequest("", libraries=(library(folder),))


def requests(folder: Path, *names: str) -> list[api.RenderRequest]:
    """Return a request for each name, into folders of these names."""
    libraries = (library(folder),)
    return [
        api.RenderRequest("rest", folder / "out" / name, libraries, values={"name": name}, jobs=1)
        for name in names
    ]


def table(folder: Path, *rows: str, head: str = "client,session,name") -> Path:
    """Write a table of CSV; return its path."""
    path = folder / "clients.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path
