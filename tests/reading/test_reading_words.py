"""Words of teleprompter and sheet: whole in every language, and used."""

from __future__ import annotations

import asyncio
import json
import string
from importlib import resources

import pytest

from serguide.reading.prompter.level_words import LevelMeter
from serguide.reading.prompter.prompter import Prompter
from serguide.reading.prompter.prompter_screen import PrompterScreen
from serguide.reading.reading_sheet import sheet_html
from serguide.reading.words import doubt_words, reading_words
from serguide.recordings.sentences import reading_list
from serguide.script.library import open_libraries

LANGUAGES = ("en", "de", "cs", "sk")

SCRIPT = """\
title: Am Fenster
kind: relaxation
language: de
values: {name: ""}
cues:
  - say: Draußen regnet es, und Sie sind drinnen.
  - rest: 20s
  - say: Es gibt nichts zu tun.
"""


def table(language):
    folder = resources.files("serguide.reading.words")
    return json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))


def fields(phrase):
    forms = phrase.values() if isinstance(phrase, dict) else [phrase]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language):
    english, here = table("en"), table(language)
    assert here.keys() == english.keys()
    for key, phrase in here.items():
        assert fields(phrase) == fields(english[key]), key
        assert language == "en" or phrase != english[key], key


@pytest.fixture
def reading(tmp_path):
    (tmp_path / "am-fenster.yaml").write_text(SCRIPT, encoding="utf-8")
    return reading_list("am-fenster", open_libraries([tmp_path]))


def test_a_sheet_is_in_the_language_of_what_is_read(reading):
    page = sheet_html(reading)
    assert '<html lang="de">' in page
    assert "<title>Am Fenster: zum Vorlesen</title>" in page
    assert "Ruhe, 20 Sekunden" in page
    assert "Minuten zu lesen." in page
    assert "sentence" not in page.partition("<body>")[2]


@pytest.mark.parametrize(
    ("language", "begin", "keys"),
    [("de", "Mit der Leertaste beginnen", "auslassen"), ("cs", "Začněte mezerníkem", "vynechat"),
     ("sk", "Začnite medzerníkom", "vynechať"), ("fr", "Space begins", "skip")],
)  # fmt: skip
def test_the_terminal_speaks_it_too(reading, language, begin, keys):
    prompter = Prompter(reading.sentences, lambda *_: None, {})

    async def run():
        screen = PrompterScreen(reading.title, prompter, print, lambda entry: entry, language)
        async with screen.run_test(size=(120, 32)):
            return {
                name: str(screen.query_one(f"#{name}").render())
                for name in ("state", "keys", "head", "sentence")
            }

    shown = asyncio.run(run())
    prompter.finish()
    assert shown["state"] == begin
    assert keys in shown["keys"]
    assert shown["sentence"] == reading.sentences[0].text
    of = {"de": "1 von", "cs": "1 z", "sk": "1 z", "fr": "1 of"}[language]
    assert of in shown["head"]


def test_a_doubt_is_said_in_it_with_its_words():
    assert doubt_words("something knocked", reading_words("de")) == "etwas hat geklopft"
    near = "does not sound like this sentence near “rain”"
    assert doubt_words(near, reading_words("cs-CZ")) == "u „rain“ nezní jako tato věta"
    assert doubt_words("of a later version", reading_words("sk")) == "of a later version"
    assert doubt_words("", reading_words("sk")) == ""


def test_every_reason_that_can_be_told_has_its_words():
    import inspect
    import re

    from serguide.alignment import beside, faults, judge
    from serguide.reading.prompter import level_words, take_check

    known = reading_words("en").table
    source = inspect.getsource(take_check) + inspect.getsource(beside)
    reasons = set(re.findall(r'return "([a-z][^"]+)"', source)) | set(take_check.SILENT)
    reasons |= {faults.CUT_OFF, faults.SOFT, faults.CLIPPED, faults.HUM, faults.NOISE}
    reasons |= {judge.NOT_LIKE_IT}
    assert len(reasons) >= 10
    for why in reasons:
        assert f"why.{why}" in known, why
    told = re.findall(
        r'"((?:too |the room|a hum|quiet)[^"]+|good)"', inspect.getsource(level_words)
    )
    assert len(told) >= 5
    for words in told:
        assert f"level.{words}" in known, words
    assert LevelMeter().report(speaking=True).voice == ""
