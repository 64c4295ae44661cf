"""What the check found, told to a therapist: every code, in every language, with its numbers."""

from __future__ import annotations

import json
import re
import string
from datetime import date
from importlib import resources

import pytest

from serguide.safety import RULES, known_codes
from serguide.safety.checker import Checker
from serguide.script.library import open_libraries
from serguide.studio.words.finding_words import reason_behind
from serguide.studio.words.plain_findings import FACTS, plain_finding

LANGUAGES = ("en", "de", "cs", "sk")

PROGRAMMERS = re.compile(r"`|\b(cue|beats?|yaml|allow|include|hold:|rest:|cycles|supervision)\b")
"""Words of the file and of the check, which say nothing to whoever opened neither."""


def table(language):
    folder = resources.files("serguide.studio.words") / language
    return json.loads((folder / "findings.json").read_text(encoding="utf-8"))


def fields(phrase):
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_check_has_a_sentence(language):
    here = table(language)
    for code in known_codes():
        assert here.get(code, "").endswith((".", "?")), code
        assert plain_finding(code, "told in a way that nobody foresaw", language) == here[code]
    for code, variants in FACTS.items():
        for name, pattern in variants:
            assert fields(here[f"{code}.{name}"]) <= set(re.compile(pattern).groupindex), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_reason(language):
    english = {code: reason_behind(code, "en") for code in RULES}
    for code in RULES:
        why = reason_behind(code, language)
        assert why, code
        assert language == "en" or why != english[code], code


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_with_the_same_numbers(language):
    english, here = table("en"), table(language)
    assert here.keys() == english.keys()
    assert set(here) == {
        *known_codes(),
        *(f"{code}.{name}" for code, variants in FACTS.items() for name, _ in variants),
    }
    for key, phrase in here.items():
        assert fields(phrase) == fields(english[key]), key
        assert language == "en" or phrase != english[key], key


def test_nothing_is_said_in_the_terms_of_the_file():
    for key, phrase in table("en").items():
        assert not PROGRAMMERS.search(phrase), (key, phrase)


HEAD = "title: A breath\nkind: breathing\nlanguage: en\ncues:\n"
OPEN = (
    "  - say: This is a breath. You can sit or lie, and stop at any time. Not while driving.\n"
    "    beats: [orient, posture, permission, safety, breath]\n"
)
FOUND = [
    ("breathe: {in: 4s, hold: 3s, out: 6s, cycles: 4}", "E113", "held for 3 s."),
    ("breathe: {in: 4s, hold: 5.5s, out: 6s, cycles: 4}", "E113", "held for 5.5 s. Alone, 4 s is"),
    ("breathe: {in: 4s, hold: 7s, out: 8s, cycles: 6}", "E113", "7 s, up to 6 times."),
    ("breathe: {in: 2s, out: 2s, cycles: 20}", "E114", "15 breaths a minute; 10 are the most"),
    ("breathe: {in: 8s, out: 9s, cycles: 4}", "E114", "3.5 breaths a minute; 4.5 are the least"),
    ("breathe: {in: 5s, out: 4s, cycles: 8}", "W115", "out is shorter than the breath in"),
    ("rest: {for: 45s, min: 45s, max: 45s}", "W119", "45 seconds of silence, and nothing"),
    ("rest: {for: 90s, min: 90s, max: 90s}", "E120", "90 seconds of silence; 60 are the most"),
    ('say: "You must surrender."', "E105", "” leaves no choice."),
    ('say: "You will feel lighter."', "E108", "” promises what will come of it."),
    ('say: "Let {nobody} rest here."', "L021", "“nobody” is to be filled in here"),
    ('say: "Rest here (pause 10 seconds) a while."', "L034", "“(pause 10 seconds)” would be"),
    ("include: nowhere-at-all", "L022", "The part “nowhere-at-all” is not on the shelf."),
]


@pytest.mark.parametrize(("cue", "code", "said"), FOUND, ids=[f"{c} {b[:14]}" for b, c, _ in FOUND])
def test_what_the_check_says_is_understood_with_its_numbers(tmp_path, cue, code, said):
    from serguide.base.errors import ScriptError

    text = f"{HEAD}{OPEN}  - {cue}\n"
    path = tmp_path / "a-breath.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        _, report = Checker(open_libraries([tmp_path]), None, date.today()).draft(path, text)
        problems = report.problems
    except ScriptError as error:
        problems = error.problems
    told = [plain_finding(each.code, each.message, "en") for each in problems if each.code == code]
    assert any(said in each for each in told), (told, problems)
    for language in LANGUAGES[1:]:
        for each in problems:
            assert plain_finding(each.code, each.message, language), each


def test_numbers_are_written_as_the_language_writes_them():
    held = "the breath is held for 4.5s; nobody has opted into it"
    assert "4.5 s" in plain_finding("E113", held, "en")
    assert "4,5 s" in plain_finding("E113", held, "de")
    assert "1 min 30 s" in plain_finding("E113", held.replace("4.5s", "1m30s"), "cs")
    fast = "12.0 breaths a minute; at most 10"
    assert "minútu: 12;" in plain_finding("E114", fast, "sk")
