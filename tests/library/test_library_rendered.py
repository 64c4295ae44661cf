"""Every script and session of the library: checked, rendered by espeak, and decoded again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import av
import pytest
from library_measures import LIBRARIES, STATED, names, path_of
from rendering import bundled

from serguide.base.units import SAMPLERATE
from serguide.cache.store import Store
from serguide.safety.preflight import judge
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

pytestmark = pytest.mark.slow

CHECKED_ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    """The measured tests' own store where one worker runs both: each word is spoken once."""
    return Store(tmp_path_factory.getbasetemp() / "cache")


def decoded_frames(path: Path) -> int:
    with path.open("rb") as file, av.open(file, "r") as container:
        return sum(frame.samples for frame in container.decode(audio=0))


@pytest.mark.parametrize("name", names())
def test_it_is_checked_rendered_and_plays(name, store, tmp_path):
    program = resolve(path_of(name), LIBRARIES, KNOWN)
    judged = judge(program, LIBRARIES, store, today=CHECKED_ON, supervised_by="A therapist")
    assert judged.stopping == ()
    made = bundled(program, tmp_path / "out", LIBRARIES, store)
    assert decoded_frames(made.session) == made.frames
    assert made.frames / SAMPLERATE / 60 == pytest.approx(STATED[name], rel=0.1)
    loudness = made.manifest["serguide"]["loudness"]
    assert loudness["speech"] == pytest.approx(-18, abs=0.5)
    assert loudness["true_peak"] <= -1.5
