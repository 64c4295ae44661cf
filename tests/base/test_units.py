from __future__ import annotations

from fractions import Fraction

import pytest

from serguide.base import units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500ms", Fraction(1, 2)),
        ("6s", 6),
        ("1m30s", 90),
        ("20m", 1200),
        ("2.5s", Fraction(5, 2)),
        ("2.50", Fraction(5, 2)),
        ("0.1", Fraction(1, 10)),
        ("6", 6),
        ("1m500ms", Fraction(121, 2)),
        ("0s", 0),
        ("24m", 1440),
    ],
)
def test_times_are_exact(text, expected):
    assert units.parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("4:30", "4m30s"),
        ("1,5s", "1.5s"),
        ("1,5", "1.5s"),
        ("6 s", "6s"),
        ("6 seconds", "6s"),
        ("2 min", "2m"),
        ("", "like"),
        ("-3s", "like"),
        ("1e3", "like"),
        ("inf", "like"),
        ("nan", "like"),
        ("6S", "like"),
        ("s", "like"),
        ("2d", "like"),
        ("99999m", "shorter"),
        ("٣s", "like"),
    ],
)
def test_anything_else_is_an_error_with_a_hint(text, hint):
    with pytest.raises(ValueError, match="“") as caught:
        units.parse_time(text)
    assert hint in str(caught.value)


def test_levels():
    assert units.parse_level("-22dB") == -22
    assert units.parse_level("+1.5dB") == 1.5
    for text in ("-22", "-22 dB", "-22db", "loud"):
        with pytest.raises(ValueError, match="is not a level"):
            units.parse_level(text)


def test_a_third_of_a_second_a_thousand_times_does_not_drift():
    third = units.Seconds(Fraction(1, 3))
    assert units.samples(third * 1000 * 3) == 48_000_000
    assert [units.samples(third * n) for n in range(4)] == [0, 16000, 32000, 48000]


def test_what_is_written_reads_back():
    for text in ("500ms", "6s", "1m30s", "20m", "2.5s"):
        assert units.parse_time(units.format_time(units.parse_time(text))) == units.parse_time(text)
    assert units.format_clock(402) == "6:42"
    assert units.format_clock(3723) == "1:02:03"
