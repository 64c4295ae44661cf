"""The same input gives the same bytes, whatever is kept, wherever and whenever it runs."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rendering import bundle, script
from sound_signals import decode

from serguide.audio.pieces import LENGTH, cut
from serguide.cache.store import Store
from serguide.encode.base import NoSplicePoint
from serguide.encode.formats import FORMATS
from serguide.render.plan import RenderSettings, plan
from serguide.render.track import TrackRenderer
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

pytestmark = pytest.mark.slow

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
import os, sys, time
from pathlib import Path
now, later = time.time, 86_400 * int(os.environ.get("DAYS_LATER", 0))
time.time = lambda: now() + later  # date.today() asks it too
from rendering import bundle
from serguide.render.plan import RenderSettings
session, folder, cache, format_name, jobs = sys.argv[1:]
bundle(Path(session), Path(folder), cache=Path(cache),
       settings=RenderSettings(format_name, int(jobs)))
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


@pytest.mark.parametrize("format_name", FORMATS)
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
        DAYS_LATER="400",
    )  # fmt: skip
    assert again == cold


def test_an_unchanged_track_is_not_made_again(session, tmp_path, monkeypatch):
    """One sentence of the second track is edited: the first one comes from the store."""
    made = []
    real = TrackRenderer.begin

    def watched(self):
        made.append(self._path.stem)
        return real(self)

    monkeypatch.setattr(TrackRenderer, "begin", watched)
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


LONG = """
say: It begins here. [1s] And it goes on for a while.
rest: 30s
say: In the middle, a second sentence is said.
rest: 30s
breathe: {in: 4s, out: 5s, cycles: 3, guide: both}
rest: 20s
sound: bell
say: Towards the end, a third one.
rest: 15s
say: And that was it.
"""


def test_a_track_in_pieces_is_the_same_however_it_came_about(write, tmp_path):
    """Edited from start to end, back again, with one thread or four: as if made at once."""
    cache = tmp_path / "cache"
    path = write("scripts/long.yaml", script(LONG, "soundscape: rain-on-the-roof\n"))
    before = rendered(path, tmp_path / "out", cache, "mp3", 4)
    for old, new in (
        ("a third one", "the third one of them"),
        ("sound: bell", "sound: bowl"),
        ("rest: 20s", "rest: 21s"),
        ("rest: 15s", "rest: 9s"),
        ("It begins here", "Here it begins"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        edited = rendered(path, tmp_path / "out", cache, "mp3", 4)
        assert edited == rendered(path, tmp_path / "fresh", tmp_path / f"cache {new}", "mp3", 1)
        assert edited != before
        before = edited


def test_pieces_are_mixed_as_the_whole_is(write, tmp_path):
    path = write("scripts/long.yaml", script(LONG, "soundscape: rain-on-the-roof\n"))
    libraries = open_libraries([]).with_home_of(path)
    store = Store(tmp_path / "cache")
    program = resolve(path, libraries, KNOWN, Overrides(voice="espeak"))
    mix = plan(program, libraries, store, RenderSettings()).jobs[0].mix
    gain = 4.0  # far too loud, so that the limiter works all the time
    whole = np.concatenate(list(mix.blocks(gain, 0.5)))
    pieces = cut(mix.timeline.frames)
    assert len(pieces) == 4
    for piece in pieces:
        blocks = np.concatenate(list(mix.blocks(gain, 0.5, piece.first)))
        own = blocks[piece.start - piece.first : piece.last - piece.first]
        np.testing.assert_allclose(own, whole[piece.start : piece.last], atol=1e-6)


def test_after_an_edit_what_lies_before_it_is_not_encoded_again(write, tmp_path, monkeypatch):
    path = write("scripts/long.yaml", script(LONG, "soundscape: rain-on-the-roof\n"))
    bundle(path, tmp_path / "out", voice="tone", cache=tmp_path / "cache")
    made = []
    real = TrackRenderer._encode
    monkeypatch.setattr(
        TrackRenderer,
        "_encode",
        lambda self, piece, to: made.append(piece) or real(self, piece, to),
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("that was it", "it was that"), encoding="utf-8")
    bundle(path, tmp_path / "out", voice="tone", cache=tmp_path / "cache")
    assert [piece.start // LENGTH for piece in made] == [3]


def test_pieces_without_a_seam_are_encoded_in_one_go(write, tmp_path, monkeypatch):
    path = write("scripts/long.yaml", script(LONG))

    def never(*_: object) -> None:
        raise NoSplicePoint

    one = bundle(path, tmp_path / "one", voice="tone", cache=tmp_path / "a")
    unfit = dataclasses.replace(FORMATS["mp3"], splice=never)
    monkeypatch.setitem(FORMATS, "mp3", unfit)
    told = []
    two = bundle(
        path, tmp_path / "two", voice="tone", cache=tmp_path / "b",
        report=lambda each: told.append((each.stage, each.done, each.total)),
    )  # fmt: skip
    ends = {stage: (done, total) for stage, done, total in told}
    assert all(done == total for done, total in ends.values())
    assert two.manifest["serguide"]["tracks"][0]["end"] == one.frames
    np.testing.assert_allclose(decode(two.session), decode(one.session), atol=0.05)
    assert not list((tmp_path / "two").rglob("*.piece"))
