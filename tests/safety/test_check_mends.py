"""What a message says to write makes the message go away; `allow` settles what it is said to."""

from __future__ import annotations

import re

import pytest
from safety import CAUTION, CLOSING, OPENING, OUT, checked, codes, safe, script
from test_check_rules import BREAKING, LONG, breathe

from serguide.safety import RULES
from serguide.safety.checker import check_files
from serguide.script.library import open_libraries

HELD = breathe(**{"in": "4s", "hold": "3s", "out": "6s", "cycles": 4})
HELD_LONG = breathe(**{"in": "4s", "hold": "7s", "out": "8s", "cycles": 8})
CHILD = "audience: child\nsupervision: co-listen\n"
CHILDS = OPENING.replace("[orient,", "[adult, orient,")
FINAL = {
    "a long hold": ("E113", script(OPENING, CAUTION, breathe(
        **{"in": "4s", "hold": "7s", "out": "8s", "cycles": 4}), OUT, CLOSING)),
    "a child's hold": ("E113", script(CHILDS, CAUTION, breathe(
        **{"in": "3s", "hold": "1s", "out": "4s", "cycles": 4}), OUT, CLOSING, head=CHILD)),
    "a fast breath": ("E114", BREAKING["E114"]),
    "a breath that swells": ("E114", safe("- say: Breathe faster now.\n")),
}  # fmt: skip
"""What no `allow` settles, though it settles other things of the rule."""


def replaced(old, new):
    def mend(text):
        assert old in text
        return text.replace(old, new)

    return mend


def headed(head):
    return lambda text: text.replace("cues:\n", f"{head}\ncues:\n", 1)


def before(cue, beats=""):
    """Put a cue in front of all others."""
    inside = f"  - {cue}\n" + (f"    {beats}\n" if beats else "")
    return lambda text: text.replace("cues:\n", f"cues:\n{inside}", 1)


COMMANDS = "Take it. Put it down. Feel it. Push it. Lift it. Draw it. Turn it. Keep it."
MENDS = {
    "E101": [
        before("say: This is a slow breath, for five minutes. You can sit or lie, and stop at any "
               "time.", "beats: [orient, posture, permission]"),
        before("include: arriving-here"),
    ],
    "E102": [
        before("say: Please, not while driving or using machines.", "beats: [safety]"),
        before("include: before-we-begin"),
    ],
    "E103": [replaced("Now close your eyes.",
                      "If you like, close your eyes, or rest them on one spot.")],
    "W104": [
        replaced(COMMANDS, "You might notice the chair."),
        replaced(COMMANDS, "Perhaps the shoulders drop."),
        replaced(COMMANDS, "If you like, take it up and put it down."),
    ],
    "E105": [
        replaced("You must lie there.", "You can stay still, or move about."),
        replaced("You must lie there.", "There is nothing that you have to do."),
    ],
    "E106": [replaced("Let us go back to the accident.", "You could notice the chair under you.")],
    "E107": [
        replaced("Perhaps your body remembers.", "You may notice something, or nothing."),
        replaced("Perhaps your body remembers.", "There is no need to find out why."),
    ],
    "E108": [replaced("Soon the pain is gone.",
                      "You may feel lighter, or heavier, or the same. All of it is fine.")],
    "E109": [
        replaced("And this cures migraine.", "Some people find this calming."),
        replaced("And this cures migraine.", "Please ask your doctor about the pain."),
    ],
    "E110": [
        replaced("Perhaps ask the pain about it.", "A stone in a stream; the water goes round it, "
                 "and the stone may stay."),
        headed("supervision: therapist"),
    ],
    "E111": [
        lambda text: text + "  - include: coming-back\n",
        lambda text: text + "  - say: You may hear a sound.\n    beats: [return, sound]\n"
        "  - say: Your feet are on the floor, and the hands may move.\n"
        "    beats: [movement, contact, ground]\n"
        "  - say: You might look round.\n    beats: [sight]\n",
    ],
    "E113": [
        replaced("hold: 3s, ", ""),
        headed("supervision: therapist"),
        headed('allow: {E113: "why"}'),
    ],
    "E114": [replaced("in: 2s, out: 3s", "in: 4s, out: 6s")],
    "W115": [replaced("in: 6s, out: 4s", "in: 4s, out: 6s")],
    "E116": [
        before("include: before-the-pictures"),
        before("say: If you live with psychosis, ask your doctor first, or leave this out.",
               "beats: [caution]"),
    ],
    "W117": [
        replaced(LONG * 22, LONG * 2),
        headed('allow: {W117: "why it may be longer"}'),
    ],
    "E118": [replaced(LONG * 10, LONG)],
    "W119": [replaced("- rest: 25s", "- say: I will be quiet for {quiet}.\n"
                      "  - rest: {for: 30s, announced: true}")],
    "E120": [
        replaced("- rest: {for: 65s, announced: true}",
                 "- rest: {for: 30s, announced: true}\n  - say: And more of it.\n"
                 "  - rest: {for: 30s, announced: true}"),
        replaced("{for: 65s, announced: true}", "{for: 55s, max: 58s, announced: true}"),
    ],
    "W121": [replaced("pace: 2.0", "pace: 0.75")],
    "E122": [
        lambda text, bed=bed: headed(f"soundscape: {bed}")(text.replace("binaural beats", "rain"))
        for bed in ("porch-by-the-river", "none")
    ],
    "E125": [before("say: Is your grown-up there?", "beats: [adult]")],
    "W126": [replaced("Notice the throat.\n    beats: [notice]",
                      "Then the chest, or, if you would rather, the hands once more.\n"
                      "    beats: [skip]")],
    "W129": [replaced("posture: [standing]", "posture: [seated]")],
    "W130": [
        lambda text: headed('allow: {W130: "who has read it"}')(text) + "    beats: [ground]\n",
    ],
    "W131": [replaced("[choise]", "[choice]")],
    "E132": [replaced("allow: {E101: because}\n", "")],
    "W133": [replaced("E999", "W119")],
}  # fmt: skip
"""By rule: what its hint says to write, written into the script that breaks it."""


@pytest.fixture
def found(write):
    """Return the problems of a text, its `allow` looked at as `serguide check` looks at it."""

    def found(text):
        path = write("x.yaml", text)
        checked(path)  # writes a ground track beside it
        return check_files([str(path)], open_libraries([]), locale="en-US").problems

    return found


@pytest.mark.parametrize(
    ("code", "number"), [(code, n) for code, mends in MENDS.items() for n in range(len(mends))]
)
def test_what_the_hint_says_mends_it(code, number, write):
    before_, after = BREAKING[code], MENDS[code][number](BREAKING[code])
    assert before_ != after
    assert code in codes(checked(write("x.yaml", before_)))
    assert code not in codes(checked(write("x.yaml", after)))


def test_every_hint_is_written_somewhere():
    """Each piece of YAML and each sentence that a hint quotes stands in a script that is mended."""
    of_its_own = {"E114", "W115", "W117", "E118", "W121"}  # what they say depends on what was found
    for code in MENDS.keys() - of_its_own:
        mends = MENDS[code]
        written = "\n".join(mend(BREAKING[code]) for mend in mends)
        for quoted in re.findall(r"`([^`]+)`|“([^”]+)”", RULES[code].better):
            said = quoted[0] or quoted[1]
            left_out = said in ("hold:", "rest:", "allow")
            assert left_out or said.rstrip("…") in written, (code, said)
    assert set(MENDS) <= set(BREAKING)


@pytest.mark.parametrize(
    "code", [code for code in BREAKING if RULES[code].waivable and code != "E114"]
)
def test_allow_settles_what_may_be_waived_and_is_not_called_needless(code, found):
    text = BREAKING[code]
    after = {problem.code for problem in found(headed(f'allow: {{{code}: "a reason"}}')(text))}
    assert not after & {code, "W134", "E132"}


@pytest.mark.parametrize("code", [code for code in BREAKING if not RULES[code].waivable])
def test_no_hint_offers_allow_where_it_settles_nothing(code):
    assert "allow: {" not in RULES[code].better


@pytest.mark.parametrize("what", FINAL)
def test_what_no_allow_settles_offers_none_and_says_so(what, found):
    code, text = FINAL[what]
    (problem,) = [p for p in found(text) if p.code == code]
    assert "allow: {" not in problem.hint
    after = found(headed(f'allow: {{{code}: "a reason"}}')(text))
    (still,) = [p for p in after if p.code == code]
    assert still.message == f"{problem.message}; `allow` does not settle this"
    assert "W134" not in {p.code for p in after}


@pytest.mark.parametrize("what", FINAL)
def test_what_the_hint_of_those_says_mends_them(what, found):
    code, text = FINAL[what]
    (problem,) = [p for p in found(text) if p.code == code]
    ways = {
        "Leave out `hold:`": lambda: re.sub(r"hold: \ds, ", "", text),
        "`supervision: therapist`": lambda: headed("supervision: therapist")(text),
        "`in: 4s, out: 6s`": lambda: text.replace("in: 2s, out: 3s", "in: 4s, out: 6s"),
        "“The breath can go as it likes.”": lambda: text.replace(
            "Breathe faster now.", "The breath can go as it likes."
        ),
    }
    tried = 0
    for said, way in ways.items():
        if said in problem.hint:
            tried += 1
            assert code not in {p.code for p in found(way())}, said
    assert tried


def test_too_many_long_holds_are_fewer_or_allowed_for_a_therapist(found):
    text = script(OPENING, CAUTION, HELD_LONG, OUT, CLOSING, head="supervision: therapist\n")
    (problem,) = [p for p in found(text) if p.code == "E113"]
    assert "`cycles: 4`" in problem.hint
    assert "E113" not in {p.code for p in found(text.replace("cycles: 8", "cycles: 4"))}


def test_a_slower_breath_is_opted_into_as_the_hint_says(found):
    slow = script(OPENING, breathe(**{"in": "7s", "out": "8s", "cycles": 4}), OUT, CLOSING)
    (problem,) = [p for p in found(slow) if p.code == "E114"]
    for said in ("supervision: therapist", 'allow: {E114: "why"}'):
        assert f"`{said}`" in problem.hint
        assert "E114" not in {p.code for p in found(headed(said)(slow))}
    child = script(CHILDS, breathe(**{"in": "2s", "out": "3s", "cycles": 4}), OUT, CLOSING,
                   head=CHILD)  # fmt: skip
    assert "E114" not in {
        p.code for p in found(child.replace("in: 2s, out: 3s", "in: 3s, out: 4s"))
    }


@pytest.mark.parametrize("pace", [2.0, 1.6, 1.3])
def test_a_phrase_at_the_pace_that_is_advised_is_slow_enough(pace, found):
    text = BREAKING["W121"].replace("pace: 2.0", f"pace: {pace}")
    (problem,) = [p for p in found(text) if p.code == "W121"]
    advised = re.search(r"`(pace: [\d.]+)`", problem.hint)[1]
    assert "W121" not in {p.code for p in found(text.replace(f"pace: {pace}", advised))}


def test_breathing_is_mended_by_what_was_found_of_it(found):
    """W115 finds three things, and says of each what to write."""
    shorter_out = BREAKING["W115"]
    (problem,) = [p for p in found(shorter_out) if p.code == "W115"]
    assert "`in: 4s, out: 6s`" in problem.hint
    too_long = script(OPENING, CAUTION, breathe(**{"in": "4s", "out": "6s", "cycles": 61}), OUT,
                      CLOSING)  # fmt: skip
    (problem,) = [p for p in found(too_long) if p.code == "W115"]
    assert "`cycles: 60`" in problem.hint
    assert "W115" not in {p.code for p in found(too_long.replace("cycles: 61", "cycles: 60"))}
    no_way_out = script(OPENING, CAUTION, breathe(**{"in": "4s", "out": "6s", "cycles": 12}),
                        CLOSING)  # fmt: skip
    (problem,) = [p for p in found(no_way_out) if p.code == "W115"]
    way = (
        "  - say: At any breath you can leave the count, and breathe as you please.\n"
        "    beats: [breath, permission]\n"
    )
    assert "“At any breath you can leave the count, and breathe as you please.”" in problem.hint
    after = no_way_out.replace(CLOSING, way + CLOSING)
    assert "W115" not in {p.code for p in found(after)}


@pytest.mark.parametrize(("code", "length"), [("W117", "20m"), ("E118", "8m")])
def test_a_session_that_is_too_long_is_fitted_as_the_hint_says(code, length, write):
    write("scripts/five-to-one.yaml", script("  - say: You are here.\n", kind="grounding"))
    write("scripts/step.yaml", BREAKING[code])
    session = write("scripts/sessions/s.yaml", "title: S\nsteps: [step]\n")
    (problem,) = [p for p in checked(session).problems if p.code == code]
    assert f"`length: {length}`" in problem.hint
    fitted = write("scripts/sessions/t.yaml", f"title: T\nlength: {length}\nsteps: [step]\n")
    assert code not in codes(checked(fitted))
