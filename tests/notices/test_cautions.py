from __future__ import annotations

import json
from importlib import resources

import pytest

from serguide.bundle.words import words_for
from serguide.notices.cautions import cautions_for, owed
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

DATA = json.loads(
    (resources.files("serguide.notices") / "cautions.json").read_text(encoding="utf-8")
)
LIBRARY = open_libraries([])


def program(name, libraries=LIBRARY):
    return resolve(libraries.locate(str(name)), libraries, KNOWN, Overrides())


@pytest.fixture
def resolved(write, tmp_path):
    """Resolve a script of one's own, with a ground track that owes nothing."""

    def resolved(cues, head=""):
        write("five-to-one.yaml", "title: g\nkind: grounding\ncues:\n  - say: Here.\n")
        text = "title: t\n" + (head if "kind:" in head else f"kind: grounding\n{head}") + "cues:\n"
        return program(
            write("t.yaml", text + "".join(f"  - {cue}\n" for cue in cues)),
            open_libraries([tmp_path]),
        )

    return resolved


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("the-first-evening", ()),
        ("after-a-strong-emotion", ()),
        ("easy-six", ("breathing",)),
        ("four-corners", ("therapist", "breathing", "holds")),
        ("the-gatekeeper", ("imagery",)),
        ("squeeze-and-spread", ("tension",)),
        ("with-a-child-balloon", ("child", "breathing")),
        ("with-a-child-treehouse", ("child", "imagery")),
        ("before-sleep", ("breathing", "imagery")),
    ],
)
def test_the_library_owes_what_it_contains(name, kinds):
    assert owed(program(name)) == kinds


def test_a_plain_script_owes_nothing(resolved):
    assert cautions_for(resolved(["say: Look out of the window."])) == ()


@pytest.mark.parametrize("stop", ["hold", "rest"])
def test_a_hold_of_the_breath_names_who_should_leave_it_out(resolved, stop):
    breath = f"breathe: {{in: 4s, {stop}: 2s, out: 6s, cycles: 2, guide: none}}"
    breathing, holds = cautions_for(resolved([breath]))
    assert "let your breath go its own way" in breathing
    for condition in (
        "pregnancy", "surgery", "heart disease", "severe asthma or COPD", "epilepsy", "glaucoma",
        "panic", "psychosis",
    ):  # fmt: skip
        assert condition in holds


def test_one_squeeze_is_no_progressive_relaxation(resolved):
    cue = "say: If you like, squeeze one hand. And let go."
    assert owed(resolved([cue])) == ()
    assert owed(resolved([cue] * 5)) == ("tension",)
    assert owed(resolved(["{say: Make a fist., beats: [tense]}"])) == ("tension",)


def test_german_words_are_known_in_german(resolved):
    cues = ["say: Vielleicht die Hände leicht anspannen."] * 5
    assert owed(resolved(cues, "language: de\n")) == ("tension",)
    assert owed(resolved(cues)) == ()


def test_pictures_owe_their_caution_in_any_kind(resolved):
    cues = [f"{{say: A lake {n}., beats: [image]}}" for n in range(5)]
    assert owed(resolved(cues[:2])) == ()
    assert owed(resolved(cues)) == ("imagery",)
    assert owed(resolved(["say: A lake."], "kind: imagery\n")) == ("imagery",)


def test_company_is_asked_for(resolved):
    assert owed(resolved(["say: Hi."], "supervision: co-listen\n")) == ("company",)
    assert owed(resolved(["say: Hi."], "supervision: therapist\n")) == ("therapist",)
    both = "audience: child\nsupervision: co-listen\n"
    assert owed(resolved(["say: Hi."], both)) == ("child",)


@pytest.mark.parametrize("language", [*DATA["sentences"], "de-AT"])
def test_cautions_speak_the_language(resolved, language):
    breath = "breathe: {in: 4s, out: 6s, cycles: 2, guide: none}"
    (told,) = cautions_for(resolved([breath], f"language: {language}\n"))
    assert told == DATA["sentences"][language[:2]]["breathing"]


def test_other_languages_are_told_in_english(resolved):
    breath = "breathe: {in: 4s, out: 6s, cycles: 2, guide: none}"
    (told,) = cautions_for(resolved([breath], "language: hu\n"))
    assert told == DATA["sentences"]["en"]["breathing"]


def test_every_language_tells_the_same_in_sentences_that_invite():
    english = list(DATA["sentences"]["en"])
    for language, table in DATA["sentences"].items():
        assert list(table) == english
        assert words_for(language).language == language
        for sentence in table.values():
            assert sentence.endswith(".")
            assert len(sentence) < 330
    told = " ".join(DATA["sentences"]["en"].values()).lower()
    for harsh in ("must", "never", "warning", "do not", "don't", "danger", "!"):
        assert harsh not in told
