"""What every script and session of the built-in library carries; nothing is rendered."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from library_measures import (
    LANGUAGES,
    LIBRARIES,
    NOTICES,
    STATED,
    in_english,
    is_session,
    language_of,
    names,
    path_of,
)

from serguide.safety.checker import check_files
from serguide.script.cues import IncludeCue, SayCue
from serguide.script.models import Script, Session, step_parts
from serguide.script.program import Spoken
from serguide.script.reading import read_source
from serguide.script.resolve import resolve
from serguide.script.variants import without_language
from serguide.voices.speakable_names import KNOWN

SEED = re.compile(r"# seed: \S.{10,90}")
PICTURED = {
    "porch-by-the-river", "the-gatekeeper", "inner-helpers-lamp", "stone-in-the-stream",
    "weather-inside", "workshop-filter", "nautilus-rooms", "lantern-path", "the-gate",
}  # fmt: skip
"""Those whose seed is a picture of the teaching's own: said to be a metaphor."""

CALMING = ("relaxation", "breathing", "imagery")
DRIVING = {
    "en": "driving or using machines",
    "cs": "při řízení",
    "sk": "pri šoférovaní",
    "de": "beim autofahren",
}
"""Words of the notice, by language and in small letters."""

SCRIPTS = [name for name in LIBRARIES.names() if not is_session(name)]
SESSIONS = [name for name in LIBRARIES.names() if is_session(name)]


def script(name: str) -> Script:
    model = read_source(path_of(name)).model
    assert isinstance(model, Script)
    return model


def session(name: str) -> Session:
    model = read_source(path_of(name)).model
    assert isinstance(model, Session)
    return model


def plain(name: str) -> str:
    """The name without its language: a script in another language stands beside the English one."""
    return without_language(name, read_source(path_of(name)).model.language)


def test_the_whole_catalogue_is_there():
    assert set(names()) == set(STATED)
    scripts, sessions = (Counter(map(language_of, each)) for each in (SCRIPTS, SESSIONS))
    assert scripts == {"en": 66, "cs": 17, "sk": 17, "de": 18}
    assert sessions == {"en": 34, "cs": 5, "sk": 5, "de": 5}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_stands_beside_the_english_one(language):
    """In the same folder, of the same kind, for the same people, and it draws in only its own."""
    for name in (each for each in LIBRARIES.names() if language_of(each) == language):
        here, there = path_of(name), path_of(in_english(name))
        assert here.parent == there.parent
        if is_session(name):
            steps = [step_parts(step)[0] for step in session(name).steps]
            used, ground = {*steps, session(name).ground}, session(in_english(name)).ground
            assert session(name).ground == f"{ground}-{language}"
            assert session(name).language == language
        else:
            own, english = script(name), script(in_english(name))
            used = {cue.include for cue in own.cues if isinstance(cue, IncludeCue)}
            assert own.language == language
            for key in ("kind", "audience", "supervision", "posture", "soundscape"):
                assert getattr(own, key) == getattr(english, key), (name, key)
        assert {language_of(each) for each in used} <= {language}


@pytest.mark.parametrize("name", [*SCRIPTS, *SESSIONS])
def test_its_first_line_names_the_seed(name):
    first = path_of(name).read_text(encoding="utf-8").splitlines()[0]
    assert SEED.fullmatch(first), first
    if name in PICTURED:
        assert "metaphor" in first


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_says_for_whom_and_how(name):
    keys = set(script(name).model_fields_set)
    assert {"about", "language", "audience", "supervision", "posture"} <= keys
    bare = [cue.say for cue in script(name).cues if isinstance(cue, SayCue) and not cue.beats]
    assert bare == []


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_says_how_it_ends_and_where_back_is(name):
    keys = set(session(name).model_fields_set)
    assert {"about", "language", "ending", "length", "soundscape", "ground"} <= keys


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_fixed_phrase_is_written_twice(name):
    """The notice on driving stands in one file, and others include it."""
    said = " ".join(cue.say for cue in script(name).cues if isinstance(cue, SayCue)).lower()
    model = script(name)
    if model.audience == "adult" and plain(name) != "night-harbour":
        assert DRIVING[model.language] not in said
    included = {plain(cue.include) for cue in model.cues if isinstance(cue, IncludeCue)}
    if model.kind in CALMING and model.audience == "adult":
        assert included & NOTICES or plain(name) == "night-harbour"


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_gives_the_notice_once(name):
    program = resolve(path_of(name), LIBRARIES, KNOWN)
    told = DRIVING[program.tracks[0].language]
    said = [
        item.text
        for track in program.tracks
        for item in track.items
        if isinstance(item, Spoken)
        and told in item.text.lower()
        and plain(track.step) != "night-harbour"
    ]
    assert len(said) == 1


@pytest.mark.parametrize("name", [n for n in SCRIPTS if n not in NOTICES])
def test_the_rate_goes_down_within_a_calming_script(name):
    model = script(name)
    if model.kind not in CALMING:
        return
    paces = [float(cue.pace) for cue in model.cues if isinstance(cue, SayCue)]
    third = len(paces) // 3
    first, middle = paces[:third], paces[third : 2 * third]
    assert sum(middle) / len(middle) < sum(first) / len(first)
    assert min(paces) >= 0.82


@pytest.mark.parametrize("name", [n for n in SESSIONS if n.startswith("with-a-child")])
def test_a_childs_session_is_all_for_a_child(name):
    model = session(name)
    steps = [step_parts(step)[0] for step in model.steps]
    assert plain(model.ground) == "paws-on-the-floor"
    for step in (*steps, model.ground):
        assert script(step).audience == "child"
        assert script(step).supervision == "co-listen"


MINUTES = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|sixteen"
    r"|nineteen|twenty|twenty-two|jedn\w+|dv\w+|tři|tri|čtyři|štyri|pět|päť|šest|šesť|sedm|sedem|"
    r"deset|desať|dvacet|dvadsať|ein\w*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|"
    r"zwanzig) (?:quiet )?minut(?!\w* for right now)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", [*SCRIPTS, *SESSIONS])
def test_about_promises_no_length(name):
    """The length is what it is fitted to; `list`, `show` and the page tell it."""
    model = script(name) if name in SCRIPTS else session(name)
    assert not MINUTES.search(model.about or ""), model.about


def test_the_safety_check_has_nothing_against_it():
    checked = check_files([], LIBRARIES)
    wrong = [str(problem) for problem in checked.problems if problem.severity == "error"]
    assert wrong == []
