"""Grammar of reading aloud: the words that may follow one another, as a finite-state machine.

After any word: on, or back to a sentence's beginning. After a sentence: the next, or any other
in the window. Between sentences: anything at all, as a loop over single phones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from serguide.alignment.phone_variants import SpokenWord

Transition = tuple[int, int, float] | tuple[int, int, float, str]
"""From, to, probability, and the word that is spoken on the way, if any."""

_HUB, _END, _ANYTHING = 0, 1, 2
_BACK: Final = 25.0  # nats for breaking off within a sentence
_JUMP: Final = 12.0  # nats for a sentence that is not the next
_OTHER: Final = 30.0  # nats for saying what is in no sentence
_PHONE: Final = 30.0  # nats for each phone of it
_UNFINISHED: Final = 30.0  # nats for a stretch that ends within a sentence
_DISTANCE: Final = 2.0  # nats for each sentence between the expected and the first


def word_name(sentence: int, word: int) -> str:
    """Return the recogniser's name of one word at one place."""
    return f"w#{sentence}.{word}"


def phone_name(phone: str) -> str:
    """Return the recogniser's name of a phone that stands alone."""
    return f"p#{phone}"


@dataclass(slots=True)
class Grammar:
    """Hold transitions from state `start` to state `end`."""

    start: int
    end: int
    transitions: list[Transition] = field(default_factory=list)

    def go(self, source: int, target: int, nats: float, word: str | None = None) -> None:
        """Add a transition that costs so many nats."""
        probability = math.exp(-nats)
        self.transitions.append(
            (source, target, probability) if word is None else (source, target, probability, word)
        )


def reading_grammar(
    sentences: Sequence[Sequence[SpokenWord]],
    window: Sequence[int],
    expected: int,
    phones: Sequence[str],
) -> Grammar:
    """Return what may be said in a stretch of a take.

    window: the sentences that may come; expected: the one that is likeliest first.
    """
    entry = 3
    grammar, free = Grammar(entry, _END), entry + 1
    grammar.go(entry, _HUB, _JUMP + 8.0)
    grammar.go(_HUB, _ANYTHING, _OTHER)
    grammar.go(_ANYTHING, _HUB, 0.0)
    grammar.go(_HUB, _END, 0.0)
    for phone in phones:
        grammar.go(_ANYTHING, _ANYTHING, _PHONE, phone_name(phone))
    starts = {}
    for sentence in window:
        starts[sentence], free = free, free + 1
        grammar.go(_HUB, starts[sentence], _JUMP)
        grammar.go(entry, starts[sentence], min(_JUMP, _DISTANCE * abs(sentence - expected)))
    for sentence in window:
        state = starts[sentence]
        last = len(sentences[sentence]) - 1
        for word in range(last + 1):
            grammar.go(state, free, 0.0, word_name(sentence, word))
            state, free = free, free + 1
            if word < last:
                grammar.go(state, _HUB, _BACK)
                grammar.go(state, _END, _UNFINISHED)
        grammar.go(state, _HUB, 4.0)
        grammar.go(state, _END, 0.0)
        if sentence + 1 in starts:
            grammar.go(state, starts[sentence + 1], 0.0)
    return grammar


def sentence_grammar(words: Sequence[SpokenWord], sentence: int) -> Grammar:
    """Return one sentence, spoken once from its first word to its last."""
    grammar = Grammar(0, len(words))
    for word in range(len(words)):
        grammar.go(word, word + 1, 0.0, word_name(sentence, word))
    return grammar


def anything_grammar(phones: Sequence[str]) -> Grammar:
    """Return any sounds in any order: what a sentence is measured against."""
    grammar = Grammar(0, 1)
    for phone in phones:
        grammar.go(0, 0, 0.0, phone_name(phone))
    grammar.go(0, 1, 0.0)
    return grammar
