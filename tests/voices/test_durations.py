"""Lengths of sentences: whose voice begins to load for what is to be spoken."""

from __future__ import annotations

import pytest

from serguide import api
from serguide.base.units import Samples
from serguide.cache.store import Store
from serguide.safety import preflight
from serguide.script.program import Origin, Spoken
from serguide.voices.durations import SpeechDurations

SENTENCE = Spoken("You may listen.", "You may listen.", "en", Origin("a.yaml", 1), 1)


class Slow:
    """A voice that takes long to load."""

    name = "slow"
    language = "en"

    def __init__(self):
        self.asked = 0

    def identity(self, sentence=None):
        return {"engine": "slow"}

    def estimate(self, text, *, pace=1.0, sentence=None):
        return Samples(48_000)

    def load_ahead(self):
        self.asked += 1


@pytest.mark.parametrize("soon", [True, False])
def test_a_voice_loads_ahead_only_where_it_is_to_speak_soon(tmp_path, soon):
    voice = Slow()
    SpeechDurations(Store(tmp_path), soon=soon).of(voice, SENTENCE)
    assert voice.asked == soon


def test_only_what_is_rendered_here_is_spoken_soon(tmp_path, monkeypatch):
    """Nor does a batch's own process load a voice with which others speak."""
    soon = []

    class Told(SpeechDurations):
        def __init__(self, store, *, soon=False, told=soon):
            told.append(soon)
            super().__init__(store, soon=soon)

    monkeypatch.setattr(preflight, "SpeechDurations", Told)
    path = tmp_path / "one.yaml"
    path.write_text("title: One\nkind: grounding\ncues:\n  - say: You may listen.\n")
    request = api.RenderRequest(path, target=tmp_path / "out", voice="tone")
    api.prepare(request, store=Store(tmp_path / "cache"))
    api.render(request, store=Store(tmp_path / "cache"))
    assert soon == [False, True]
