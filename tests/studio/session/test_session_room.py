"""The session's screen, asked as its page asks: plan, details, changes, the way back."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
import yaml

from serguide.script import reading
from serguide.studio.session import script_changes, session_changes

SCRIPT = """\
# mine, from the autumn
title: Rain at the window
kind: relaxation
language: en
values: {name: ""}
cues:
  - chapter: The window
  - say: You could sit by the window, or lie where you can hear it.
    beats: [posture]
  - say: "Close your eyes, and listen."   # hm
  - rest: {for: 9s, min: 5s, max: 14s}
  - say: >-
      There is no need to listen well, {name}. The rain will
      go on by itself. With every drop, you will feel lighter.
  - chapter: Four breaths
  - breathe: {in: 4s, out: 6s, cycles: 2..6}
  - sound: bell
"""

SESSION = """\
# for October
title: A rainy evening
language: en
voice: espeak
soundscape: {name: rain-on-the-roof, level: -30dB}
values: {name: Zoë}
steps:
  - arriving-here
  - rain-at-the-window      # hers
  # left out: - breath-optional
  - coming-back
"""

NAME = "/api/sessions/a-rainy-evening"


@pytest.fixture
def evening(studio):
    """The therapist's own session and part."""
    for folder, name, text in (
        ("sessions", "a-rainy-evening", SESSION),
        ("relaxation", "rain-at-the-window", SCRIPT),
    ):
        path = studio.library / "scripts" / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return studio.library / "scripts" / "sessions" / "a-rainy-evening.yaml"


def changing(client, plan, **change):
    answer = client.post(f"/api/sessions/{plan['name']}/changes", json={
        "version": plan["version"], "change": change,
    })  # fmt: skip
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_plan_shows_parts_drawing_words_and_what_is_left_out(client, evening):
    plan = client.get(NAME).json()
    assert (plan["title"], plan["made_for"], plan["own"]) == ("A rainy evening", "Zoë", True)
    assert [part["title"] for part in plan["parts"]] == [
        "Arriving here", "Rain at the window", "Coming back",
    ]  # fmt: skip
    assert [part["own"] for part in plan["parts"]] == [False, True, False]
    rain = plan["parts"][1]
    assert rain["start"] == plan["parts"][0]["frames"]
    assert plan["frames"] == sum(part["frames"] for part in plan["parts"])
    kinds = [line["kind"] for line in rain["lines"]]
    assert {"say", "rest", "breaths", "sound", "chapter"} <= set(kinds)
    texts = [line["text"] for line in rain["lines"] if line["kind"] == "say"]
    assert "There is no need to listen well, Zoë." in texts
    drawing = rain["drawing"]
    assert len(drawing["speech"]) >= len(texts)
    phases = [phase for _, _, phase in drawing["breaths"][0]]
    assert phases[:2] == ["in", "out"]
    assert drawing["sounds"][0][2] == "bell"
    assert max(drawing["loudness"]) <= 1
    assert [title for _, title in drawing["chapters"]] == ["The window", "Four breaths"]
    assert [(each["name"], each["title"]) for each in plan["left_out"]] == [
        ("breath-optional", plan["left_out"][0]["title"])
    ]
    assert plan["left_out"][0]["title"] != "breath-optional"
    assert plan["soundscape"] == {
        "name": "rain-on-the-roof", "of_parts": False, "heard": ["rain-on-the-roof"],
        "level": -30.0, "softest": -42.0, "loudest": -20.0,
    }  # fmt: skip
    assert (plan["voice"]["kind"], plan["voice"]["own"]) == ("plain", [])
    assert len(plan["bars"]) > 50
    assert max(plan["bars"]) > 0.9
    assert min(plan["bars"]) < 0.5


def test_findings_stand_at_their_sentences_with_a_better_wording(client, evening):
    plan, details = client.get(NAME).json(), client.get(f"{NAME}/details").json()
    found = {each["code"]: each for each in details["findings"]}
    eyes = found["E103"]
    assert eyes["sentence"] == "Close your eyes, and listen."
    assert eyes["better"] == "If you like, close your eyes, or let them rest on one spot."
    assert (eyes["stops"], eyes["waivable"], eyes["file"]) == (True, True, "rain-at-the-window")
    ((part, at),) = eyes["where"]
    line = next(line for line in plan["parts"][part]["lines"] if line["at"] == at)
    assert line["text"] == eyes["sentence"]
    assert found["E108"]["sentence"] == "With every drop, you will feel lighter."


def test_bounds_values_and_their_sentences(client, evening):
    plan, details = client.get(NAME).json(), client.get(f"{NAME}/details").json()
    bounds = details["range"]
    assert bounds["shortest"] < bounds["natural"] < bounds["longest"]
    assert bounds["natural"] == plan["length"]["natural"]
    value = details["values"][0]
    assert (value["key"], value["text"]) == ("name", "Zoë")
    spoken = [
        next(line["text"] for line in plan["parts"][part]["lines"] if line["at"] == at)
        for part, at in value["uses"]
    ]
    assert len(spoken) == 2
    assert all("Zoë" in text for text in spoken)


def test_a_length_is_tried_without_being_saved_and_then_saved(client, evening):
    plan = client.get(NAME).json()
    natural = plan["length"]["natural"]
    before = evening.read_text(encoding="utf-8")
    tried = client.post(f"{NAME}/trial", json={"seconds": natural + 30}).json()
    assert tried["length"]["got"] == pytest.approx(natural + 30, abs=1)
    assert tried["length"]["rests"] > 1
    assert evening.read_text(encoding="utf-8") == before
    seconds = round(natural + 30)
    saved = changing(client, plan, kind="length", seconds=seconds)
    assert saved["length"]["asked"] == seconds
    minutes, rest = divmod(seconds, 60)
    line = f"length: {minutes}m{rest}s\n" if rest else f"length: {minutes}m\n"
    assert evening.read_text(encoding="utf-8") == before.replace("voice:", f"{line}voice:")
    back = client.post(f"{NAME}/undo").json()
    assert evening.read_text(encoding="utf-8") == before
    assert (back["undo"], back["redo"], back["step"]) == (None, "length", "length")
    assert client.post(f"{NAME}/redo").json()["length"]["asked"] == seconds


@pytest.mark.parametrize("language", ["en", "de", "cs", "sk"])
def test_each_change_that_can_be_undone_has_words(language):
    table = files("serguide.studio.words").joinpath(language, "session.json")
    said = json.loads(table.read_text("utf-8"))
    kinds = [*session_changes.CHANGES, *script_changes.KINDS, "apart", "words"]
    assert [kind for kind in kinds if not said.get(f"step_{kind}")] == []


def test_order_leaving_out_putting_back_and_adding(client, evening):
    plan = client.get(NAME).json()
    plan = changing(client, plan, kind="move", **{"from": 1, "to": 0})
    assert [part["step"] for part in plan["parts"]][:2] == ["rain-at-the-window", "arriving-here"]
    plan = changing(client, plan, kind="put_back", index=0)
    assert "breath-optional" in [part["step"] for part in plan["parts"]]
    assert plan["left_out"] == []
    plan = changing(client, plan, kind="leave_out", index=0)
    assert [each["name"] for each in plan["left_out"]] == ["rain-at-the-window"]
    plan = changing(client, plan, kind="add", name="five-to-one", at=0)
    assert plan["parts"][0]["step"] == "five-to-one"
    text = evening.read_text(encoding="utf-8")
    assert "# for October" in text
    assert "# left out: - rain-at-the-window      # hers" in text
    for _ in range(4):
        client.post(f"{NAME}/undo")
    assert evening.read_text(encoding="utf-8") == SESSION


def test_a_better_wording_replaces_the_sentence_in_its_own_script(client, evening):
    script = evening.parent.parent / "relaxation" / "rain-at-the-window.yaml"
    plan, details = client.get(NAME).json(), client.get(f"{NAME}/details").json()
    eyes = next(each for each in details["findings"] if each["code"] == "E103")
    place = {key: eyes[key] for key in ("file", "line", "column")}
    changing(client, plan, kind="wording", text=eyes["better"], **place)
    assert script.read_text(encoding="utf-8") == SCRIPT.replace(eyes["sentence"], eyes["better"])
    assert evening.read_text(encoding="utf-8") == SESSION
    codes = [each["code"] for each in client.get(f"{NAME}/details").json()["findings"]]
    assert "E103" not in codes
    client.post(f"{NAME}/undo")
    assert script.read_text(encoding="utf-8") == SCRIPT


def test_one_keeps_ones_own_with_a_reason_and_never_without(client, evening):
    script = evening.parent.parent / "relaxation" / "rain-at-the-window.yaml"
    plan = client.get(NAME).json()
    keep = {"kind": "keep", "file": "rain-at-the-window", "code": "E103"}
    url = f"{NAME}/changes"
    for reason, code in (("", "E103"), ("why not", "E106"), ("why not", "E999")):
        wrong = {"version": plan["version"], "change": {**keep, "reason": reason, "code": code}}
        assert client.post(url, json=wrong).status_code == 400
    assert script.read_text(encoding="utf-8") == SCRIPT
    changing(client, plan, **keep, reason="her eyes: she likes them closed")
    kept = yaml.safe_load(script.read_text(encoding="utf-8"))
    assert kept["allow"] == {"E103": "her eyes: she likes them closed"}
    codes = [each["code"] for each in client.get(f"{NAME}/details").json()["findings"]]
    assert "E103" not in codes


def test_a_ready_made_session_is_copied_and_a_ready_made_part_with_its_sentence(client, studio):
    plan = client.get("/api/sessions/the-first-evening").json()
    assert not plan["own"]
    mine = changing(client, plan, kind="title", title="Mine")
    assert (mine["own"], mine["title"]) == (True, "Mine")
    assert mine["name"] != "the-first-evening"
    # `before-we-begin` is included by `arriving-here`: both are copied, and name one another.
    begin = next(path for path in studio.shelves.names().values() if path.stem == "before-we-begin")
    lines = begin.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "say: " in text)
    worded = changing(
        client, mine, kind="wording", file="before-we-begin", line=line, column=12,
        text="This is a sentence of mine.",
    )  # fmt: skip
    steps = [part["step"] for part in worded["parts"]]
    assert steps[0] != "arriving-here"
    assert worded["parts"][0]["own"]
    texts = [each["text"] for each in worded["parts"][0]["lines"] if each["kind"] == "say"]
    assert "This is a sentence of mine." in texts
    assert begin.read_text(encoding="utf-8").splitlines() == lines
    back = client.post(f"/api/sessions/{mine['name']}/undo").json()
    assert back["parts"][0]["step"] == "arriving-here"


def test_a_file_that_changed_outside_is_told_and_never_overwritten(client, evening):
    plan = client.get(NAME).json()
    theirs = SESSION.replace("Zoë", "Ada")
    evening.write_text(theirs, encoding="utf-8")
    answer = client.post(f"{NAME}/changes", json={
        "version": plan["version"], "change": {"kind": "length", "seconds": 900},
    })  # fmt: skip
    assert answer.status_code == 409
    assert answer.json()["changed"]["text"] == theirs
    assert evening.read_text(encoding="utf-8") == theirs
    assert client.get(NAME).json()["made_for"] == "Ada"


def test_a_script_that_changed_is_seen(client, evening):
    client.get(NAME)
    script = evening.parent.parent / "relaxation" / "rain-at-the-window.yaml"
    script.write_text(SCRIPT.replace("Rain at the window", "Snow"), encoding="utf-8")
    assert client.get(NAME).json()["parts"][1]["title"] == "Snow"


def test_a_change_that_cannot_stand_leaves_the_file_as_it_was(client, evening):
    plan = client.get(NAME).json()
    for change in (
        {"kind": "add", "name": "no-such-part"},
        {"kind": "ground", "name": "the-first-evening"},
        {"kind": "voice", "voice": "no-such-voice"},
        {"kind": "leave_out", "index": 99},
    ):
        answer = client.post(f"{NAME}/changes", json={
            "version": plan["version"], "change": change,
        })  # fmt: skip
        assert answer.status_code in (400, 409, 422), change
        assert answer.json()["problem"]["message"]
        assert evening.read_text(encoding="utf-8") == SESSION
    broken = evening.with_name("broken.yaml")
    broken.write_text("title: x\nsteps: [nothing-here]\n", encoding="utf-8")
    told = client.get("/api/sessions/broken")
    assert told.status_code == 422
    assert told.json()["problem"]["problems"][0]["line"] == 2


@pytest.mark.parametrize("name", ["../a", "..%2f..%2fetc%2fpasswd", "no-such", "arriving-here"])
def test_names_lead_nowhere_else(client, evening, name):
    assert client.get(f"/api/sessions/{name}").status_code in (400, 404)


def test_choices_are_in_the_sessions_language(client, evening):
    choices = client.get(f"{NAME}/choices").json()
    names = {each["name"] for each in choices["parts"]}
    assert {"rain-at-the-window", "five-to-one"} <= names
    assert "five-to-one-cs" not in names
    assert choices["parts"][0]["own"]
    assert {each["kind"] for each in choices["grounds"]} == {"grounding"}
    assert {"name": "rain-on-the-roof", "title": "Rain on the roof"} in choices["soundscapes"]


def test_a_part_to_add_is_told_by_its_first_sentence(client, evening, studio):
    outer = "title: Outer\nkind: breathing\nlanguage: en\ncues:\n  - include: rain-at-the-window\n"
    (studio.library / "scripts" / "relaxation" / "outer.yaml").write_text(outer, encoding="utf-8")
    parts = {each["name"]: each for each in client.get(f"{NAME}/choices").json()["parts"]}
    first = "You could sit by the window, or lie where you can hear it."
    assert parts["rain-at-the-window"]["first"] == parts["outer"]["first"] == first
    assert parts["outer"]["kind"] == "breathing"
    assert parts["not-while-driving"]["first"] == "Please, not while driving or using machines."
    assert not [each["name"] for each in parts.values() if set("{[") & set(each["first"])]
    silent = [each["name"] for each in parts.values() if not each["first"]]
    assert silent == [], "every part says something"


def test_a_first_sentence_without_its_name_is_still_a_sentence(client, evening, studio):
    for name, said in (("front", "{name}, it rains."), ("back", "It rains, {name}.")):
        head = 'title: Rain\nkind: breathing\nlanguage: en\nvalues: {name: ""}\n'
        text = f'{head}cues: [say: "{said}"]\n'
        (studio.library / "scripts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    parts = {each["name"]: each for each in client.get(f"{NAME}/choices").json()["parts"]}
    assert [parts[name]["first"] for name in ("front", "back")] == ["It rains."] * 2


def test_soundscapes_that_come_along_are_named_in_the_interface_s_language(client, evening, studio):
    own = studio.library / "imagery" / "soundscapes" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("title: Mine\nlayers:\n  - sound: hush\n    level: -10dB\n", "utf-8")
    for language, roof in (("de", "Regen auf dem Dach"), ("cs", "Déšť na střeše")):
        client.put("/api/settings", json={"language": language})
        found = client.get(f"{NAME}/choices").json()["soundscapes"]
        titles = {each["name"]: each["title"] for each in found}
        assert titles["rain-on-the-roof"] == roof
        assert "Hearth" not in titles.values()


def test_a_session_that_changes_while_it_is_read_is_read_again(client, evening, monkeypatch):
    """Of a trial that comes as a length is saved, nothing old stays."""
    real = reading.read_source

    def read(path, shown=None):
        found = real(path, shown)
        if path == evening and "Another" not in evening.read_text(encoding="utf-8"):
            text = evening.read_text(encoding="utf-8")
            evening.write_text(text.replace("A rainy evening", "Another evening"), "utf-8")
        return found

    monkeypatch.setattr(reading, "read_source", read)
    client.get(NAME)
    assert client.get(NAME).json()["title"] == "Another evening"


def test_what_changed_nothing_takes_no_earlier_step_back(client, studio, evening):
    plan = client.get(NAME).json()
    changing(client, plan, kind="title", title="Night")
    (studio.library / "scripts" / "relaxation" / "rain-at-the-window.yaml").unlink()
    version = studio.files.read(evening).version
    change = {"version": version, "change": {"kind": "title", "title": "Night"}}
    assert client.post(f"{NAME}/changes", json=change).status_code >= 400
    assert "Night" in evening.read_text(encoding="utf-8")
    assert studio.files.labels(evening).undo == "title"
