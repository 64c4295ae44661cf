from __future__ import annotations

import pytest

from serguide.base.errors import ScriptError
from serguide.script.cues import CUES
from serguide.script.reading import locate, read_source

FIRST_TRY = """\
    titel: A first try
    kind: breathin
    cues:
      - say: "Hello"
        pase: 1
      - rst: 20s
      - rest: {for: 4:30, mx: 2s}
      - breathe: {in: 0s, out: 6, cycles: a, guide: word, bla: y}
      - pause: 6 sec
        say: x
      - just text
      - say: {a: b}
      - sound: ../bowl
      - say: x
        pace: 3
        volume: loud
      - rest: {for: 10s, min: 20s}
      - rest: {for: 10s, announced: no}
    soundscape: {name: rain, levl: -2dB}
    posture: [flying]
    values: {a: [b]}
"""

EXPECTED = [
    (1, 1, "L011", "did you mean `title`?"),
    (1, 1, "L012", "add `title:`"),
    (2, 7, "L014", "did you mean `breathing`?"),
    (5, 5, "L011", "did you mean `pace`?"),
    (6, 5, "L013", "did you mean `rest`?"),
    (7, 17, "L015", "did you mean `4m30s`?"),
    (7, 23, "L011", "did you mean `max`?"),
    (8, 19, "L018", "write a longer time"),
    (8, 39, "L017", "write `12`, or a range like `6..18`"),
    (8, 49, "L014", "did you mean `words`?"),
    (8, 55, "L011", "possible here: in, hold, out, rest, cycles, guide, guide_cycles"),
    (9, 5, "L013", "begin each cue with a dash of its own: `- `"),
    (11, 5, "L013", f"write `- say: …`, or another of {', '.join(CUES)}"),
    (12, 10, "L010", "write one text here"),
    (13, 12, "L024", "write the name alone, without folders and without `.yaml`"),
    (15, 11, "L018", "choose from 0.5 to 2"),
    (16, 13, "L016", "write it like `-22dB`"),
    (17, 11, "L018", "min must not be longer than for, nor for longer than max"),
    (18, 33, "L017", "write `true` or `false`"),
    (19, 26, "L011", "did you mean `level`?"),
    (20, 11, "L014", "did you mean `lying`?"),
    (21, 13, "L010", "write one text here"),
]  # fmt: skip


def found(path):
    with pytest.raises(ScriptError) as caught:
        read_source(path, path.name)
    return [(p.line, p.column, p.code, p.hint) for p in caught.value.problems]


def test_every_problem_of_a_first_try_in_one_report(write):
    assert found(write("first.yaml", FIRST_TRY)) == EXPECTED


def test_session_problems(write):
    path = write(
        "s.yaml",
        """\
        title: x
        steps:
          - a
          - b: {lenth: 6m}
          - c: {length: 0}
          - d: {length: 3m}
            e: {}
          - f:
          - ../g
        length: 20 min
        ending: asleep
        """,
    )
    assert [(line, code) for line, _, code, _ in found(path)] == [
        (4, "L011"),
        (5, "L018"),
        (6, "L010"),
        (8, "L010"),
        (9, "L024"),
        (10, "L015"),
        (11, "L014"),
    ]


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n"])
def test_what_is_no_script_at_all(write, text):
    ((_, _, code, _),) = found(write("x.yaml", text))
    assert code == "L010"


def test_words_of_yaml_mean_what_is_written(write):
    source = read_source(
        write(
            "x.yaml",
            """\
            title: no
            kind: grounding
            values: {name: yes, number: 007, empty: "", none: ~}
            cues:
              - say: off
            """,
        )
    )
    assert source.model.title == "no"
    assert source.model.values == {"name": "yes", "number": "007", "empty": "", "none": "~"}
    assert source.model.cues[0].say == "off"


def test_models_are_frozen(write):
    source = read_source(write("x.yaml", "title: a\nkind: grounding\ncues:\n  - say: b\n"))
    with pytest.raises(ValueError, match="frozen"):
        source.model.title = "other"


def test_places(write):
    source = read_source(
        write("x.yaml", "title: a\nkind: grounding\ncues:\n  - say: >-\n      b\n    pace: 0.9\n")
    )
    assert source.line("cues", 0, "pace") == 6
    assert locate(source.root, ("cues", 0, "say")).line == 4
