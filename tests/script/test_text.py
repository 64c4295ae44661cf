from __future__ import annotations

from fractions import Fraction

import pytest

from serguide.script.text import InlinePause, TextError, fill, fill_plain, parse_text


def spoken(text, language="en", **values):
    parts = fill(parse_text(text), values, language)
    return [p.length if isinstance(p, InlinePause) else p.text for p in parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's “fine”, isn't it?", ["It's “fine”, isn't it?"]),
        ("A [[bracket] and {{brace}.", ["A [bracket] and {brace}."]),
        ("A [[bracket]] and {{brace}}.", ["A [bracket] and {brace}."]),
        ("lone ] and } stay", ["lone ] and } stay"]),
        ("Eyes. [2s] Either is fine.", ["Eyes.", Fraction(2), "Either is fine."]),
        ("Either [500ms] way", ["Either", Fraction(1, 2), "way"]),
        ("a [2.50] b", ["a", Fraction(5, 2), "b"]),
        ("[1m30s]", [Fraction(90)]),
        ("over\nlines   and spaces", ["over lines and spaces"]),
    ],
)
def test_text_is_kept_whole(text, expected):
    assert spoken(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("{name}, notice your back.", "Ana", ["Ana, notice your back."]),
        ("{name}, notice your back.", "", ["Notice your back."]),
        ("{name}, notice your back.", "  ", ["Notice your back."]),
        ("Welcome, {name}.", "", ["Welcome."]),
        ("So, {name}, here you are.", "", ["So, here you are."]),
        ("Rest. {name}, breathe.", "", ["Rest.", "Breathe."]),
        ("And {name}, when you like.", "", ["And when you like."]),
        ("{name}.", "", []),
        ("مرحبا، {name}، خذ وقتك.", "", ["مرحبا، خذ وقتك."]),
        ("A {name} b", "{x} [2s] {{", ["A {x} [2s] {{ b"]),
    ],
)
def test_an_empty_value_takes_its_comma_with_it(text, value, expected):
    assert spoken(text, name=value) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[laughs] hello", "[["),
        ("[2 s]", "`2s`"),
        ("[4:30]", "4m30s"),
        ("{two words}", "{name}"),
        ("an open { brace", "{{"),
        ("an open [ bracket", "[["),
        ("{}", "{name}"),
        ("[]", "[["),
    ],
)
def test_what_means_nothing_is_an_error_never_a_guess(text, hint):
    with pytest.raises(TextError) as caught:
        parse_text(text)
    assert hint in caught.value.hint


def test_every_sentence_with_a_value_is_private_and_no_other():
    pieces = parse_text("Hello. {name}, sit down. Rest at {place}. Good.")
    parts = fill(pieces, {"name": "Ana. Maria", "place": "home"}, "en")
    assert [(p.text, p.private) for p in parts] == [
        ("Hello.", False),
        ("Ana.", True),
        ("Maria, sit down.", True),
        ("Rest at home.", True),
        ("Good.", False),
    ]


def test_shown_text_has_no_pauses():
    assert fill_plain(parse_text("For {name}, [2s] tonight"), {"name": ""}) == "For tonight"
