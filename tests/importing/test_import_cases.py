"""Documents as people write them, each with the script that it gives; the scripts are read too."""

from __future__ import annotations

import pytest
from documents import CASES, cases, golden, imported

from serguide.importing.drafting.yaml_writer import WIDTH
from serguide.script.library import open_libraries
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

NOTATIONS = (
    "(pause 10 seconds)", "[pause 6s]", "[PAUSE:5]", "[pause:1000]", "[Pause.]", "(long pause)",
    "(long pause, 6 seconds)", "Pause: 3 seconds", "Breathe: 4 seconds",
    "Pause for about 10 seconds.", "[Be quiet for one minute.]", ". . .", "……", "/5s",
    "(For 10 breaths)", "[Pause for 3 breath cycles]", "(NOTE: ", "[Beginning]",
    "PAUSE, um tief einzuatmen", "[Pause : 5 secondes]", '<break time="3s"/>', "strength=",
    "<mstts:silence", "[[slnc 700]]", "now;2", "*; 3",
)  # fmt: skip
"""As they were found in scripts of others; each stands in a case."""


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_a_document_gives_its_script(case, tmp_path):
    text, _ = imported(case, tmp_path)
    assert text == golden(case).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.name)
def test_its_script_has_no_fault_of_the_language(case, tmp_path):
    for number, text in enumerate(golden(case).read_text(encoding="utf-8").split("---\n")):
        path = tmp_path / f"case-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        program = resolve(path, open_libraries([tmp_path]), KNOWN)  # raises ScriptError
        assert program.tracks[0].items
        assert max(map(len, text.splitlines())) <= WIDTH


def test_every_notation_stands_in_a_case():
    texts = "\n".join(path.read_bytes().decode("utf-8", "replace") for path in cases())
    assert [notation for notation in NOTATIONS if notation not in texts] == []
    assert len(cases()) >= 40


def test_six_languages_are_proposed_for_what_they_are():
    proposed = {
        line.removeprefix("language: ")
        for path in CASES.glob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("language: ")
    }
    assert {"en", "de", "cs", "sk", "fr", "es"} <= proposed


def test_no_script_is_without_its_document():
    assert {golden(case) for case in cases()} == set(CASES.glob("*.yaml"))
