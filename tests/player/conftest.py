from __future__ import annotations

import sys
from pathlib import Path

import pytest

# tests/samples.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from hand import HandOutput, tone, write
from samples import contents_of, small_session

from serguide.bundle.manifest import manifest_json
from serguide.units import SAMPLERATE


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
