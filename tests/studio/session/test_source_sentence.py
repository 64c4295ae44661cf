"""One sentence of a script is replaced at the place of a finding; its neighbours stay."""

from __future__ import annotations

import pytest

from serguide.base.errors import UsageError
from serguide.script import nodes
from serguide.studio.session.repointing import point_includes
from serguide.studio.session.source_sentence import replace_sentence

TEXT = """\
title: Rain
cues:
  - say: "Close your eyes, and listen."   # why
    beats: [eyes]
  - say: 'It''s raining. You must listen. That is all.'
  - rest: 9s
  - say: >-
      There is no need. [2s] With every
      drop, you will feel {name} lighter. [4s] And
      then rest.
  - say: {text: no, say: x}
  - say: Plain words. Give in, now. And more.
  - {say: Surrender., pace: 0.9}
  - include: five-to-one
  - include: "other"   # stays
"""


def said(text):
    cues = nodes.plain(nodes.parse(text, "x.yaml"))["cues"]
    return [cue["say"] for cue in cues if "say" in cue]


@pytest.mark.parametrize(
    ("words", "new", "then"),
    [
        ("Close your", "You may look.", "You may look."),
        ('listen."', 'Say "ah".', 'Say "ah".'),
        ("must", "It's fine.", "It's raining. It's fine. That is all."),
        ("feel", "Rain: it falls.", "There is no need. [2s] Rain: it falls. [4s] And then rest."),
        ("Give in", "Stay or go.", "Plain words. Stay or go. And more."),
        ("Give in", "One: two.", "Plain words. One: two. And more."),
        ("Surrender", "Rest, if you like.", "Rest, if you like."),
    ],
)
def test_a_sentence_is_replaced_and_no_other(words, new, then):
    at = TEXT.index(words)
    line, column = TEXT.count("\n", 0, at) + 1, at - TEXT.rfind("\n", 0, at)
    before = said(TEXT)
    found = said(replace_sentence(TEXT, line, column, new))
    changed = [after for was, after in zip(before, found, strict=True) if was != after]
    assert changed == [then]


def test_all_else_stays_to_the_character():
    after = replace_sentence(TEXT, 3, 12, "You may look.")
    assert after == TEXT.replace("Close your eyes, and listen.", "You may look.")


def test_the_cue_itself_stands_for_its_first_sentence():
    assert said(replace_sentence(TEXT, 7, 3, "Hm."))[2].startswith("Hm. [2s] With every")


def test_what_is_not_there_is_said():
    with pytest.raises(UsageError, match="not there any more"):
        replace_sentence(TEXT, 99, 1, "x")
    with pytest.raises(UsageError, match="needs words"):
        replace_sentence(TEXT, 3, 12, "  ")


def test_includes_name_a_copy():
    assert point_includes(TEXT, "five-to-one", "five-to-one-2") == TEXT.replace(
        "include: five-to-one", "include: five-to-one-2"
    )
    assert point_includes(TEXT, "nothing", "x") == TEXT
