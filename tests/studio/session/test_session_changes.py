"""Changes of a session's file: one line is another, and all others are as they were."""

from __future__ import annotations

import difflib

import pytest

from serguide.base.errors import UsageError
from serguide.script import nodes
from serguide.studio.session.session_changes import allowed, changed

TEXT = """\
# seed: the evening
title: A rainy evening
about: >-
  For an evening
  in autumn.
language: en
length: 20m   # as she likes it
values:
  name: ""        # hers
  place: the sofa
soundscape: {name: porch-by-the-river, level: -22dB}
steps:
  - arriving-here   # always
  - coming-back
"""


def differing(change, text=TEXT):
    after = changed(text, change)
    nodes.parse(after, "x.yaml")  # is still a file of ours
    lines = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            {"kind": "length", "seconds": 1080},
            ["- length: 20m   # as she likes it", "+ length: 18m   # as she likes it"],
        ),
        ({"kind": "length", "seconds": None}, ["- length: 20m   # as she likes it"]),
        ({"kind": "voice", "voice": "natural"}, ["+ voice: natural"]),
        ({"kind": "voice", "voice": "recorded:ana"}, ['+ voice: "recorded:ana"']),
        (
            {"kind": "value", "key": "name", "text": " Zoë  "},
            ['-   name: ""        # hers', '+   name: "Zoë"        # hers'],
        ),
        ({"kind": "value", "key": "tea", "text": "yes: please"}, ['+   tea: "yes: please"']),
        ({"kind": "ground", "name": "back-softly"}, ["+ ground: back-softly"]),
        ({"kind": "title", "title": "Rain"}, ["- title: A rainy evening", "+ title: Rain"]),
        (
            {"kind": "soundscape", "name": "hearth", "level": -30},
            [
                "- soundscape: {name: porch-by-the-river, level: -22dB}",
                "+ soundscape: {name: hearth, level: -30dB}",
            ],
        ),
        (
            {"kind": "soundscape", "name": None},
            ["- soundscape: {name: porch-by-the-river, level: -22dB}"],
        ),
        (
            {"kind": "leave_out", "index": 0},
            ["-   - arriving-here   # always", "+   # left out: - arriving-here   # always"],
        ),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_one_thing_changes_and_nothing_else(change, lines):
    assert differing(change) == lines


def test_a_level_stays_under_the_voice():
    loud = changed(TEXT, {"kind": "soundscape", "name": "hearth", "level": 0})
    assert "level: -20dB" in loud


def test_a_reason_is_written_as_it_was_said():
    once = allowed(TEXT, "W117", 'she said: "it is enough"  # truly')
    plain = nodes.plain(nodes.parse(once, "x.yaml"))
    assert plain["allow"] == {"W117": 'she said: "it is enough" # truly'}
    both = allowed(once, "E103", "eyes: closed")
    assert both.count("allow:") == 1
    assert 'E103: "eyes: closed"' in both
    with pytest.raises(UsageError, match="needs a reason"):
        allowed(TEXT, "W117", "  ")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"kind": "burn"},
        {"kind": ["length"]},
        {"kind": "length", "seconds": "20m"},
        {"kind": "length", "seconds": 1e9},
        {"kind": "length", "seconds": float("nan")},
        {"kind": "move", "from": 0},
        {"kind": "move", "from": True, "to": 0},
        {"kind": "add", "name": "../../etc/passwd"},
        {"kind": "add", "name": "a\nsteps: []"},
        {"kind": "ground", "name": ".hidden"},
        {"kind": "value", "key": "a b: c", "text": "x"},
        {"kind": "value", "key": "name", "text": "x" * 3000},
        {"kind": "title", "title": "  "},
    ],
    ids=str,
)
def test_what_is_no_change_is_refused_in_words(change):
    with pytest.raises(UsageError):
        changed(TEXT, change)


@pytest.mark.parametrize(
    "words", ["#1", "yes", "- a", "{x}", "a: b", 'say "ah"', "it's", "🌧", "<b>", "007", "null"]
)
def test_any_words_come_back_as_they_were(words):
    after = changed(TEXT, {"kind": "value", "key": "name", "text": words})
    root = nodes.plain(nodes.parse(after, "x.yaml"))
    assert root["values"]["name"] == words
    again = changed(TEXT, {"kind": "title", "title": words})
    assert nodes.plain(nodes.parse(again, "x.yaml"))["title"] == words
