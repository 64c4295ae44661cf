"""The sentences that the second reader learns from: enough, varied, each once."""

from __future__ import annotations

from collections import Counter

import pytest

from serguide.safety.reader.corpus import ORDINARY, examples
from serguide.safety.reader.kinds import BY_NAME, KINDS

LANGUAGES = ("en", "cs", "de", "sk")
VOICES = Counter(
    language for language, _ in {(e.language, e.voice) for e in examples() if e.kind != ORDINARY}
)


def counted(language, kind, harmful):
    return sum(
        1 for e in examples() if (e.language, e.kind, e.harmful) == (language, kind, harmful)
    )


@pytest.mark.parametrize("kind", BY_NAME)
def test_there_is_enough_of_every_kind(kind):
    assert counted("en", kind, True) >= 150
    assert counted("en", kind, False) >= 250
    for language in LANGUAGES[1:]:
        # A fifth of that, at least.
        assert counted(language, kind, True) >= 30
        assert counted(language, kind, False) >= 50


def test_voices_are_many():
    assert VOICES["en"] >= 12
    assert all(VOICES[language] >= 3 for language in LANGUAGES)


def test_no_sentence_stands_there_twice():
    plain = Counter(
        "".join(char for char in example.text.casefold() if char.isalnum())
        for example in examples()
    )
    assert [text for text, times in plain.items() if times > 1] == []


def test_every_line_is_whole():
    for example in examples():
        assert example.kind in BY_NAME or (example.kind == ORDINARY and not example.harmful)
        assert example.text == example.text.strip()
        assert any(char.isalpha() for char in example.text)


def test_no_opening_is_used_over_and_over():
    """Four words that begin many harmful sentences would be learnt in the place of meaning."""
    openings = Counter(" ".join(e.text.casefold().split()[:4]) for e in examples() if e.harmful)
    assert openings.most_common(1)[0][1] <= 0.01 * len(examples())


def test_codes_are_one_a_kind():
    assert [kind.code for kind in KINDS] == [f"W{number}" for number in range(201, 216)]
