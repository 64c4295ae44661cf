"""How the check uses a second reader: what it is asked, and what is made of its answers."""

from __future__ import annotations

import pytest
from safety import TODAY, checked, codes, safe

from serguide.safety.checker import Checker, check_files
from serguide.safety.reader import READ_BY_MEANING, Reading
from serguide.safety.reader.corpus import examples
from serguide.safety.reader.kinds import BY_NAME
from serguide.script.library import open_libraries

LIKE = next(e for e in examples() if e.kind == "promise" and e.harmful)
UNLIKE = next(e for e in examples() if e.kind == "promise" and not e.harmful)
PROMISE = Reading(BY_NAME["promise"], 0.876, LIKE, UNLIKE)
SOON = "Soon there is a lightness that stays."


class Warner:
    """Warns of the texts that it was given, and remembers what it was asked."""

    def __init__(self, *texts):
        self.texts = texts
        self.asked = []

    def read(self, texts, windows, private):
        self.asked = [*texts], [*windows], {*private}
        return {text: PROMISE for text in (*self.asked[0], *self.asked[1]) if text in self.texts}


@pytest.fixture
def read(write):
    write("five-to-one.yaml", "title: Back\nkind: grounding\ncues:\n  - say: You are here.\n")

    def read(body, warner, **settings):
        path = write("x.yaml", safe(body, **settings))
        return Checker(open_libraries([]), None, TODAY, "en-US", warner).file(path)[1]

    return read


def test_a_warning_says_what_how_surely_and_what_it_reads_like(read):
    (problem,) = read(f"- say: {SOON}\n", Warner(SOON)).problems
    assert (problem.code, problem.severity) == ("W202", "warning")
    assert problem.message == (
        f"“{SOON}” reads like a promised outcome (88% sure): like “{LIKE.text}”, "
        f"less like “{UNLIKE.text}”"
    )
    assert "Better: “You may feel lighter" in problem.hint


def test_allow_works(read):
    report = read(f"- say: {SOON}\n", Warner(SOON), head="allow: {W202: of the light outside}\n")
    assert codes(report) == set()
    assert [waived.problem.code for waived in report.waived] == ["W202"]


def test_a_waiver_is_not_called_needless_where_nobody_reads_by_meaning(write, tmp_path):
    text = safe("- say: There.\n", head="allow: {W202: of the light outside}\n")
    path = write("x.yaml", text)
    checked(path)  # writes the ground track
    assert check_files([str(path)], open_libraries([]), today=TODAY).problems == ()


def test_what_the_rules_have_said_is_not_said_again(read):
    said = "You must surrender."
    assert codes(read(f"- say: {said}\n", Warner(said))) == {"E105"}


def test_what_a_waiver_settles_it_settles_for_its_own_kind(read):
    said = "You must surrender."
    waived = read(f"- say: {said}\n", Warner(said), head="allow: {E105: quoted from her letter}\n")
    assert codes(waived) == {"W202"}
    promised = "You will wake up refreshed."
    own = read(f"- say: {promised}\n", Warner(promised), head="allow: {E108: it is a joke}\n")
    assert codes(own) == set()


def test_a_sentence_is_read_across_its_pauses(read):
    warner = Warner(SOON)
    report = read("- say: Soon there is [2s] a lightness [1s] that stays.\n", warner)
    assert codes(report) == {"W202"}
    assert SOON in warner.asked[0]


def test_windows_of_three_are_read_and_told_once(read):
    three = "The first. It is here now. The last."
    body = "- say: The first.\n- say: It is here now. [1s] The last.\n- say: And more of it.\n"
    report = read(body, Warner(three, "It is here now. The last. And more of it."))
    assert [p.code for p in report.problems] == ["W202"]
    assert "taken together" in report.problems[0].message


def test_a_window_is_passed_over_where_one_of_its_sentences_is_told(read):
    body = "- say: It is here now.\n- say: So it is here.\n- say: And more of it.\n"
    alone = "So it is here."
    report = read(body, Warner(alone, "It is here now. So it is here. And more of it."))
    assert len(report.problems) == 1
    assert report.problems[0].message.startswith(f"“{alone}”")


def test_titles_and_chapters_are_read(read):
    warner = Warner()
    read("- chapter: A lightness that stays\n- say: There.\n", warner)
    assert {"A lightness that stays", "A track"} - {*warner.asked[0]} == {"A track"}  # two words


def test_what_is_only_told_of_speech_is_read_in_a_chapter(read):
    said = "Breathe as fast and as hard as you can."
    spoken = codes(read(f"- say: {said}\n", Warner(said)))
    assert "E114" in spoken
    assert "W202" not in spoken
    assert "W202" in codes(read(f"- chapter: {said}\n- say: There.\n", Warner(said)))


def test_a_respelled_word_is_read_as_it_is_spoken(read):
    head = "pronounce: {lamp: day and all is lifted from you}\n"
    spoken = "Here is the day and all is lifted from you."
    report = read("- say: Here is the lamp.\n", Warner(spoken), head=head)
    assert [p.code for p in report.problems] == ["W202"]
    assert "as it is pronounced" in report.problems[0].message
    written = "Here is the lamp."
    told = read("- say: Here is the lamp.\n", Warner(spoken, written), head=head).problems
    assert [p.message.partition(" reads")[0] for p in told] == [f"“{written}”"]  # once


def test_two_words_are_enough_to_be_read(read):
    assert codes(read("- say: Doctors lie.\n", Warner("Doctors lie."))) == {"W202"}


def test_a_clients_words_are_marked(read):
    warner = Warner()
    read("- say: And here you are, {name}.\n- say: There is time.\n", warner,
         head="values: {name: Ana}\n")  # fmt: skip
    texts, windows, private = warner.asked
    # A default of the script is private as well: nobody can tell it from a client's name.
    assert private == {text for text in (*texts, *windows) if "Ana" in text}
    assert "And here you are, Ana." in private
    assert "There is time." in texts


def test_every_code_is_a_rule():
    from serguide.safety import RULES

    assert set(RULES) >= READ_BY_MEANING
    assert all(RULES[code].waivable for code in READ_BY_MEANING)
