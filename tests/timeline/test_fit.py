from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from serguide.timeline.fit import ElasticPart, stretch, stretch_apart

rests = st.builds(
    lambda low, natural, high: ElasticPart(low + natural, low, low + natural + high),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**7),
)
breaths = st.builds(
    lambda few, more, most, unit: ElasticPart(few + more, few, few + more + most, unit),
    st.integers(1, 20),
    st.integers(0, 20),
    st.integers(0, 50),
    st.integers(2, 500_000),
)


@given(st.lists(st.one_of(rests, breaths)), st.integers(-(10**6), 10**8))
def test_bounds_hold_and_room_is_never_passed_unless_it_must_be(elastics, room):
    chosen = stretch(elastics, room)
    total = sum(length * e.unit for length, e in zip(chosen, elastics, strict=True))
    shortest = sum(e.shortest * e.unit for e in elastics)
    longest = sum(e.longest * e.unit for e in elastics)
    assert all(e.shortest <= n <= e.longest for n, e in zip(chosen, elastics, strict=True))
    assert total <= max(room, shortest)
    if longest <= room:
        assert total == longest


@given(st.lists(rests, min_size=1), st.floats(0, 1))
def test_rests_alone_fill_their_range_to_the_sample(elastics, part):
    low = sum(e.shortest for e in elastics)
    high = sum(e.longest for e in elastics)
    room = low + round((high - low) * part)
    assert sum(stretch(elastics, room)) == room


def test_in_proportion():
    chosen = stretch(
        [ElasticPart(10, 0, 100), ElasticPart(20, 0, 100), ElasticPart(30, 0, 100)], 120
    )
    assert chosen == [20, 40, 60]


def test_breaths_are_whole_and_rests_take_what_is_left():
    breath, rest = ElasticPart(12, 6, 18, 480_000), ElasticPart(480_000, 0, 4_800_000)
    chosen = stretch([breath, rest], 15 * 480_000 + 700_000)
    assert 6 <= chosen[0] <= 18
    assert chosen[0] * 480_000 + chosen[1] == 15 * 480_000 + 700_000


tracks = st.lists(st.lists(st.one_of(rests, breaths), max_size=6), max_size=6)


@given(tracks, st.integers(-(10**6), 10**8))
def test_apart_reaches_what_all_together_reach(groups, room):
    def total(elastics, lengths):
        return sum(n * e.unit for n, e in zip(lengths, elastics, strict=True))

    everything = [elastic for group in groups for elastic in group]
    chosen = stretch_apart(groups, room)
    reached = sum(total(group, lengths) for group, lengths in zip(groups, chosen, strict=True))
    assert reached == total(everything, stretch(everything, room))
    for group, lengths in zip(groups, chosen, strict=True):
        assert all(e.shortest <= n <= e.longest for n, e in zip(lengths, group, strict=True))


def test_a_small_edit_leaves_most_tracks_as_they_were():
    def track(count, length):
        return [ElasticPart(length, length // 3, length * 3) for _ in range(count)]

    groups = [track(8, 400_000), track(12, 450_000), track(6, 300_000), track(4, 250_000)]
    one = stretch_apart(groups, 15_300_000)
    other = stretch_apart(groups, 15_295_000)
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1
