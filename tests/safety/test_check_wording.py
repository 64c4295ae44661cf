"""Word lists: what they find, and what only looks like it; one table of sentences a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from serguide.safety import lexicon
from serguide.safety.lexicon import languages, lexicon_of
from serguide.safety.rules.wording import is_bare_imperative
from serguide.script.program import Origin, Spoken
from serguide.script.sentence_split import split_sentences

TABLES = sorted((Path(__file__).parent / "sentences").glob("*.yaml"))
ENOUGH = 15


def cases(side):
    for path in TABLES:
        code, _, language = path.stem.partition(".")
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))[side]:
            yield pytest.param(code, language or "en", text, id=f"{path.stem}: {text}")


def finds(code, language, text):
    if code == "W104":
        return is_bare_imperative(Spoken(text, text, language, Origin("x.yaml", 1), 1))
    lexicon = lexicon_of(language)
    sentences = split_sentences(text, language)
    hits = [hit for sentence in sentences for hit in lexicon.find(code, sentence)]
    if code == "E103":
        return bool(hits) and not lexicon.says("words", "open_eyes", text.replace(hits[0].text, ""))
    return bool(hits)


@pytest.mark.parametrize(("code", "language", "text"), list(cases("bad")))
def test_bad_sentences_are_found(code, language, text):
    assert finds(code, language, text)


@pytest.mark.parametrize(("code", "language", "text"), list(cases("innocent")))
def test_innocent_sentences_are_left_alone(code, language, text):
    assert not finds(code, language, text)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_table_has_enough_of_both(path):
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    for side in ("bad", "innocent"):
        assert len(set(table[side])) >= ENOUGH


def test_every_rule_of_every_list_has_a_table():
    stems = {path.stem for path in TABLES}
    for language in languages():
        data = yaml.safe_load(
            (Path(lexicon.__file__).parent / f"{language}.yaml").read_text("utf-8")
        )
        for code in data["rules"]:
            assert (code if language == "en" else f"{code}.{language}") in stems


@pytest.mark.parametrize("language", languages())
def test_the_other_languages_have_what_they_promise(language):
    lexicon = lexicon_of(language)
    assert lexicon.covers("E106")
    assert lexicon.covers("E109")
    assert lexicon_of(f"{language}-XX") is lexicon


def test_a_language_without_lists_has_none():
    assert lexicon_of("fr") is None


@pytest.mark.parametrize(
    "text",
    ["you must lie", "You MUST lie", "you muſt lie", "YOU MUST LİE"],
    ids=["small", "capitals", "long s", "dotted capital"],
)
def test_case_does_not_matter_and_moves_no_position(text):
    (hit,) = lexicon_of("en").find("E105", f"İ ẞ… {text} there.")
    assert hit.text == text
