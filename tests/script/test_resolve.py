from __future__ import annotations

import unicodedata

import pytest

from serguide.base.errors import ScriptError, UsageError
from serguide.base.units import Seconds
from serguide.script.library import open_libraries
from serguide.script.program import Breathing, Chapter, Pause, Rest, Spoken
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

HEAD = "title: {name}\nkind: grounding\n"


def script(write, name, cues, head=""):
    return write(f"scripts/{name}.yaml", f"title: {name}\nkind: grounding\n{head}cues:\n{cues}")


@pytest.fixture
def program(tmp_path):
    def program(path, **overrides):
        return resolve(path, open_libraries([tmp_path]), KNOWN, Overrides(**overrides))

    return program


def problems(program, path, **overrides):
    with pytest.raises(ScriptError) as caught:
        program(path, **overrides)
    return [(p.path.rpartition("/")[2], p.line, p.code) for p in caught.value.problems]


def texts(track):
    return [item.text for item in track.items if isinstance(item, Spoken)]


def test_a_script_alone_is_a_session_of_one_track(write, program):
    found = program(
        script(write, "a", "  - say: One. [2s] Two.\n  - chapter: Later\n  - rest: 20s\n")
    )
    (track,) = found.tracks
    assert [type(item) for item in track.items] == [Spoken, Pause, Spoken, Chapter, Rest]
    rest = track.items[-1]
    assert (rest.shortest, rest.length, rest.longest) == (10, 20, 60)
    assert found.ground.step == "five-to-one"
    assert (found.voice, found.ending, track.bed) == ("espeak", "alert", None)


def test_the_way_back_is_in_the_listeners_language_where_there_is_one(write, program):
    script(write, "five-to-one-cs", "  - say: Tady.\n", "language: cs\n")
    czech = script(write, "a", "  - say: Ano.\n", "language: cs-CZ\n")
    latin = script(write, "b", "  - say: Hic.\n", "language: la\n")
    assert program(czech).ground.step == "five-to-one-cs"
    assert program(latin).ground.step == "five-to-one"
    head = "title: s\nlanguage: cs\nsteps: [a]\n"
    assert program(write("scripts/s.yaml", head)).ground.step == "five-to-one-cs"
    named = write("scripts/t.yaml", head + "ground: coming-back\n")
    assert program(named).ground.step == "coming-back"


def test_values_are_looked_up_from_the_outside_in(write, program):
    script(write, "a", '  - say: "{v}."\n', "values: {v: own}\n")
    session = write(
        "scripts/s.yaml",
        "title: s\nvalues: {v: session}\nsteps:\n  - a\n  - a: {values: {v: step}}\n",
    )
    plain = write("scripts/p.yaml", "title: p\nsteps: [a]\n")
    assert [texts(t) for t in program(session).tracks] == [["session."], ["step."]]
    assert [texts(t) for t in program(session, values={"v": "set"}).tracks] == [["set."], ["set."]]
    assert texts(program(plain).tracks[0]) == ["own."]


def test_every_value_is_private_wherever_it_was_set(write, program):
    script(write, "inner", '  - say: "{v}."\n', "values: {v: Included}\n")
    path = script(write, "a", '  - say: "{w}. No."\n  - include: inner\n', "values: {w: Own}\n")

    def said(path, **overrides):
        items = program(path, **overrides).tracks[0].items
        return [(item.text, item.private) for item in items]

    assert said(path) == [("Own.", True), ("No.", False), ("Included.", True)]
    assert said(path, values={"w": "Ana"})[0] == ("Ana.", True)
    for set_in in ("values: {v: Ana}\nsteps: [a]", "steps: [{a: {values: {v: Ana}}}]"):
        session = write("scripts/s.yaml", f"title: s\n{set_in}\n")
        assert said(session) == [("Own.", True), ("No.", False), ("Ana.", True)]
    assert said(path, values={"w": " "}) == [("No.", False), ("Included.", True)]


def test_a_placeholder_without_a_value(write, program):
    path = script(write, "a", '  - say: "{nmae}, rest."\n', "values: {name: x}\n")
    assert problems(program, path) == [("a.yaml", 5, "L021")]


def test_a_value_that_nothing_uses(write, program):
    path = script(write, "a", '  - say: "{name}, rest."\n', "values: {name: x}\n")
    with pytest.raises(UsageError, match="did you mean `name`"):
        program(path, values={"nmae": "Ana"})


def test_include_brings_cues_values_and_pronunciation(write, program):
    script(write, "b", '  - say: "{v} psoas."\n', "values: {v: inner}\npronounce: {psoas: SO-as}\n")
    path = script(write, "a", "  - include: b\n  - say: End.\n", "values: {v: outer}\n")
    first, second = program(path).tracks[0].items
    assert (first.text, first.spoken) == ("outer psoas.", "outer SO-as.")
    assert first.origin.path.endswith("b.yaml")
    assert second.cue != first.cue


def test_pronounce_takes_whole_words_and_keeps_captions(write, program):
    path = script(
        write, "a", "  - say: Psoas, not psoasitis; St. John.\n",
        'pronounce: {psoas: SO-as, "SO": wrong, "St. John": Sint Jon}\n',
    )  # fmt: skip
    (item,) = program(path).tracks[0].items
    assert item.text == "Psoas, not psoasitis; St. John."
    assert item.spoken == "SO-as, not psoasitis; Sint Jon."


def test_words_are_one_text_however_they_are_stored(write, program):
    def mac(text):
        return unicodedata.normalize("NFD", text)

    path = script(
        write, "a",
        f"  - chapter: {mac('Dýchání')}\n  - say: '{{{mac('jméno')}}}, vý\u00addech. É.'\n",
        f"values: {{jméno: {mac('Věra')}}}\npronounce: {{{mac('výdech')}: {mac('výý dech')}}}\n",
    )  # fmt: skip
    chapter, first, _ = program(path).tracks[0].items
    assert chapter.title == "Dýchání"
    assert (first.text, first.spoken) == ("Věra, výdech.", "Věra, výý dech.")
    _, second, _ = program(path, values={mac("jméno"): mac("Jiří")}).tracks[0].items
    assert second.text == "Jiří, výdech."


def test_ipa_stands_beside_the_text(write, program):
    path = script(
        write, "a", "  - say: Zoë rests for {quiet}, and Max.\n  - rest: 30s\n",
        "pronounce: {Zoë: /ˈzəʊi/, Max: /mæks/ Macks}\n",
    )  # fmt: skip
    item = program(path).tracks[0].items[0]
    assert item.text == item.spoken.replace("Macks", "Max")
    assert [(item.spoken[s.start : s.end], s.ipa) for s in item.sounds] == [
        ("Zoë", "zˈəʊi"),
        ("Macks", "mˈæks"),
    ]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("/ˈzəʊi", "one slash before it and one behind"),
        ("ˈzəʊi/", "one slash before it and one behind"),
        ("ˈzəʊi", "stands in no slashes"),
        ("/ˈzə#i/", "“#” is no letter"),
        ("/!zi/", "“!” is no letter"),
        ("//", "no sound"),
        ("/ː/", "behind no letter"),
    ],
)
def test_a_pronunciation_that_cannot_be_read(write, program, how, told):
    path = script(write, "a", "  - say: Zoë rests.\n", f'pronounce:\n  Zoë: "{how}"\n')
    with pytest.raises(ScriptError) as raised:
        program(path)
    (problem,) = raised.value.problems
    assert (problem.code, problem.column) == ("L038", 8)
    assert told in problem.message
    assert problem.hint


def test_a_librarys_words_stand_behind_a_scripts_own(write, program):
    write(
        "pronounce.yaml",
        "psoas: SO-as\nZoë: Zo-eh\nde: {river: Riwer}\nen:\n  river: RIV-er\n  lake: laik\n",
    )
    path = script(write, "a", "  - say: Zoë, psoas, river, Lake.\n", "pronounce: {zoë: Zoh-ee}\n")
    (item,) = program(path).tracks[0].items
    assert item.text == "Zoë, psoas, river, Lake."
    assert item.spoken == "Zoh-ee, SO-as, RIV-er, laik."


def test_what_is_wrong_with_a_librarys_words_has_its_place(write, program):
    write("pronounce.yaml", "psoas: SO-as\nZoë: /zo\nenglish language: {a: b}\n")
    with pytest.raises(ScriptError) as raised:
        program(script(write, "a", "  - say: Hello.\n"))
    assert [(p.code, p.line) for p in raised.value.problems] == [("L038", 2), ("L029", 3)]
    assert all(p.path.endswith("pronounce.yaml") for p in raised.value.problems)


def test_includes_that_go_round(write, program):
    script(write, "b", "  - include: c\n")
    script(write, "c", "  - include: a\n")
    path = script(write, "a", "  - include: b\n")
    with pytest.raises(ScriptError, match="a → b → c → a"):
        program(path)


def test_includes_that_multiply_are_bounded(write, program):
    for level in range(8):
        script(write, f"l{level}", f"  - include: l{level + 1}\n" * 10)
    script(write, "l8", "  - say: x\n")
    found = problems(program, script(write, "top", "  - include: l0\n"))
    assert [code for _, _, code in found] == ["L007"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a/b", "a\\b"])
def test_an_include_cannot_leave_the_libraries(write, program, name):
    path = script(write, "a", f"  - include: '{name}'\n")
    assert problems(program, path) == [("a.yaml", 4, "L024")]


def test_all_files_problems_at_once(write, program):
    script(write, "bad", "  - say: '{x}'\n  - sound: gong\n")
    script(write, "worse", "  - psay: x\n")
    session = write(
        "scripts/s.yaml",
        "title: s\nvoice: piper\nsoundscape: rian-on-the-roof\nground: nope\n"
        "steps: [bad, worse, missing, s]\n",
    )
    assert problems(program, session) == [
        ("bad.yaml", 4, "L021"),
        ("bad.yaml", 5, "L026"),
        ("s.yaml", 2, "L027"),
        ("s.yaml", 3, "L025"),
        ("s.yaml", 4, "L028"),
        ("s.yaml", 5, "L028"),
        ("s.yaml", 5, "L028"),
        ("worse.yaml", 4, "L013"),
    ]


def test_a_sessions_soundscape_is_for_all_its_steps(write, program):
    script(write, "a", "  - say: x\n", "soundscape: quiet-drone\n")
    session = write(
        "scripts/s.yaml",
        "title: s\nsoundscape: {name: rain-on-the-roof, level: -24dB}\nsteps: [a]\n",
    )
    bare = write("scripts/b.yaml", "title: b\nsteps: [a]\n")
    bed = program(session).tracks[0].bed
    assert (bed.name, bed.level_db) == ("rain-on-the-roof", -24)
    assert program(bare).tracks[0].bed.name == "quiet-drone"
    assert program(session, soundscape="none").tracks[0].bed is None


def test_breathing_words_and_range(write, program):
    path = script(
        write, "a", "  - breathe: {in: 4s, out: 6s, cycles: 6..18, guide: both, guide_cycles: 2}\n"
    )
    (item,) = program(path).tracks[0].items
    assert isinstance(item, Breathing)
    assert (item.fewest, item.cycles, item.most, item.cycle_length) == (6, 12, 18, Seconds(10))
    assert [phase for phase, _ in item.phases] == ["in", "out"]
    assert [word.text for _, word in item.words] == ["In.", "Out."]
    assert item.tone
    assert item.tone_from_start


def test_a_language_without_guide_words(write, program):
    path = script(write, "a", "  - breathe: {in: 4s, out: 6s, cycles: 2}\n", "language: ja\n")
    assert problems(program, path) == [("a.yaml", 5, "L031")]


def test_a_say_without_a_word(write, program):
    assert problems(program, script(write, "a", "  - say: '…'\n")) == [("a.yaml", 4, "L020")]


def test_a_script_that_leads_to_sleep_ends_so_when_it_is_alone():
    libraries = open_libraries([])
    for name, ending in (("night-harbour", "sleep"), ("held-by-the-chair", "alert")):
        assert resolve(libraries.locate(name), libraries, KNOWN).ending == ending
