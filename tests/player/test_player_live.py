"""What is mixed while it is listened to is what a rendering would hold."""

from __future__ import annotations

import numpy as np
import pytest
from rendering import bundle, script
from sound_signals import decode

from serguide.cache.store import Store, default_root
from serguide.player.audio.live import MixSource, live_playable
from serguide.player.model.open_bundle import open_playable
from serguide.render.plan import RenderSettings, plan
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

CUES = """
say: One sentence. And a second, longer one.
breathe: {in: 2s, out: 3s, cycles: 2, guide: both}
chapter: Later
say: Here it ends.
"""


@pytest.fixture
def planned(write):
    path = write("scripts/live.yaml", script(CUES, "soundscape: rain-on-the-roof\n"))
    write("scripts/five-to-one.yaml", script("say: Back."))
    libraries = open_libraries([]).with_home_of(path)
    program = resolve(path, libraries, KNOWN, Overrides(voice="tone"))
    return path, plan(program, libraries, Store(default_root()), RenderSettings())


def test_it_sounds_and_shows_what_a_rendering_does(planned, tmp_path):
    path, ready = planned
    live = MixSource(ready.jobs[0].mix)
    made = bundle(path, tmp_path / "out", voice="tone", settings=RenderSettings("wav"))
    sound = np.concatenate([live.read(10_000) for _ in range(live.frames // 10_000 + 1)])
    assert sound.shape == (made.frames, 2)
    np.testing.assert_allclose(sound, decode(made.session), atol=1.1 / 32768)
    shown, rendered = live_playable(ready), open_playable(made.folder)
    for part in ("title", "parts", "score", "language", "about", "ending"):
        assert getattr(shown, part) == getattr(rendered, part), part
    assert shown.ground.score == rendered.ground.score
    assert [caption.text for caption in shown.ground.score.captions] == ["Back."]


def test_it_can_be_entered_anywhere(planned):
    _, ready = planned
    live = MixSource(ready.jobs[0].mix)
    whole = live.read(live.frames)
    assert not len(live.read(1))
    for position in (live.frames - 700, 1, 250_000, 23_040, 0):
        live.seek(position)
        np.testing.assert_allclose(live.read(5_000), whole[position : position + 5_000], atol=1e-6)
        assert live.position == min(position + 5_000, live.frames)
