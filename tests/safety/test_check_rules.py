"""Each rule on a script that breaks it and nothing else, and on its neighbour that does not."""

from __future__ import annotations

from datetime import date

import pytest
from safety import BREATH, CAUTION, CLOSING, IMAGE, OPENING, OUT, checked, codes, safe, script

from serguide.safety import RULES
from serguide.safety.lexicon import lexicon_of

LONG = "  - say: And quiet again.\n    beats: [notice]\n  - rest: {for: 55s, announced: true}\n"


def breathe(**phases):
    inside = ", ".join(f"{phase}: {length}" for phase, length in phases.items())
    return f"  - breathe: {{{inside}, guide: tone}}\n"


WHOLE = (OPENING, CAUTION, BREATH, OUT, CLOSING)

BREAKING = {
    "E101": script(
        "  - say: Please, not while driving or using machines.\n    beats: [safety]\n",
        *(CAUTION, BREATH, OUT, CLOSING),
    ),
    "E102": script(OPENING.replace("[safety]", "[choice]").replace(
        "Please, not while driving or using machines.", "Well."), CAUTION, BREATH, OUT, CLOSING),
    "E103": safe("- say: Now close your eyes.\n"),
    "W104": safe(
        "- say: Take it. Put it down. Feel it. Push it. Lift it. Draw it. Turn it. Keep it.\n"
        "- pause: 1s\n- say: Watch it. Sense it. Follow it.\n"
    ),
    "E105": safe("- say: You must lie there.\n"),
    "E106": safe("- say: Let us go back to the accident.\n"),
    "E107": safe("- say: Perhaps your body remembers.\n"),
    "E108": safe("- say: Soon the pain is gone.\n"),
    "E109": safe("- say: And this cures migraine.\n"),
    "E110": safe("- say: Perhaps ask the pain about it.\n"),
    "E111": script(OPENING, CAUTION, BREATH, OUT),
    "E113": script(OPENING, CAUTION,
                   breathe(**{"in": "4s", "hold": "3s", "out": "6s", "cycles": 4}), OUT, CLOSING),
    "E114": script(OPENING, breathe(**{"in": "2s", "out": "3s", "cycles": 4}), OUT, CLOSING),
    "W115": script(OPENING, breathe(**{"in": "6s", "out": "4s", "cycles": 4}), OUT, CLOSING),
    "E116": script(OPENING, IMAGE, CLOSING, kind="imagery"),
    "W117": script(OPENING, CAUTION, BREATH, OUT, *([LONG] * 22), CLOSING),
    "E118": script(
        OPENING.replace("[orient,", "[adult, orient,"),
        breathe(**{"in": "3s", "out": "4s", "cycles": 4}), OUT, *([LONG] * 10), CLOSING,
        head="audience: child\nsupervision: co-listen\n",
    ),
    "W119": safe("- rest: 25s\n- say: There.\n"),
    "E120": safe("- say: And quiet.\n- rest: {for: 65s, announced: true}\n- say: There.\n"),
    "W121": safe("- say: It is as it is and so it is and it is so to me.\n  pace: 2.0\n"),
    "E122": safe("- say: You hear binaural beats.\n"),
    "E125": script(OPENING, breathe(**{"in": "3s", "out": "4s", "cycles": 4}), OUT, CLOSING,
                   head="audience: child\nsupervision: co-listen\n"),
    "W126": safe("- say: Notice the throat.\n  beats: [notice]\n").replace("[caution, skip]",
                                                                         "[caution]").replace(
        ", leave this part out", ""),
    "W129": script(OPENING, CAUTION, BREATH, OUT, CLOSING, head="posture: [standing]\n"),
    "W130": script("  - say: Bonjour.\n", kind="grounding", head="language: fr\n"),
    "W131": safe("- say: Well.\n  beats: [choise]\n"),
    "E132": script(*WHOLE, head="allow: {E101: because}\n"),
    "W133": script(*WHOLE, head="allow: {E999: because}\n"),
}  # fmt: skip


def test_a_safe_script_breaks_nothing(write):
    report = checked(write("x.yaml", script(*WHOLE)))
    assert report.problems == ()


@pytest.mark.parametrize("code", BREAKING)
def test_a_script_that_breaks_one_rule_breaks_only_that(code, write):
    report = checked(write("x.yaml", BREAKING[code]))
    assert codes(report) == {code}
    problem = report.problems[0]
    assert problem.severity == ("error" if code[0] == "E" else "warning")
    assert " Better: " in problem.hint


def test_every_rule_is_tried_here_or_in_its_own_test():
    # Contacts, sleep and voices need more than one script; waivers and the gate have their files.
    elsewhere = {"E112", "E123", "W124", "E127", "W128", "E130", "W134", "W135", "W136"}
    elsewhere |= {code for code in RULES if code.startswith("W2")}
    assert set(RULES) - set(BREAKING) == elsewhere


@pytest.mark.parametrize("kind", ["grounding", "relaxation", "integration"])
def test_a_lone_step_without_a_technique_owes_no_opening_and_no_closing(kind, write):
    assert (
        codes(checked(write("x.yaml", script("  - say: The chair holds you.\n", kind=kind))))
        == set()
    )


def test_a_lone_technique_owes_its_opening_and_closing(write):
    report = checked(write("x.yaml", script(IMAGE, kind="imagery")))
    assert codes(report) == {"E101", "E102", "E111", "E116"}
    assert {problem.code for problem in report.owed} == {"E101", "E102", "E111", "E116"}


def test_words_open_and_close_where_no_beats_are_stated(write):
    text = script(*WHOLE)
    bare = "".join(line for line in text.splitlines(True) if "beats:" not in line)
    assert codes(checked(write("x.yaml", bare))) == set()


@pytest.mark.parametrize(
    ("language", "opening", "closing"),
    [
        ("cs", "Těchto pět minut je pro vás. Můžete sedět nebo ležet a kdykoli přestat. "
               "Prosím, ne při řízení.",
         "Vraťte se pomalu zpět do místnosti. Pohněte prsty. Poslouchejte zvuky. Rozhlédněte se."),
        ("sk", "Týchto päť minút je pre vás. Môžete sedieť alebo ležať a kedykoľvek prestať. "
               "Prosím, nie pri šoférovaní.",
         "Vráťte sa pomaly späť do miestnosti. Pohnite prstami. Počúvajte zvuky. Rozhliadnite sa."),
        ("de", "Diese fünf Minuten sind für Sie. Sie können sitzen oder liegen und jederzeit "
               "aufhören. Bitte nicht beim Autofahren.",
         "Kommen Sie langsam zurück in den Raum. Bewegen Sie die Finger. Hören Sie ein Geräusch. "
         "Schauen Sie sich um."),
    ],
)  # fmt: skip
def test_opening_and_closing_words_of_other_languages(language, opening, closing, write):
    text = f"title: t\nkind: breathing\nlanguage: {language}\ncues:\n  - say: {opening}\n{BREATH}"
    text += f"  - say: {closing}\n"
    report = checked(write("x.yaml", text), locale=None)
    assert codes(report) & {"E101", "E102", "E111"} == set()
    assert ("W130" in codes(report)) is not lexicon_of(language).covers("E107")


def session(head, *steps, ending="alert"):
    return f"title: S\nending: {ending}\n{head}steps:\n" + "".join(f"  - {s}\n" for s in steps)


@pytest.fixture
def steps(write):
    write("scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("scripts/open.yaml", script(OPENING, CAUTION, kind="relaxation"))
    write("scripts/breath.yaml", script(BREATH, OUT))
    write("scripts/think.yaml", script("  - say: How is it now?\n", kind="integration"))
    write("scripts/back.yaml", script(CLOSING, kind="grounding"))
    write("scripts/night.yaml", script(
        "  - say: You may sleep.\n    beats: [sleep, close]\n",
        kind="relaxation", head="soundscape: night-harbour\n"))  # fmt: skip
    write("scripts/bell.yaml", script(
        "  - sound: bell\n  - say: You may sleep.\n    beats: [sleep, close]\n",
        kind="relaxation", head="soundscape: night-harbour\n"))  # fmt: skip
    return lambda text: checked(write("scripts/sessions/s.yaml", text))


def test_a_session_is_judged_as_it_resolves(steps):
    assert codes(steps(session("", "open", "breath", "think", "back"))) == set()
    assert codes(steps(session("", "breath", "open", "think", "back"))) == {"E101", "E102"}
    assert codes(steps(session("", "open", "breath", "think"))) == {"E111"}
    assert codes(steps(session("", "open", "breath", "back"))) == {"W128"}


def test_a_session_without_any_technique_owes_an_opening_too(steps):
    assert codes(steps(session("", "think", "back"))) == {"E101"}
    assert {p.code for p in steps(session("", "think", "back")).owed} == {"E101"}
    assert steps(session("", "breath", "back")).owed == frozenset()


@pytest.mark.parametrize(
    ("head", "steps_", "ending", "said"),
    [
        ("about: For bed.\n", ("open", "night"), "alert", "not the last step"),
        ("about: For bed.\n", ("open", "bell"), "sleep", "a bell sounds"),
        ("about: For bed.\nsoundscape: none\n", ("open", "night"), "sleep", "could fade"),
        ("", ("open", "night"), "sleep", "neither title nor"),
        ("about: For bed.\n", ("open", "back"), "sleep", "wakes"),
    ],
)
def test_sleep_endings(head, steps_, ending, said, steps):
    report = steps(session(head, *steps_, ending=ending))
    assert any(p.code == "E112" and said in p.message for p in report.problems)


def test_words_that_alone_mean_sleep_are_named_once_with_all_that_follows(write):
    closing = "  - say: Open your eyes when you like, and good night.\n"
    report = checked(write("scripts/talk.yaml", script(OPENING, CAUTION, BREATH, OUT, closing)))
    [found] = [problem for problem in report.problems if problem.code == "E112"]
    assert found.message.startswith("“good night” ends it in sleep, and ")
    assert "“Open your eyes” wakes" in found.message
    assert "leave “good night” out" in found.hint


def test_a_good_sleep_ending_breaks_nothing_but_the_missing_integration(steps):
    report = steps(session("about: For bed.\n", "open", "night", ending="sleep"))
    assert codes(report) == {"W128"}


def test_contacts_are_dated_and_fresh(write):
    path = write("x.yaml", script(*WHOLE))
    assert codes(checked(path, locale="ja-JP")) == {"E123"}
    assert codes(checked(path, today=date(2027, 5, 1))) == set()
    assert codes(checked(path, today=date(2027, 7, 1))) == {"W124"}


def test_numbers_left_out_of_a_bundle_are_told(write):
    path = write("x.yaml", script(*WHOLE))
    (problem,) = checked(path, locale="de-AT").problems
    assert problem.code == "W124"
    assert "nobody has verified it: 147 (AT)" in problem.message
    assert codes(checked(path, locale="de")) == set()


def test_a_client_s_words_on_their_way_out(write):
    diagnosed = OPENING + "  - say: Your PTSD is not all of you, {name}.\n"
    step = script(diagnosed, BREATH, OUT, CLOSING, head='values: {name: ""}\n')
    write("scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("scripts/step.yaml", step)
    text = session("voice: gtts\nvalues: {name: Ana}\n", "step")
    found = checked(write("scripts/sessions/s.yaml", text)).problems
    assert [p.message for p in found if p.code == "E127" and "Ana" in p.message]
    text = session("voice: gtts\n", "step")
    found = checked(write("scripts/sessions/s.yaml", text)).problems
    assert ["“PTSD” is a diagnosis" in p.message for p in found if p.code == "E127"] == [True]
    text = session("values: {name: Ana}\n", "step")
    assert "E127" not in codes(checked(write("scripts/sessions/s.yaml", text)))


def test_a_value_of_a_scripts_own_goes_to_no_online_voice_either(write):
    own = script('  - say: "{name}, rest."\n', head="values: {name: Zoe Secretname}\n")
    write("scripts/step.yaml", own)
    found = checked(write("scripts/sessions/s.yaml", session("voice: gtts\n", "step"))).problems
    (message,) = [problem.message for problem in found if problem.code == "E127"]
    assert "Zoe Secretname, rest." in message
    assert "Google" in message


@pytest.mark.parametrize(
    ("phases", "head", "wrong"),
    [
        ({"in": "4s", "hold": "4s", "out": "4s", "rest": "4s", "cycles": 4}, "", {"E113", "E114"}),
        ({"in": "4s", "hold": "4s", "out": "4s", "rest": "4s", "cycles": 4},
         "supervision: therapist\n", set()),
        ({"in": "4s", "hold": "4s", "out": "6s", "cycles": 4},
         "allow: {E113: asked for, E114: asked for}\n", set()),
        ({"in": "4s", "hold": "7s", "out": "8s", "cycles": 4},
         "allow: {E113: asked for, E114: asked for}\n", {"E113"}),
        ({"in": "4s", "hold": "7s", "out": "8s", "cycles": 4}, "supervision: therapist\n", set()),
        ({"in": "4s", "hold": "7s", "out": "8s", "cycles": 8},
         "supervision: therapist\n", {"E113"}),
        ({"in": "1s", "out": "2s", "cycles": 40},
         "allow: {E114: asked for}\n", {"E114"}),
        ({"in": "7s", "out": "8s", "cycles": 4}, "", {"E114"}),
        ({"in": "4s", "out": "6s", "cycles": 61}, "", {"W115"}),
    ],
)  # fmt: skip
def test_breathing(phases, head, wrong, write):
    report = checked(
        write("x.yaml", script(OPENING, CAUTION, breathe(**phases), OUT, CLOSING, head=head))
    )
    assert codes(report) == wrong


def test_a_child_holds_no_breath_and_is_not_alone(write):
    opening = OPENING.replace("[orient,", "[adult, orient,")
    held = breathe(**{"in": "3s", "hold": "1s", "out": "4s", "cycles": 4})
    head = "audience: child\nsupervision: {}\nallow: {{E113: asked for}}\n"
    text = script(opening, CAUTION, held, OUT, CLOSING, head=head.format("co-listen"))
    assert "E113" in codes(checked(write("x.yaml", text)))
    text = script(opening, CAUTION, held, OUT, CLOSING, head=head.format("solo"))
    assert "E125" in codes(checked(write("x.yaml", text)))


def test_therapists_work_is_fine_with_a_therapist(write):
    body = "- say: Perhaps ask the pain about it.\n"
    assert codes(checked(write("x.yaml", safe(body, head="supervision: therapist\n")))) == set()
