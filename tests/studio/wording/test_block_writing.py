"""Words as blocks and back: no change, the same bytes; one change, only its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serguide.base.errors import UsageError
from serguide.script.library import builtin_library
from serguide.script.reading import source_of
from serguide.studio.wording.block_reading import read_blocks
from serguide.studio.wording.block_writing import write_blocks
from serguide.studio.wording.cue_lines import read_cues
from serguide.studio.wording.text_pieces import PauseChip, ValueChip, WordsPiece, text_of
from serguide.studio.wording.word_blocks import (
    BreathBlock,
    ChapterBlock,
    KeptBlock,
    PauseBlock,
    RestBlock,
    SoundBlock,
    TextBlock,
)

SCRIPTS = {
    name: text
    for name, path in sorted(builtin_library().scripts.items())
    if "\ncues:" in (text := path.read_text(encoding="utf-8"))
}

ODD = """\
# written by hand
title: "Odd"   # a note
kind: relaxation

values: {name: "", place: the porch}
cues:
# above the first
- say: 'It''s here, {name}.'   # beside
  # within
  beats: [orient]

  pace: 0.9
-   say: |
      One line.
      Another. [2s] And {{brackets}}.
    x-unknown: 1
- {say: "in a bracket", pace: 0.9}
- rest: {for: 10s, min: 8s,
         max: 12s}  # about ten
- breathe:
    in: 4s   # in
    out: 6s
    cycles: 6..18
- sound: bowl

# above the chapter
- chapter: What it does
- include: before-we-begin
- say: no
# the end
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines between what is the same at both ends."""
    old, new = before.splitlines(), after.splitlines()
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return old[head : len(old) - tail], new[head : len(new) - tail]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_change_gives_the_same_bytes(name):
    file = read_cues(SCRIPTS[name])
    blocks = read_blocks(file)

    assert write_blocks(file, blocks).text == SCRIPTS[name]
    assert not any(isinstance(block, KeptBlock) for block in blocks)


def test_no_change_gives_the_same_bytes_of_an_odd_layout():
    for text in (ODD, ODD.replace("\n", "\r\n"), ODD.removesuffix("\n# the end\n")):
        file = read_cues(text)

        assert write_blocks(file, read_blocks(file)).text == text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")),
    max_size=60,
)
PIECES = st.lists(
    st.one_of(
        WORDS.map(lambda words: WordsPiece(words=words)),
        st.sampled_from(["quiet", "minutes"]).map(lambda value: ValueChip(value=value)),
        st.integers(1, 20_000).map(lambda value: PauseChip(pause=value / 1000)),
    ),
    min_size=1,
    max_size=6,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from([*SCRIPTS, "odd"]), pieces=PIECES, data=st.data())
def test_one_change_changes_only_its_lines_and_is_read_again(name, pieces, data):
    text = ODD if name == "odd" else SCRIPTS[name]
    file = read_cues(text)
    blocks = list(read_blocks(file))
    where = data.draw(
        st.sampled_from([n for n, block in enumerate(blocks) if isinstance(block, TextBlock)])
    )
    if not text_of(pieces):
        return
    blocks[where] = TextBlock(cue=where, pieces=pieces)

    written = write_blocks(file, blocks).text

    again = read_blocks(read_cues(written))
    assert text_of(again[where].pieces) == text_of(pieces)
    assert [block for n, block in enumerate(again) if n != where] == [
        block for n, block in enumerate(blocks) if n != where
    ]
    gone, _ = changed_lines(text, written)
    cue = file.cues[where]
    inside = [line.rstrip("\r\n") for line in file.lines[cue.first : cue.last]]
    assert len(gone) <= len(inside)
    assert "\n".join(gone) in "\n".join(inside)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from([*SCRIPTS]), data=st.data())
def test_what_is_moved_and_left_out_is_written_whole(name, data):
    file = read_cues(SCRIPTS[name])
    blocks = data.draw(st.permutations(read_blocks(file)))
    blocks = blocks[: data.draw(st.integers(1, len(blocks)))]

    written = write_blocks(file, blocks)

    again = read_blocks(read_cues(written.text))
    assert [each.model_dump(exclude={"cue"}) for each in again] == [
        each.model_dump(exclude={"cue"}) for each in blocks
    ]
    assert written.cues == tuple(range(len(blocks)))


def edited(change):
    file = read_cues(ODD)
    blocks = list(read_blocks(file))
    change(blocks)
    return changed_lines(ODD, write_blocks(file, blocks).text)


def test_a_rest_keeps_its_bounds_in_order_and_its_comment():
    def change(blocks):
        blocks[3] = RestBlock(cue=3, seconds=15)

    assert edited(change) == (
        ["- rest: {for: 10s, min: 8s,", "         max: 12s}  # about ten"],
        ["- rest: {for: 15s, min: 8s,", "         max: 15s}  # about ten"],
    )


def test_a_hold_that_was_not_there_gets_a_line_behind_in():
    def change(blocks):
        blocks[4] = BreathBlock(cue=4, inhale=4, hold=2, exhale=6, fewest=7, most=19)

    _, new = edited(change)

    assert new == ["    hold: 2s", "    out: 6s", "    cycles: 7..19"]


def test_quotes_comments_and_further_fields_stay():
    def change(blocks):
        pieces = (WordsPiece(words="It's you, "), ValueChip(value="name"), WordsPiece(words="."))
        blocks[0] = TextBlock(cue=0, pieces=pieces)

    assert edited(change) == (
        ["- say: 'It''s here, {name}.'   # beside"],
        ["- say: 'It''s you, {name}.'   # beside"],
    )


def test_a_text_that_grows_is_folded_and_one_in_a_bracket_is_quoted():
    long = "A long sentence, [with brackets], and so on: " * 4

    def change(blocks):
        blocks[2] = TextBlock(cue=2, pieces=(WordsPiece(words="no, [yes]"),))
        blocks[8] = TextBlock(cue=8, pieces=(WordsPiece(words=long.strip()),))

    file = read_cues(ODD)
    blocks = list(read_blocks(file))
    change(blocks)
    written = write_blocks(file, blocks).text

    assert '- {say: "no, [[yes]]", pace: 0.9}' in written
    assert "- say: >-\n    A long sentence, [[with brackets]], and so on: A long" in written
    assert read_blocks(read_cues(written)) == tuple(blocks)


def test_new_cues_stand_among_the_others_and_take_on_pace():
    def change(blocks):
        blocks[1:1] = [
            TextBlock(pieces=(WordsPiece(words="Then: this."),), like=0),
            PauseBlock(seconds=2.5),
            RestBlock(seconds=70),
            SoundBlock(name="bell"),
            ChapterBlock(title="A “new” one"),
            BreathBlock(inhale=4, exhale=6, fewest=4, most=4),
            TextBlock(pieces=(WordsPiece(words="  "),)),
        ]

    assert edited(change) == (
        [],
        [
            '- say: "Then: this."',
            "  pace: 0.9",
            "- pause: 2.5s",
            "- rest: 1m10s",
            "- sound: bell",
            "- chapter: A “new” one",
            "- breathe: {in: 4s, out: 6s, cycles: 4}",
        ],
    )


def test_a_value_that_is_new_gets_an_empty_default():
    def change(blocks):
        blocks[0] = TextBlock(cue=0, pieces=(ValueChip(value="tree"), WordsPiece(words=".")))

    _, new = edited(change)

    assert new[0] == 'values: {name: "", place: the porch, tree: ""}'
    name = "one-line"
    file = read_cues(SCRIPTS[name])
    added = TextBlock(pieces=(ValueChip(value="tree"), WordsPiece(words=".")))
    written = write_blocks(file, [*read_blocks(file), added]).text
    assert '\nvalues: {tree: ""}\ncues:\n' in written


def test_what_is_taken_out_leaves_its_comments():
    def change(blocks):
        del blocks[6]

    assert edited(change) == (
        ["", "# above the chapter", "- chapter: What it does"],
        ["# above the chapter"],
    )


def test_what_is_not_understood_is_shown_as_it_is_written():
    blocks = read_blocks(read_cues(ODD))

    assert isinstance(blocks[1], KeptBlock)
    assert "x-unknown: 1" in blocks[1].text


def test_nothing_left_is_refused():
    file = read_cues(ODD)
    with pytest.raises(UsageError, match="no words left"):
        write_blocks(file, [TextBlock(cue=0, pieces=(WordsPiece(words=" "),))])


def test_written_scripts_are_valid():
    name = "arriving-here"
    file = read_cues(SCRIPTS[name])
    blocks = list(read_blocks(file))
    blocks.insert(2, RestBlock(seconds=8))

    written = write_blocks(file, blocks).text

    assert len(source_of(written, Path(f"{name}.yaml")).model.cues) == len(blocks)
