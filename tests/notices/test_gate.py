"""Whether a number stands before a session is decided by what the session contains."""

from __future__ import annotations

import pytest

from serguide.notices.gate import is_grounding_only
from serguide.script.library import open_libraries
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

PARTS = {
    "feet": "kind: grounding\ncues: [say: Feet.]",
    "line": "kind: integration\ncues: [say: One line.]",
    "tight": "kind: integration\ncues: [{say: Press the hands., beats: [tense]}]",
    "breath": "kind: grounding\ncues: [breathe: {in: 4s, out: 6s, cycles: 2}]",
    "chair": "kind: relaxation\ncues: [say: Chair.]",
    "porch": "kind: imagery\ncues: [say: A porch.]",
}


@pytest.mark.parametrize(
    ("steps", "grounding"),
    [
        (["feet"], True),
        (["feet", "line"], True),
        (["feet", "breath"], True),
        (["feet", "tight"], False),
        (["feet", "chair"], False),
        (["feet", "porch", "feet"], False),
    ],
)
def test_what_it_contains_decides(tmp_path, steps, grounding):
    for name, text in PARTS.items():
        (tmp_path / f"{name}.yaml").write_text(f"title: {name}\n{text}\n", encoding="utf-8")
    path = tmp_path / "s.yaml"
    path.write_text(f"title: s\nground: feet\nsteps: [{', '.join(steps)}]\n", encoding="utf-8")
    program = resolve(path, open_libraries([tmp_path]), KNOWN)
    assert is_grounding_only(program) is grounding


@pytest.mark.parametrize(
    ("name", "grounding"),
    [("after-a-strong-emotion", True), ("five-to-one", True), ("the-first-evening", False)],
)
def test_the_library_s_own(name, grounding):
    libraries = open_libraries([])
    assert is_grounding_only(resolve(libraries.locate(name), libraries, KNOWN)) is grounding
