"""A session's steps, line by line: moved, left out, put back, added; all else stays."""

from __future__ import annotations

import pytest

from serguide.base.errors import UsageError
from serguide.studio.session.step_lines import (
    add_step,
    leave_out,
    move,
    put_back,
    read_steps,
    rename_step,
)

TEXT = """\
# for Tuesdays
title: Evening   # the short one

steps:
  # first of all
  - arriving-here
  - held-by-the-chair: {optional: true, values: {notice: ""}}   # maybe

  - the-long-way-out:
      length: 6m    # not longer
      values:
        place: the sofa
  - coming-back
# the end
allow:
  W117: "short enough"
"""


def test_steps_that_are_read_are_written_as_they_were():
    steps = read_steps(TEXT)
    assert steps.text == TEXT
    assert [chunk.name for chunk in steps.chunks] == [
        "arriving-here", "held-by-the-chair", "the-long-way-out", "coming-back",
    ]  # fmt: skip


def test_a_step_moves_with_its_options_and_comments():
    moved = move(read_steps(TEXT), 2, 0).text
    assert moved.index("length: 6m    # not longer") < moved.index("# first of all")
    assert sorted(moved.splitlines()) == sorted(TEXT.splitlines())
    assert move(read_steps(moved), 0, 2).text == TEXT


@pytest.mark.parametrize("index", range(4))
def test_what_is_left_out_stays_as_a_comment_and_comes_back(index):
    out = leave_out(read_steps(TEXT), index)
    assert "# left out: - " in out.text
    again = read_steps(out.text)
    assert len(again.places) == 3
    assert [again.chunks[place].name for place in again.left_out] == [
        read_steps(TEXT).chunks[index].name
    ]
    assert put_back(again, 0).text == TEXT


def test_all_but_one_can_be_left_out():
    steps = read_steps(TEXT)
    for _ in range(3):
        steps = read_steps(leave_out(steps, 0).text)
    with pytest.raises(UsageError, match="at least one part"):
        leave_out(steps, 0)
    for _ in range(3):
        steps = read_steps(put_back(steps, 0).text)
    assert steps.text == TEXT


def test_a_step_is_added_where_it_was_asked_for():
    added = add_step(read_steps(TEXT), "five-to-one", 1).text
    assert [chunk.name for chunk in read_steps(added).chunks][1] == "five-to-one"
    assert added.replace("  - five-to-one\n", "") == TEXT
    last = add_step(read_steps(TEXT), "five-to-one", 4).text
    assert "  - coming-back\n  - five-to-one\n# the end" in last


def test_a_step_names_a_copy_and_keeps_its_options():
    renamed = rename_step(read_steps(TEXT), 1, "held-2").text
    assert '  - held-2: {optional: true, values: {notice: ""}}   # maybe\n' in renamed
    assert rename_step(read_steps(TEXT), 0, "a b").text.count("- a b\n") == 1


def test_steps_on_one_line_become_lines():
    steps = read_steps("title: x\nsteps: [one, two: {length: 3m}]\nground: g\n")
    assert leave_out(steps, 0).text == (
        "title: x\nsteps:\n  # left out: - one\n  - two: {length: 3m}\nground: g\n"
    )


@pytest.mark.parametrize("text", ["title: x\n", "steps: []\n", "steps: 3\n"])
def test_what_is_no_session_is_said_to_be_none(text):
    with pytest.raises(UsageError, match="no session"):
        read_steps(text)


@pytest.mark.parametrize("index", [-1, 4, 99])
def test_a_step_that_is_not_there(index):
    with pytest.raises(UsageError, match="not there any more"):
        leave_out(read_steps(TEXT), index)
