"""Words neither vanish nor intrude; faults are told in words, with the line, all of them."""

from __future__ import annotations

import textwrap

import pytest

from serguide.base.errors import ScriptError
from serguide.script.reading import read_source
from serguide.script.stage_directions import directions

HEAD = "title: t\nkind: grounding\ncues:\n"


def problems(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read_source(path)
    except ScriptError as error:
        return error.problems
    return ()


def codes(tmp_path, cues):
    return [problem.code for problem in problems(tmp_path, HEAD + cues)]


def test_a_number_sign_does_not_cut_a_sentence(tmp_path):
    (problem,) = problems(tmp_path, HEAD + "  - say: Number #1 is the lake # and more\n")
    assert (problem.code, problem.line) == ("L033", 4)
    assert "#1 is the lake" in problem.message
    assert "double quotes" in problem.hint


@pytest.mark.parametrize(
    "cues",
    [
        '  - say: "Number #1 is the lake."\n',
        '  - say: "One."  # a note to myself\n',
        "  - say: One.\n    beats: [eyes]  # a note\n  - pause: 3s  # exact\n",
        "  - say: C# and F#minor.\n",
        "  - say: >-\n      Number #1 is the lake.\n",
        "  # a note\n  - say: One.\n",
    ],
)
def test_comments_and_signs_that_do_no_harm(tmp_path, cues):
    assert codes(tmp_path, cues) == []


def test_values_and_titles_are_spoken_or_shown_too(tmp_path):
    text = "title: Lake #1\nkind: grounding\nvalues:\n  name: Ana # now\ncues:\n  - say: '{name}'\n"
    assert [(p.code, p.line) for p in problems(tmp_path, text)] == [("L033", 1), ("L033", 4)]
    assert problems(tmp_path, "title: Lake  # mine\nkind: grounding\ncues:\n  - say: a\n") == ()


DIRECTIONS = [
    ("(pause 10 seconds)", "pause", 10),
    ("(long pause)", "pause", None),
    ("(long pause, 6 seconds)", "pause", 6),
    ("(soft voice)", "manner", None),
    ("(softly)", "manner", None),
    ("*Softly*", "manner", None),
    ("Pause: 3 seconds", "pause", 3),
    ("Breathe: 4 seconds", "pause", 4),
    ("Pause for about 10 seconds.", "pause", 10),
    (". . .", "pause", None),
    ("……", "pause", None),
    ("/5s", "pause", 5),
    ("(For 10 breaths)", "breath", None),
    ("(NOTE: speak slowly here)", "note", None),
    ("PAUSE, um tief einzuatmen", "pause", None),
    ('<break time="3s"/>', "markup", 3),
    ('<mstts:silence type="Sentenceboundary" value="200ms"/>', "markup", 0.2),
    ("[[slnc 700]]", "markup", None),
    ("(Pause 5 Sekunden)", "pause", 5),
    ("(dlouhá pauza)", "pause", None),
    ("(krátka pauza)", "pause", None),
    ("(pause de 5 secondes)", "pause", 5),
    ("(pausa larga)", "pause", None),
]


@pytest.mark.parametrize(("written", "kind", "seconds"), DIRECTIONS)
def test_stage_directions_are_never_spoken(tmp_path, written, kind, seconds):
    (found,) = directions(f"Close your eyes. {written}")
    assert found.kind == kind
    assert found.seconds == seconds if seconds is None else found.seconds == pytest.approx(seconds)
    quoted = written.replace('"', '\\"')
    (problem,) = problems(tmp_path, HEAD + f'  - say: "Close your eyes. {quoted}"\n')
    assert problem.code == "L034"
    assert problem.line == 4
    assert found.written[:20] in problem.message
    assert problem.hint


@pytest.mark.parametrize("written", ["[pause]", "[PAUSE:5]", "[Pause.]", "[Beginning]",
                                     "[Pause : 5 secondes]", "[Be quiet.]"])  # fmt: skip
def test_square_brackets_that_are_no_pause_are_told_when_filled(tmp_path, write, written):
    from serguide.script.library import open_libraries
    from serguide.script.resolve import resolve
    from serguide.voices.speakable_names import KNOWN

    write("five-to-one.yaml", HEAD + "  - say: a\n")
    path = write("x.yaml", HEAD + f'  - say: "Close your eyes. {written}"\n')
    with pytest.raises(ScriptError) as caught:
        resolve(path, open_libraries([tmp_path]), KNOWN)
    assert [problem.code for problem in caught.value.problems] == ["L020"]


@pytest.mark.parametrize(
    "text",
    [
        "You can pause here (or go on).",
        "There is a quiet corner (a bench, two trees).",
        "Breathe in for four. Out for six.",
        "The rest is silence.",
        "Wait a little, if you like.",
        "Half a minute... or more.",
        "Well… that is all.",
        "One; two; three.",
        "a < b and c > d",
    ],
)
def test_ordinary_sentences_are_left_alone(tmp_path, text):
    assert list(directions(text)) == []


def test_a_cue_inside_a_text(tmp_path):
    cues = "  - say: >-\n      First this.\n      - rest: 10s\n      Then that.\n"
    assert codes(tmp_path, cues) == ["L035"]


@pytest.mark.parametrize(
    "text", ["“Close your eyes.”", "„Zavřete oči.“", "'\"Close.\"'", "«Fermez.»"]
)
def test_quotation_marks_around_a_whole_text(tmp_path, text):
    assert codes(tmp_path, f"  - say: {text}\n") == ["L036"]
    assert codes(tmp_path, "  - say: “Thank you,” you could say, or “no”.\n") == []


@pytest.mark.parametrize("escape", ["\\e", "\\0", "\\u202E", "\\u2066", "\\u2028", "\\x9b"])
@pytest.mark.parametrize("key", ["title", "say", "chapter", "about"])
def test_characters_that_nobody_sees(tmp_path, escape, key):
    fields = {"title": "t", "about": "a", "say": "s", "chapter": "c"}
    fields[key] = f"a{escape}b"
    text = (
        'title: "{title}"\nabout: "{about}"\nkind: grounding\ncues:\n'
        '  - chapter: "{chapter}"\n  - say: "{say}"\n'
    ).format(**fields)
    found = problems(tmp_path, text)
    # YAML itself refuses some of them, by the line.
    assert [problem.code for problem in found] == ["L037"]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_a_line_end_that_only_yaml_sees_has_its_place(tmp_path, end):
    (problem,) = problems(tmp_path, HEAD + f"  - say: One.\n  - say: Two{end}three.\n")
    assert (problem.code, problem.line, problem.column) == ("L037", 5, 13)


def test_characters_as_html_writes_them_would_be_spoken(tmp_path):
    text = HEAD.replace("t\n", "R&amp;B\n", 1) + "  - say: Don&rsquo;t&nbsp;mo&shy;ve; AT&T &co;.\n"
    found = problems(tmp_path, text)
    assert {(p.code, p.line, p.message.split("”")[0], p.hint) for p in found} == {
        ("L034", 1, "“&amp;", "write `&` in its place"),
        ("L034", 4, "“&rsquo;", "write `’` in its place"),
        ("L034", 4, "“&nbsp;", "write a blank in its place"),
        ("L034", 4, "“&shy;", "delete it"),
    }


FAULTS = {
    "one space too many": (
        "  - say: One.\n   - say: Two.\n",
        5,
        4,
        "one space too far",
    ),
    "a dash glued on": ("  - say: One.\n  -rest: 10s\n", 5, 3, "needs a space after it"),
    "a missing dash": ("  - say: One.\n  rest: 10s\n", 5, 3, "no dash"),
    "beats not indented": (
        "  - say: One.\n  beats: [eyes]\n",
        5,
        3,
        "does not stand under",
    ),
    "a star": ("  - say: *Softly* close them.\n", 4, 10, "cannot begin with `*`"),
    "an ampersand": ("  - say: & now rest.\n", 4, 10, "cannot begin with `&`"),
    "a tab": ("  - say: One.\n\t- say: Two.\n", 5, 1, "with a tab"),
    "a colon": ("  - say: One thing: look.\n", 4, 19, "a colon followed by a space"),
}


@pytest.mark.parametrize(("cues", "line", "column", "said"), FAULTS.values(), ids=FAULTS)
def test_faults_of_layout_in_words_with_the_line(tmp_path, cues, line, column, said):
    found = problems(tmp_path, HEAD + cues)
    first = found[0]
    assert said in first.message
    assert (first.line, first.column) == (line, column)
    written, mark = first.excerpt.splitlines()
    assert (HEAD + cues).splitlines()[line - 1].replace("\t", " ") in written
    assert written.index(" | ") + 2 + column == mark.index("^")
    for word in ("indicator", "mapping values", "token", "anchor", "alias"):
        assert word not in str(first)


def test_after_a_syntax_fault_the_next_cues_are_looked_at_too(tmp_path):
    text = textwrap.dedent(
        """\
        title: Many
        kind: groundling
        cues:
          - say: One thing: look.
            beats: [eyes]
          - say: Fine.
          -rest: 10s
          - say: *Softly*
          - paus: 3s
          - say: "never closed
        """
    )
    found = problems(tmp_path, text)
    assert [problem.line for problem in found] == [2, 4, 7, 8, 9, 10]


def test_documents_of_other_programs_are_called_by_name(tmp_path):
    for start, name in ((b"PK\x03\x04", "Word"), (b"{\\rtf1", "RTF"), (b"%PDF-1.7", "PDF")):
        path = tmp_path / "x.yaml"
        path.write_bytes(start + b"\x00\xff rest")
        with pytest.raises(ScriptError) as caught:
            read_source(path)
        assert name in caught.value.problems[0].message
