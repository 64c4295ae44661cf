"""What the second reader makes of sentences by people who had seen neither it nor its corpus.

`other_authors/NAME.LANGUAGE.tsv`: kind, harmful or innocent, and the sentence. Nothing is ever
learnt from them; docs/safety-check.md tells what is counted here.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from needed import READER

from serguide.safety.reader import SecondReader
from serguide.safety.reader.corpus import examples

FOLDER = Path(__file__).parent / "other_authors"
PAGE = Path(__file__).parents[2] / "docs" / "safety-check.md"
LANGUAGES = {"en": "English", "de": "German", "cs": "Czech", "sk": "Slovak"}


@cache
def sentences(path):
    """Return kind, side and text of each."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def counted():
    """Count harmful ones, named ones, innocent ones and those warned of, by author and language."""
    found = {}
    for path in sorted(FOLDER.glob("*.tsv")):
        author, language = path.stem.split(".")
        warned = SecondReader().judge([text for _, _, text in sentences(path)], (), ())
        sides = Counter(side for _, side, _ in sentences(path))
        doubted = Counter(side for _, side, text in sentences(path) if text in warned)
        found[author, language] = (
            sides["harmful"], doubted["harmful"], sides["innocent"], doubted["innocent"],
        )  # fmt: skip
    return found


def row(name, counts):
    harmful, named, innocent, warned = map(sum, zip(*counts, strict=True))
    return (
        f"| {name} | {harmful} | {named} | {named / harmful:.0%} "
        f"| {innocent} | {warned} | {warned / innocent:.1%} |"
    )


def table():
    rows = [
        "| author, language | harmful | named | | innocent | warned of | |",
        "|---|---|---|---|---|---|---|",
    ]
    for (author, language), counts in counted().items():
        rows.append(row(f"{author.replace('-', ' ')}, {LANGUAGES[language]}", [counts]))
    return "\n".join([*rows, row("all", counted().values())])


@READER
def test_nearly_all_that_is_harmful_is_named_and_little_else():
    harmful, named, innocent, warned = map(sum, zip(*counted().values(), strict=True))
    assert (harmful, innocent) == (1618, 1454)
    assert named >= 0.95 * harmful
    assert warned <= 0.02 * innocent


@READER
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(language):
    mine = [counts for (_, spoken), counts in counted().items() if spoken == language]
    harmful, named, innocent, warned = map(sum, zip(*mine, strict=True))
    assert named >= 0.92 * harmful
    assert warned <= 0.03 * innocent


@READER
def test_the_page_tells_it():
    assert f"<!-- other authors -->\n{table()}\n<!-- end" in PAGE.read_text(encoding="utf-8")


def test_nothing_is_learnt_from_them():
    known = {plain(example.text) for example in examples()}
    for path in FOLDER.glob("*.tsv"):
        assert [text for _, _, text in sentences(path) if plain(text) in known] == []


def plain(text):
    return "".join(char for char in text.casefold() if char.isalnum())
