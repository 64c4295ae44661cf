"""The same input gives the same bytes, whatever is kept, wherever and whenever it runs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rendering import bundle, script

from serguide.making import Making

SCRIPT = script(
    """
    say: One sentence. And a second, longer one.
    breathe: {in: 2s, out: 3s, cycles: 2, guide: both}
    sound: bowl
    say: Here it ends, {name}.
    """,
    "soundscape: rain-on-the-roof\nvalues: {name: Žofie}\n",
)
SESSION = """
title: Two of them
about: To be the same each time.
language: en
ending: sleep
soundscape: {name: porch-by-the-river, level: -22dB}
ground: five-to-one
steps:
  - first
  - second
"""


@pytest.fixture
def session(write) -> Path:
    write("lib/scripts/first.yaml", SCRIPT)
    write("lib/scripts/second.yaml", script("say: Another one.\nrest: 5s"))
    write("lib/scripts/five-to-one.yaml", script("say: Back."))
    return write("lib/scripts/both.yaml", SESSION)


RENDER = """
import sys
from pathlib import Path
from rendering import bundle
from serguide.render import Settings
session, folder, cache, format_name, jobs = sys.argv[1:]
bundle(Path(session), Path(folder), cache=Path(cache), settings=Settings(format_name, int(jobs)))
"""


def rendered(session: Path, folder: Path, cache: Path, format_name: str, jobs: int, **variables):
    """Render in a process of its own; return the hash of every file."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    arguments = [str(session), str(folder), str(cache), format_name, str(jobs)]
    subprocess.run(
        [sys.executable, "-c", RENDER, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables},
        cwd=folder.parent,
        check=True,
    )
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("format_name", ["mp3", "m4a", "opus", "flac", "wav"])
def test_the_same_bytes(session, tmp_path, format_name):
    cache = tmp_path / "cache"
    cold = rendered(session, tmp_path / "one", cache, format_name, 1)
    assert {f"session.{format_name}", f"ground.{format_name}", "session.json"} <= cold.keys()
    warm = rendered(session, tmp_path / "one", cache, format_name, 4)
    assert warm == cold
    elsewhere = tmp_path / "ein anderer Ordner" / "two"
    again = rendered(
        session, elsewhere, tmp_path / "cold", format_name, 4,
        TZ="Pacific/Chatham", LC_ALL="C", LANG="cs_CZ.UTF-8", PYTHONHASHSEED="7",
    )  # fmt: skip
    assert again == cold


def test_an_unchanged_track_is_not_made_again(session, tmp_path, monkeypatch):
    """One sentence of the second track is edited: the first one comes from the store."""
    made = []
    real = Making.begin

    def watched(self):
        made.append(self._path.stem)
        return real(self)

    monkeypatch.setattr(Making, "begin", watched)
    cache = tmp_path / "cache"
    bundle(session, tmp_path / "out", voice="tone", cache=cache)
    assert sorted(made) == ["01-first", "02-second", "ground"]
    second = session.with_name("second.yaml")
    second.write_text(script("say: Another word.\nrest: 5s"), encoding="utf-8")
    made.clear()
    edited = bundle(session, tmp_path / "out", voice="tone", cache=cache)
    assert made == ["02-second"]
    fresh = bundle(session, tmp_path / "fresh", voice="tone", cache=tmp_path / "empty")
    assert fresh.manifest == edited.manifest


def test_a_damaged_track_is_made_again(session, tmp_path):
    cache = tmp_path / "cache"
    first = bundle(session, tmp_path / "out", voice="tone", cache=cache)
    for path in (cache / "objects").rglob("*"):
        if path.is_file() and path.stat().st_size > 20_000:
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
    again = bundle(session, tmp_path / "again", voice="tone", cache=cache)
    assert again.manifest == first.manifest
    assert again.session.read_bytes() == first.session.read_bytes()
