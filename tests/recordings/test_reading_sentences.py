"""What a person is asked to read of a script or session."""

from __future__ import annotations

import pytest

from serguide.base.errors import ScriptError, UsageError
from serguide.recordings.sentences import reading_list
from serguide.script.library import open_libraries

SCRIPT = """
    title: The chair
    kind: breathing
    about: A chair.
    language: en
    values: {name: "", place: the sofa}
    pronounce: {psoas: SO-as}
    cues:
      - say: "{name}, here is a chair. [2s] It holds you. The psoas rests."
      - rest: 20s
      - say: It holds you.
      - say: "This is {place}."
      - say: Good.
        voice: kokoro:nobody-has-this
      - breathe: {in: 4s, out: 6s, cycles: 6, guide: words, guide_cycles: 3}
      - include: end
"""
SESSION = """
    title: Evening
    about: An evening.
    language: en
    values: {name: Zoë}
    ground: end
    steps:
      - chair: {values: {place: the porch}}
"""
END = """
    title: The end
    kind: grounding
    about: The end.
    language: en
    cues:
      - say: And here is the end.
"""


@pytest.fixture
def libraries(write, tmp_path):
    write("lib/scripts/chair.yaml", SCRIPT)
    write("lib/scripts/end.yaml", END)
    write("lib/scripts/evening.yaml", SESSION)
    return open_libraries([tmp_path / "lib"])


def test_sentences_come_once_each_in_order_with_their_places_and_pauses(libraries):
    found = reading_list("chair", libraries)
    told = [(s.number, s.script, s.line, s.text, s.pause) for s in found.sentences]
    assert told[:5] == [
        (1, "chair", 9, "Here is a chair.", pytest.approx(2.0, abs=0.05)),
        (2, "chair", 9, "It holds you.", pytest.approx(0.7, abs=0.05)),
        (3, "chair", 9, "The psoas rests.", pytest.approx(20.0, abs=0.05)),
        (4, "chair", 12, "This is the sofa.", pytest.approx(1.2, abs=0.05)),
        (5, "chair", 13, "Good.", 0.0),
    ]
    assert found.sentences[2].spoken == "The SO-as rests."
    assert [s.text for s in found.sentences if s.guide] == ["In.", "Out."]
    assert ("end", "And here is the end.") in [(s.script, s.text) for s in found.sentences]


def test_a_sessions_values_are_a_clients_and_are_named_apart(libraries):
    found = reading_list("evening", libraries)
    assert [s.text for s in found.with_values] == ["Zoë, here is a chair.", "This is the porch."]
    assert [s.number for s in found.with_values] == [0, 0]
    assert not any("Zoë" in s.text or "porch" in s.text for s in found.sentences)
    assert [s.number for s in found.sentences] == list(range(1, len(found.sentences) + 1))


def test_a_name_among_a_scripts_own_values_is_a_clients_too(write, tmp_path, libraries):
    write("lib/scripts/chair.yaml", SCRIPT.replace('name: ""', "name: Zoë"))
    found = reading_list("chair", libraries)
    assert [s.text for s in found.with_values] == ["Zoë, here is a chair."]


def test_the_ground_track_is_read_too():
    found = reading_list("the-first-evening", open_libraries([]))
    assert "five-to-one" in {s.script for s in found.sentences}
    assert len({s.key for s in found.sentences}) == len(found.sentences)


def test_what_cannot_be_read_is_told(libraries, write):
    with pytest.raises(UsageError):
        reading_list("nothing", libraries)
    write("lib/scripts/end.yaml", END.replace("say:", "sai:"))
    with pytest.raises(ScriptError):
        reading_list("evening", libraries)
