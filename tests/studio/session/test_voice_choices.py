"""Voices are called by their own names, not by a program's."""

import pytest

from serguide.studio.session.voice_choices import called


@pytest.mark.parametrize(("voice", "name"), [
    ("kokoro:af_heart", "Heart"),
    ("kokoro:jf_gongitsune", "Gongitsune"),
    ("piper:en_US-joe-medium", "Joe"),
    ("piper:cs_CZ-jirka-medium", "Jirka"),
    ("piper:own", "Own"),
    ("espeak:en-gb", "En-Gb"),
    ("tone", "Tone"),
])  # fmt: skip
def test_a_voice_is_called_by_its_own_name(voice, name):
    assert called(voice) == name
