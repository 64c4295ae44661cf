"""What may be said, and the runs through sentences that come of it; nothing is heard."""

from collections import defaultdict

import pytest

from serguide.alignment.grammar import reading_grammar, sentence_grammar, word_name
from serguide.alignment.passes import passes_of
from serguide.alignment.phone_variants import SpokenWord, words_of
from serguide.alignment.recogniser import Segment

LINES = [
    [SpokenWord(word, ("AH",)) for word in line.split()] for line in ("one two", "three", "a b c")
]


def costs(grammar):
    """Return what each word's state costs to come to from each other, by Bellman and Ford."""
    import math

    steps = defaultdict(list)
    for source, target, probability, *word in grammar.transitions:
        steps[source].append((target, -math.log(probability), word[0] if word else None))
    return steps


def cost_of(grammar, spoken):
    """Return the least cost of saying words in order, from start to end."""
    steps = costs(grammar)
    best = {grammar.start: 0.0}

    def settle(states):
        todo = list(states)
        while todo:
            state = todo.pop()
            for target, nats, word in steps[state]:
                if word is None and states[state] + nats < states.get(target, 1e9) - 1e-9:
                    states[target] = states[state] + nats
                    todo.append(target)
        return states

    best = settle(best)
    for name in spoken:
        after = {}
        for state, so_far in best.items():
            for target, nats, word in steps[state]:
                if word == name:
                    after[target] = min(after.get(target, 1e9), so_far + nats)
        best = settle(after)
    return best.get(grammar.end, float("inf"))


def said(*places):
    return [word_name(*place) for place in places]


def test_straight_on_costs_least():
    grammar = reading_grammar(LINES, range(3), 0, ["AA"])
    straight = cost_of(grammar, said((0, 0), (0, 1), (1, 0), (2, 0), (2, 1), (2, 2)))
    assert straight < 1.0
    skipped = cost_of(grammar, said((0, 0), (0, 1), (2, 0), (2, 1), (2, 2)))
    again = cost_of(grammar, said((0, 0), (0, 1), (0, 0), (0, 1), (1, 0)))
    broken = cost_of(grammar, said((0, 0), (0, 0), (0, 1), (1, 0)))
    assert straight < skipped < broken < 60.0
    assert again == pytest.approx(skipped, abs=5.0)


def test_words_are_said_in_order_or_not_at_all():
    grammar = reading_grammar(LINES, range(3), 0, ["AA"])
    assert cost_of(grammar, said((2, 1))) == float("inf")
    assert cost_of(grammar, said((2, 0), (2, 2))) == float("inf")
    one = sentence_grammar(LINES[2], 2)
    assert cost_of(one, said((2, 0), (2, 1), (2, 2))) == pytest.approx(0.0)
    assert cost_of(one, said((2, 0), (2, 1))) == float("inf")


def test_something_else_costs_by_the_phone():
    grammar = reading_grammar(LINES, range(3), 0, ["AA"])
    one, two = (cost_of(grammar, ["p#AA"] * count) for count in (1, 2))
    assert 20.0 < two - one < 60.0


def test_a_window_leaves_the_others_out():
    grammar = reading_grammar(LINES, [1, 2], 1, ["AA"])
    assert cost_of(grammar, said((0, 0), (0, 1))) == float("inf")


def segment(first, last, place=None):
    return Segment(first, last, place, place is None, False, 0.0)


def test_passes_are_whole_or_broken_off():
    heard = [
        segment(0, 10), segment(10, 20, (0, 0)), segment(20, 30), segment(30, 40, (0, 0)),
        segment(40, 50, (0, 1)), segment(50, 60, (2, 0)), segment(60, 70, (2, 1)),
    ]  # fmt: skip
    found = passes_of(heard, 100.0, [2, 1, 3])
    assert [(each.sentence, each.whole) for each in found] == [(0, False), (0, True), (2, False)]
    assert (found[1].start, found[1].end) == (100.3, 100.5)


def test_words_have_no_marks():
    assert words_of("“Don’t hurry,” I’d say: 4-7-8 — Zoë.") == [
        "don't", "hurry", "i'd", "say", "4", "7", "8", "zoë",
    ]  # fmt: skip
