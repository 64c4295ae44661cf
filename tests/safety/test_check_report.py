"""Places, waivers, measured lengths, the manual, and what is shipped."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from safety import BREATH, CAUTION, CLOSING, OPENING, OUT, TODAY, checked, codes, safe, script

from serguide.api import Prepared, RenderRequest
from serguide.base.errors import ScriptError
from serguide.cache.store import Store
from serguide.cli.group import cli
from serguide.cli.printing import say_prepared
from serguide.cli.remedies import advised
from serguide.safety import RULES, explain, known_codes, manual
from serguide.safety.beats import BEATS
from serguide.safety.checker import Checker, check_files
from serguide.safety.preflight import TRY, judge
from serguide.script.library import open_libraries
from serguide.script.resolve import resolve
from serguide.voices.narrate import narrate
from serguide.voices.speakable_names import KNOWN

ROOT = Path(__file__).parents[2]
WHOLE = (OPENING, CAUTION, BREATH, OUT, CLOSING)


@pytest.fixture
def run():
    def run(*arguments, **env):
        return CliRunner(mix_stderr=False).invoke(cli, [str(a) for a in arguments], env=env)

    return run


def test_a_problem_points_at_the_words(write):
    text = safe("- say: >-\n    It is quiet here, and then you\n    will feel better, perhaps.\n")
    path = write("x.yaml", text)
    problem = next(p for p in checked(path).problems if p.code == "E108")
    line = path.read_text().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("you")
    assert "“you will feel better”" in problem.message


def test_a_waiver_settles_a_rule_and_is_listed(write):
    head = "allow: {W119: The bell says it.}\n"
    report = checked(write("x.yaml", safe("- rest: 25s\n- say: There.\n", head=head)))
    assert codes(report) == set()
    assert [(w.problem.code, w.reason) for w in report.waived] == [("W119", "The bell says it.")]


def test_a_waiver_of_a_protected_rule_waives_nothing(write):
    head = "allow: {E106: because}\n"
    report = checked(write("x.yaml", safe("- say: Let us go back to the accident.\n", head=head)))
    assert codes(report) == {"E106", "E132"}


def test_a_waiver_without_effect_is_said_once_and_only_where_it_stands(write, tmp_path):
    write("five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    path = write("x.yaml", script(*WHOLE, head="allow: {W119: because}\n"))
    found = check_files([str(path)], open_libraries([]), today=TODAY)
    assert [p.code for p in found.problems] == ["W134"]
    assert found.problems[0].line == 3


def test_a_session_waives_for_its_steps(write):
    write("scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("scripts/step.yaml", safe("- rest: 25s\n- say: There.\n"))
    text = "title: S\nallow: {W119: known, W128: short}\nsteps: [step]\n"
    report = checked(write("scripts/sessions/s.yaml", text))
    assert codes(report) == set()
    assert {w.problem.code for w in report.waived} == {"W119", "W128"}


def test_lengths_are_measured_where_clips_are_in_the_cache(write, tmp_path):
    path = write(
        "x.yaml", safe("- say: It is as it is and so it is and it is so to me.\n  pace: 2.0\n")
    )
    write("five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    store, libraries = Store(tmp_path / "cache"), open_libraries([])

    def message():
        report = Checker(libraries, store, TODAY).file(path)[1]
        return next(p.message for p in report.problems if p.code == "W121")

    assert message().endswith("(estimated)")
    program = resolve(path, libraries, KNOWN)
    from serguide.script.program import spoken_of
    from serguide.voices.select import VoiceSelection

    narrate(spoken_of(program), VoiceSelection(program).voice_of, store)
    assert message().endswith("(measured)")


def test_the_shipped_library_passes_in_good_time():
    libraries = open_libraries([])
    began = time.process_time()
    found = check_files([], libraries, today=TODAY)
    took = time.process_time() - began
    assert [str(p) for p in found.problems if p.severity == "error"] == []
    waived = {(w.problem.path, w.problem.code) for w in found.waived}
    # Sessions that only ground, or that end with an adult or in sleep, have nothing to integrate.
    assert {code for _, code in waived} == {"W128", "W117"}
    assert len([path for path, code in waived if code == "W117"]) == 1
    # Under a second on a quiet machine; several run here side by side.
    assert took < 6


def test_every_beat_of_the_library_is_known():
    used = set()
    for path in [*ROOT.glob("scripts/**/*.yaml"), *ROOT.glob("imagery/scenes/*.yaml")]:
        for found in re.findall(r"beats: \[([^\]]*)\]", path.read_text(encoding="utf-8")):
            used |= {beat.strip() for beat in found.split(",")}
    assert used
    assert used - set(BEATS) == set()


def test_the_page_of_problems_is_current():
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert page == manual(advised), "run `serguide check --explain all > docs/problems.md`"


@pytest.mark.parametrize("code", known_codes())
def test_every_code_is_explained(code):
    told = explain(code.lower())
    assert told.startswith(code)
    if code in RULES:
        assert len(RULES[code].why) > 30
        assert len(RULES[code].better) > 10


def test_a_rule_is_an_error_by_its_letter_and_ten_and_more_are_never_waived():
    protected = {code for code, rule in RULES.items() if not rule.waivable}
    assert protected >= {"E101", "E102", "E106", "E109", "E110", "E111", "E122"}
    assert all(
        rule.severity == ("error" if code[0] == "E" else "warning") for code, rule in RULES.items()
    )


def test_explain_on_the_command_line(run):
    done = run("check", "--explain", "E103")
    assert done.exit_code == 0
    assert "soft gaze" in done.stdout
    assert run("check", "--explain", "all").stdout == manual(advised)
    wrong = run("check", "--explain", "E1O3")
    assert wrong.exit_code == 2
    assert "did you mean `E1" in wrong.stderr


def test_check_prints_problems_waivers_and_data(run, write, tmp_path):
    write("five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    body = "- rest: 25s\n- say: You must lie there.\n"
    path = write("x.yaml", safe(body, head="allow: {W119: The bell says it.}\n"))
    done = run("check", path)
    assert done.exit_code == 3
    assert re.search(
        r"x\.yaml:\d+:\d+: E105 “you must lie” leaves no choice\n    \w", done.stdout, re.I
    )
    assert "W119 waived" in done.stdout
    assert "    The bell says it." in done.stdout
    assert "1 waived" in done.stderr
    rows = json.loads(run("check", path, "--json").stdout)
    assert [(row["code"], row["severity"]) for row in rows] == [
        ("E105", "error"),
        ("W119", "waived"),
    ]
    assert rows[1]["reason"] == "The bell says it."


# What stops a rendering.


def admitted(path, **settings):
    libraries = open_libraries([])
    program = resolve(path, libraries, KNOWN)
    judged = judge(program, libraries, None, today=TODAY, **settings)
    if judged.stopping:
        raise ScriptError(judged.stopping)
    return judged


def test_two_sentences_alone_are_let_through_without_a_word(write):
    path = write(
        "x.yaml", script("  - say: Hello.\n  - pause: 1s\n  - say: Well.\n", kind="grounding")
    )
    assert admitted(path).warnings == ()


def test_a_short_try_is_told_what_it_owes_and_let_through(write):
    said = admitted(write("x.yaml", script(BREATH))).warnings
    assert {p.code for p in said} == {"E101", "E102", "E111", "W115"}
    assert {p.severity for p in said} == {"warning"}


def test_a_whole_track_that_owes_something_is_stopped(write):
    rests = "  - rest: {for: 55s, announced: true}\n  - say: And on.\n" * 5
    path = write("x.yaml", script(OPENING, BREATH, OUT, rests))
    with pytest.raises(ScriptError) as caught:
        admitted(path)
    assert {p.code for p in caught.value.problems} == {"E111"}
    assert TRY == 300


@pytest.mark.parametrize("words", ["You must lie there.", "Let us go back to the accident."])
def test_words_stop_even_a_try(words, write):
    with pytest.raises(ScriptError):
        admitted(write("x.yaml", script(f"  - say: {words}\n", kind="grounding")))


def test_a_session_is_stopped_whatever_its_length(write):
    write("scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("scripts/breath.yaml", script(BREATH))
    path = write("scripts/sessions/s.yaml", "title: S\nsteps: [breath]\n")
    with pytest.raises(ScriptError) as caught:
        admitted(path)
    assert {"E101", "E102", "E111"} <= {p.code for p in caught.value.problems}


def test_render_stops_with_3_and_warnings_go_to_stderr(run, write, tmp_path):
    write("five-to-one.yaml", script("  - say: Back.\n", kind="grounding"))
    bad = write("bad.yaml", script("  - say: You must lie there.\n", kind="grounding"))
    done = run("render", bad, "-o", tmp_path / "out", "--voice", "tone")
    assert done.exit_code == 3
    assert "E105" in done.stderr
    assert not (tmp_path / "out").exists()
    warned = write(
        "warned.yaml", script("  - say: There.\n    beats: [choise]\n", kind="grounding")
    )
    done = run("render", warned, "-o", tmp_path / "out", "--voice", "tone")
    assert done.exit_code == 0, done.stderr
    assert "W131" in done.stderr
    assert "W131" not in done.stdout


def test_a_therapist_s_script_needs_a_therapist(run, write, tmp_path):
    write("five-to-one.yaml", script("  - say: Back.\n", kind="grounding"))
    text = script("  - say: There.\n", kind="grounding", head="supervision: therapist\n")
    path = write("x.yaml", text)
    arguments = ["render", path, "-o", tmp_path / "out", "--voice", "tone"]
    done = run(*arguments)
    assert done.exit_code == 3
    assert "--supervised-by" in done.stderr
    assert not (tmp_path / "out").exists()
    assert run(*arguments, "--supervised-by", "  ").exit_code == 3
    assert run("play", path).exit_code == 3
    done = run(*arguments, "--supervised-by", "Dr. Jana Nováková")
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))
    assert manifest["serguide"]["supervised_by"] == "Dr. Jana Nováková"
    assert "Dr. Jana Nováková" in (tmp_path / "out" / "transcript.txt").read_text(encoding="utf-8")


def test_old_contacts_are_told_by_the_day_they_are_checked_on(write):
    path = write("x.yaml", script(*WHOLE))
    assert "W124" in codes(checked(path, today=date(2028, 1, 1)))


def test_a_hint_that_warnings_share_is_given_once(write, capsys):
    silences = "  - rest: 25s\n  - say: And on.\n" * 3
    path = write("x.yaml", script(*WHOLE[:-1], silences, CLOSING))
    found = admitted(path)
    assert [problem.code for problem in found.warnings].count("W119") == 3
    say_prepared(Prepared(RenderRequest(path), warnings=found.warnings))
    said = capsys.readouterr().err
    assert said.count("W119") == 3
    assert said.count("wonder whether something is broken") == 1
