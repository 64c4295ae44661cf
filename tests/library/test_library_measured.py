"""The built-in library, spoken by espeak once and measured: lengths, pace, silences, fitting."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_measures import (
    DWELLING,
    NOTICES,
    STATED,
    Measured,
    Rehearsal,
    in_english,
    is_session,
    language_of,
    names,
)

from serguide.base.units import SAMPLERATE
from serguide.cache.store import Store
from serguide.timeline.layout import NEAR

pytestmark = pytest.mark.slow

SCRIPTS = [name for name in names() if not is_session(name)]
SESSIONS = [name for name in names() if is_session(name)]
TABLE = Path(__file__).parents[2] / "docs" / "library.md"

SANE = 80
"""Words a minute over a whole session, above which its silences are squeezed out."""


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory) -> Rehearsal:
    return Rehearsal(Store(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="module")
def measured(rehearsal) -> dict[str, Measured]:
    return {name: rehearsal.measure(name) for name in names()}


@pytest.mark.parametrize("name", names())
def test_it_lasts_as_long_as_stated(measured, name):
    assert measured[name].minutes == pytest.approx(STATED[name], rel=0.05)


@pytest.mark.parametrize("name", names())
def test_the_estimate_is_near_the_rendered_length(rehearsal, name):
    estimated, rendered = rehearsal.natural(name)
    assert estimated.frames == pytest.approx(rendered.frames, rel=0.05)


@pytest.mark.parametrize("name", names())
def test_words_come_slowly_within_phrases(measured, name):
    """Czech and Slovak have longer words, and fewer of them, at the same tempo."""
    slowest = {"en": 95, "de": 94}.get(language_of(name), 88)
    assert slowest <= measured[name].within <= 120
    assert max(measured[name].speeds) <= 130


@pytest.mark.parametrize("name", names())
def test_words_leave_room_over_the_whole(measured, name):
    quiet = in_english(name) == "night-harbour" or measured[name].paced
    fewest = 35 if name in DWELLING else 38 if quiet else 50
    fewest *= {"en": 1, "de": 0.95}.get(language_of(name), 0.75)
    assert fewest <= measured[name].overall <= 80


@pytest.mark.parametrize("name", names())
def test_no_long_silence_comes_unannounced(measured, name):
    assert measured[name].silence <= 20


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_is_as_long_as_it_says_without_much_stretching(rehearsal, name):
    """Its length is made by its content; fitting only trims it."""
    _, natural = rehearsal.natural(name)
    assert natural.frames / SAMPLERATE / 60 == pytest.approx(STATED[name], rel=0.08)


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_fits_to_lengths_within_its_range(rehearsal, name):
    shortest, longest = rehearsal.range(name)
    assert shortest <= 0.99 * STATED[name]
    assert longest >= 1.09 * STATED[name]
    for part in (0.02, 0.25, 0.5, 0.75, 0.98):
        asked = round((shortest + part * (longest - shortest)) * 60) / 60
        fitted = rehearsal.timeline(name, asked)
        assert abs(fitted.fit.residual) <= NEAR
        assert fitted.frames / SAMPLERATE == pytest.approx(asked * 60, abs=5)


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_is_calm_at_its_shortest(rehearsal, name):
    shortest = Measured(name, 0, rehearsal.timeline(name, 1 / 60))
    assert shortest.overall <= SANE


@pytest.mark.parametrize("name", SESSIONS)
def test_no_long_silence_comes_unannounced_at_its_longest(rehearsal, name):
    assert Measured(name, 0, rehearsal.timeline(name, 180)).silence <= 22


def test_sessions_reach_from_five_to_twenty_five_minutes(rehearsal):
    ranges = [rehearsal.range(name) for name in SESSIONS]
    assert min(shortest for shortest, _ in ranges) <= 5
    assert sum(longest >= 24 for _, longest in ranges) >= 4


@pytest.mark.parametrize("name", [name for name in SESSIONS if name.startswith("with-a-child")])
def test_a_childs_session_lasts_at_most_ten_minutes(measured, name):
    assert measured[name].minutes <= 10


def test_the_printed_table_is_of_this_library(measured):
    rows = [line.split("|") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    cells = {row[1].strip(): row for row in rows if len(row) > 5 and row[1].strip() in STATED}
    assert list(cells) == names()
    for name, row in cells.items():
        assert float(row[4]) == pytest.approx(measured[name].minutes, abs=0.1), name


def test_what_is_only_included_is_named_under_the_table():
    text = TABLE.read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in NOTICES)
