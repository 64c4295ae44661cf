"""What stands across pauses and cues, under a label, in a title or a pronunciation."""

from __future__ import annotations

import unicodedata

import pytest
from click.testing import CliRunner
from safety import BREATH, CAUTION, CLOSING, OPENING, OUT, TODAY, checked, codes, safe, script

from serguide.cli.group import cli
from serguide.safety.checker import check_files
from serguide.safety.plausible import length_in_words
from serguide.script.library import open_libraries

WHOLE = (OPENING, CAUTION, BREATH, OUT, CLOSING)


def test_labels_alone_open_and_close_nothing(write):
    opening = (
        "  - say: Now.\n    beats: [orient, posture, permission, safety, eyes, caution, breath]\n"
    )
    closing = (
        "  - say: So.\n    beats: [return, movement, sight, ground]\n"
        "  - say: And quiet.\n  - rest: {for: 58s, announced: true}\n  - say: So.\n"
        "    beats: [return, movement, sight, ground]\n"
    )
    report = checked(write("x.yaml", script(opening, BREATH, OUT, closing)))
    assert {"E101", "E102", "E111"} <= codes(report)


@pytest.mark.parametrize(
    ("stored", "code", "language"),
    [
        ("You mu\u00adst not move.", "E105", "en"),
        ("G\u200bo ba\u2060ck to the acci\u200ddent.", "E106", "en"),
        ("You_must_not_move.", "E105", "en"),
        ("You must\u200b not \u200emove.", "E105", "en"),
        ("You **must** not move.", "E105", "en"),
        ("\ufb01nd the cyst.", "E110", "en"),
        (unicodedata.normalize("NFD", "Vraťte se k té nehodě."), "E106", "cs"),
        (unicodedata.normalize("NFD", "Musíte zůstat ležet."), "E105", "cs"),
    ],
)
def test_words_are_found_however_they_are_stored(write, stored, code, language):
    path = write(
        "x.yaml", safe(f"- say: The day is quiet. {stored}\n", head=f"language: {language}\n")
    )
    here = [problem for problem in checked(path).problems if problem.code == code]
    assert [(problem.line, problem.column) for problem in here] == [_place(path, stored)]


def _place(path, text):
    before, found, _ = path.read_text(encoding="utf-8").partition(text)
    assert found
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_notice_that_says_nothing_of_driving_is_none(write):
    river = OPENING.replace(
        "Please, not while driving or using machines.", "The river goes by the house all day."
    )
    assert codes(checked(write("x.yaml", script(river, CAUTION, BREATH, OUT, CLOSING)))) == {"E102"}
    turned_off = OPENING.replace(
        "Please, not while driving or using machines.", "If this is a car and it is moving, stop."
    )
    assert (
        codes(checked(write("x.yaml", script(turned_off, CAUTION, BREATH, OUT, CLOSING)))) == set()
    )


def test_a_label_of_a_language_without_lists_is_the_writers_word(write):
    cues = (
        "  - say: Cinq minutes pour vous, assis ou couché, et vous pouvez arrêter.\n"
        "    beats: [orient, posture, permission]\n"
        "  - say: Jamais en voiture ni au travail.\n    beats: [safety]\n"
    )
    french = script(cues, BREATH, head="language: fr\n")
    assert codes(checked(write("x.yaml", french), locale=None)) & {"E101", "E102"} == set()
    assert length_in_words("ここに座って、いつでもやめることができます") >= 9


@pytest.mark.parametrize(
    "cues",
    [
        "- say: Go back [2s] to the accident.\n",
        "- say: Go [1s] back [1s] to the [2s] accident.\n",
        "- say: Go back, [2s] to the accident.\n",
        "- say: Go back. [2s] To the accident.\n",
        "- say: Go back … to the accident.\n",
        "- say: Go back — to the accident.\n",
        "- say: Go back\n- say: to the accident.\n",
        "- say: Go back.\n- pause: 2s\n- say: To the accident.\n",
        "- say: Go back\n- sound: bowl\n- say: to the\n- pause: 1s\n- say: accident.\n",
    ],
)
def test_a_pause_or_a_cue_hides_nothing(cues, write):
    report = checked(write("x.yaml", safe(cues)))
    assert codes(report) == {"E106"}
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    "cues",
    [
        "- say: You need not [2s] go back to the accident.\n",
        "- say: If you like, close your eyes [1s] or rest them on one spot.\n",
        "- say: You can stop or go back. [1s] The day goes by outside and the light with it.\n",
        "- say: Nothing has to be done, and nothing has to go. [2s] Back and chair, that is all.\n",
    ],
)
def test_what_is_joined_is_read_as_one_sentence(cues, write):
    assert codes(checked(write("x.yaml", safe(cues)))) == set()


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("title: A track", "title: Heal your trauma and cure anxiety", "E109", "the title"),
        ("title: A track", "title: You must surrender", "E105", "the title"),
        ("cues:\n", "about: You will feel better at once.\ncues:\n", "E108", "`about`"),
        ("cues:\n", "cues:\n  - chapter: Go back to the accident\n", "E106", "a chapter"),
    ],
)
def test_what_is_shown_is_read_like_what_is_spoken(old, new, code, where, write):
    report = checked(write("x.yaml", script(*WHOLE).replace(old, new, 1)))
    assert codes(report) == {code}
    assert f"” in {where}" in report.problems[0].message


def test_how_a_word_is_pronounced_is_read_too(write):
    head = 'pronounce: {lamp: "you must surrender", psoas: SO-as}\n'
    report = checked(write("x.yaml", safe("- say: Here is a lamp, and a psoas.\n", head=head)))
    assert codes(report) == {"E105"}
    assert {problem.line for problem in report.problems} == {3}
    assert all("`pronounce`" in problem.message for problem in report.problems)


@pytest.mark.parametrize(
    ("word", "how", "found"),
    [
        ("lamp", "/səˈrɛndə/", {"W136"}),
        ("lamp", "/læmp/", set()),
        ("lamp", "/səˈrɛndə/ lamp", {"W136"}),
        ("lamp", "/læmp/ you must surrender", {"E105", "W136"}),
        ("Zoë", "/ˈzəʊi/", set()),
        ("psoas", "/ˈsəʊæs/", set()),
        ("Zoë", "/zũi/", {"W135"}),
    ],
)
def test_ipa_is_held_against_what_is_written(word, how, found, write):
    cue = "- say: Here is a lamp, and a psoas, says Zoë.\n"
    report = checked(write("x.yaml", safe(cue, head=f'pronounce: {{{word}: "{how}"}}\n')))
    assert codes(report) == found
    assert {problem.line for problem in report.problems} <= {3}


def test_a_voice_without_ipa_is_told(write):
    cue = "- say: Here is a lamp, says Zoë.\n  voice: tone\n"
    report = checked(write("x.yaml", safe(cue, head="pronounce: {Zoë: /ˈzəʊi/}\n")))
    assert "W135" in codes(report)
    assert any("tone takes no IPA: it reads “Zoë”" in each.message for each in report.problems)


@pytest.mark.parametrize(("supervision", "found"), [("co-listen", {"E110"}), ("therapist", set())])
def test_a_companion_is_no_therapist(supervision, found, write):
    cue = "- say: Ask your pain what it wants. Find the energy cyst.\n"
    report = checked(write("x.yaml", safe(cue, head=f"supervision: {supervision}\n")))
    assert codes(report) == found


def test_a_breath_that_nothing_leads_is_a_silence(write):
    cycle = "  - breathe: {in: 4s, out: 6s, cycles: CYCLES, guide: none}\n"
    long = script(OPENING, cycle.replace("CYCLES", "30"), OUT, CLOSING)
    assert codes(checked(write("x.yaml", long))) == {"W119", "E120"}
    short = script(OPENING, cycle.replace("CYCLES", "5"), OUT, CLOSING)
    assert codes(checked(write("x.yaml", short))) == {"W119"}
    told = "  - say: I will be quiet for these breaths.\n"
    announced = script(OPENING, told, cycle.replace("CYCLES", "5"), OUT, CLOSING)
    assert codes(checked(write("x.yaml", announced))) == set()


def test_a_label_announces_no_silence(write):
    rest = "- say: {}\n- rest: {{for: 30s, announced: true}}\n- say: There.\n"
    bare = checked(write("x.yaml", safe(rest.format("The porch is wide."))))
    assert codes(bare) == {"W119"}
    assert "no words say so" in bare.problems[0].message
    assert codes(checked(write("x.yaml", safe(rest.format("And quiet again."))))) == set()


@pytest.mark.parametrize(
    "words",
    [
        "The lids grow heavy and fall.",
        "Your eyelids are drooping now.",
        "Lower the lids.",
        "Let your eyes drift slowly shut.",
        "Close. [2s] Your eyes.",
    ],
)
def test_lids_that_fall_are_eyes_that_close(words, write):
    assert codes(checked(write("x.yaml", safe(f"- say: {words}\n")))) == {"E103"}
    open_too = f"{words} Or rest them on one spot."
    assert codes(checked(write("x.yaml", safe(f"- say: {open_too}\n")))) == set()


def two_sessions(write):
    write("lib/scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("lib/scripts/breath.yaml", script(OPENING, CAUTION, BREATH, OUT))
    write("lib/scripts/think.yaml", script("  - say: How is it now?\n", kind="integration"))
    for name in ("monday", "tuesday"):
        text = f"title: {name}\nsteps:\n  - breath\n  - think\n"
        write(f"lib/scripts/sessions/{name}.yaml", text)


def test_two_sessions_with_the_same_fault_are_told_apart(write, tmp_path):
    two_sessions(write)
    libraries = open_libraries([tmp_path / "lib"])
    sessions = str(tmp_path / "lib" / "scripts" / "sessions")
    found = check_files([sessions], libraries, today=TODAY).problems
    assert [problem.code for problem in found] == ["E111", "E111"]
    assert ["monday" in found[0].path, "tuesday" in found[1].path] == [True, True]
    for problem in found:
        assert problem.line == 4  # the step `think`
        assert f"think.yaml:{4}:" in problem.message


def test_a_fault_of_a_steps_own_is_told_once_where_it_stands(write, tmp_path):
    two_sessions(write)
    path = write(
        "lib/scripts/think.yaml", script("  - say: You must lie there.\n", kind="integration")
    )
    libraries = open_libraries([tmp_path / "lib"])
    found = check_files([str(tmp_path / "lib")], libraries, today=TODAY).problems
    assert [problem.path for problem in found if problem.code == "E105"] == [str(path)]
    alone = check_files([str(tmp_path / "lib/scripts/sessions")], libraries, today=TODAY).problems
    assert [
        p.path.endswith(("monday.yaml", "tuesday.yaml")) for p in alone if p.code == "E105"
    ] == [
        True,
        True,
    ]


def test_check_of_a_folder_prints_a_sessions_faults_under_the_session(write, tmp_path):
    two_sessions(write)
    done = CliRunner(mix_stderr=False).invoke(cli, ["check", str(tmp_path / "lib")])
    lines = [line for line in done.stdout.splitlines() if "E111" in line]
    assert any("sessions/monday.yaml:" in line for line in lines)
    assert any("sessions/tuesday.yaml:" in line for line in lines)
