from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import sys
from pathlib import Path

import pytest

# tests/samples.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from hand import Hand, HandOutput, Script, tone, write
from samples import contents_of, small_session

from serguide.base.units import SAMPLERATE
from serguide.bundle.manifest import manifest_json
from serguide.bundle.words import words_for
from serguide.player.control import Control, open_engine
from serguide.player.model.bookmark import Bookmark
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.lines import play_lines
from serguide.player.ui.terminal import Terminal

ENGLISH = words_for("en")


@pytest.fixture
def output():
    return HandOutput()


@pytest.fixture(scope="session")
def bundle(tmp_path_factory):
    """A folder with a real manifest and real sound: 220 Hz a session, 330 Hz the ground track."""
    folder = tmp_path_factory.mktemp("bundles") / "the-first-evening"
    (folder / "tracks").mkdir(parents=True)
    contents = contents_of(small_session(), ".wav")
    write(folder / "session.wav", tone(contents.audio.frames))
    write(folder / "ground.wav", tone(3 * SAMPLERATE, 330.0))
    for track in contents.tracks:
        write(folder / track.path, tone(track.frames))
    (folder / "session.json").write_text(manifest_json(contents), encoding="utf-8")
    return folder


@pytest.fixture
def listen(bundle, monkeypatch):
    """Play the bundle with a script of keys; return the lines."""
    monkeypatch.setattr("serguide.player.control._PATIENCE", 0)  # nobody turns the output then

    def listen_(*script, words=ENGLISH, bookmark=None, from_start=False):
        playable, output, lines = open_playable(bundle), HandOutput(), []
        with contextlib.closing(open_engine(playable, output)) as engine:
            engine.start()
            control = Control(playable, engine, bookmark)
            script = [
                (lambda step=step: step(engine, control)) if callable(step) else step
                for step in script
            ]
            keys = Script(output, *script)
            play_lines(control, keys, words, lines.append, from_start=from_start)
        assert output.closed
        return lines

    return listen_


@pytest.fixture
def drive(bundle, tmp_path):
    def drive_(story, *, size=(96, 34), changes=None, words="en", still=False, keep=True):
        async def play():
            playable = dataclasses.replace(open_playable(bundle), **(changes or {}))
            output = HandOutput()
            bookmark = Bookmark(tmp_path, "key") if keep else None
            with contextlib.closing(open_engine(playable, output)) as engine:
                engine.start()
                app = Terminal(Control(playable, engine, bookmark), words_for(words), still=still)
                async with app.run_test(size=size) as pilot:
                    hand = Hand(app, pilot, engine, output)
                    await story(hand)
                    return app

        return asyncio.run(play())

    return drive_
