"""The words' addresses: what a page asks of a part, and what stands in its file then."""

from __future__ import annotations

import pytest

from serguide.script.library import builtin_library

SCRIPT = """\
title: Rain   # a note
kind: relaxation
language: en
cues:
  - chapter: The window
  - say: There is rain outside, and you are indoors.
    beats: [orient]
  - rest: 8s
"""
NAME = "rain"


@pytest.fixture
def part(studio):
    path = studio.library / "scripts" / "relaxation" / f"{NAME}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def asked(client, method, path, data=None):
    answer = client.request(method, f"/api/parts/{path}", json=data)
    return answer.status_code, answer.json()


def words(*pieces):
    return {"kind": "say", "cue": None, "pieces": list(pieces)}


def test_a_part_is_read_with_its_times_and_a_version(client, part):
    _, found = asked(client, "GET", NAME)

    assert [block["kind"] for block in found["blocks"]] == ["chapter", "say", "rest"]
    assert found["title"] == "Rain"
    assert found["own"]
    assert found["starts"]["0"] == 0
    assert found["starts"]["1"] < found["starts"]["2"] < found["seconds"]


def test_saving_tells_findings_in_utf16_and_the_new_cues(client, part):
    _, found = asked(client, "GET", NAME)
    blocks = found["blocks"]
    said = {"words": "A 😀 smiles. You will feel lighter."}
    blocks[1:1] = [words({"words": " "}), words(said, {"pause": 2}, {"words": "Now."})]

    status, saved = asked(client, "PUT", NAME, {"version": found["version"], "blocks": blocks})

    assert status == 200
    assert saved["cues"] == [0, None, 1, 2, 3]
    (finding,) = [each for each in saved["findings"] if each["code"] == "E108"]
    assert finding["better"] == "You may feel lighter, or heavier, or the same."
    place = finding["place"]
    units = said["words"].encode("utf-16-le")[2 * place["start"] : 2 * place["end"]]
    assert units.decode("utf-16-le") == "You will feel lighter."
    assert "  - say: A 😀 smiles. You will feel lighter. [2s] Now.\n" in part.read_text("utf-8")


def test_a_finding_speaks_the_interfaces_language_and_the_wording_the_scripts(client, studio, part):
    import dataclasses

    studio.preferences = dataclasses.replace(studio.preferences, language="cs")
    text = SCRIPT.replace("indoors.", "indoors. You will feel lighter.")
    part.write_text(text, encoding="utf-8")

    _, found = asked(client, "GET", NAME)

    (finding,) = found["findings"]
    assert finding["why"] == "Slib se nemusí splnit."
    assert finding["better"].startswith("You may feel")


def test_an_old_version_is_refused_with_what_stands_there(client, part):
    _, found = asked(client, "GET", NAME)
    part.write_text(SCRIPT + "  - pause: 1s\n", encoding="utf-8")

    status, answer = asked(client, "PUT", NAME, found)

    assert status == 409
    assert answer["changed"]["text"] == SCRIPT + "  - pause: 1s\n"
    assert part.read_text(encoding="utf-8") == SCRIPT + "  - pause: 1s\n"


def test_undo_and_redo_give_every_byte_back(client, part):
    _, found = asked(client, "GET", NAME)
    blocks = [*found["blocks"], {"kind": "sound", "name": "bowl"}]
    asked(client, "PUT", NAME, {"version": found["version"], "blocks": blocks})
    changed = part.read_text(encoding="utf-8")

    _, back = asked(client, "POST", f"{NAME}/undo", {})
    assert part.read_text(encoding="utf-8") == SCRIPT
    assert back["redo"]
    asked(client, "POST", f"{NAME}/redo", {})
    assert part.read_text(encoding="utf-8") == changed


def test_a_ready_made_part_is_copied_by_a_change_alone(client, studio):
    _, found = asked(client, "GET", "easy-six")
    assert not found["own"]
    same = {"version": found["version"], "blocks": found["blocks"]}

    _, kept = asked(client, "PUT", "easy-six", same)
    assert kept["name"] == "easy-six"
    assert not list(studio.library.rglob("*.yaml"))

    same["blocks"][1]["pieces"] = [{"words": "Slowly, then."}]
    _, saved = asked(client, "PUT", "easy-six", same)
    assert saved["name"] != "easy-six"
    (own,) = studio.library.rglob("*.yaml")
    assert "Slowly, then." in own.read_text(encoding="utf-8")
    assert "Slowly, then." not in builtin_library().scripts["easy-six"].read_text(encoding="utf-8")


def test_the_session_that_one_came_from_uses_the_copy(client, studio):
    session = studio.library / "scripts" / "sessions" / "evening.yaml"
    session.parent.mkdir(parents=True)
    session.write_text(
        "title: Evening\nsteps:\n  - easy-six: {length: 6m}  # slow\n  - coming-back\n"
    )
    _, found = asked(client, "GET", "easy-six")
    found["blocks"][1]["pieces"] = [{"words": "Slowly, then."}]
    data = {"version": found["version"], "blocks": found["blocks"], "session": "evening"}

    _, saved = asked(client, "PUT", "easy-six", data)

    assert f"  - {saved['name']}: {{length: 6m}}  # slow\n  - coming-back\n" in session.read_text()


def test_a_part_says_in_whose_sessions_it_is(client, studio, part):
    for name, who in (("one", "Tomáš"), ("two", "")):
        session = studio.library / "scripts" / "sessions" / f"{name}.yaml"
        session.parent.mkdir(parents=True, exist_ok=True)
        values = f"values: {{name: {who}}}\n" if who else ""
        session.write_text(f"title: {name}\n{values}steps: [{NAME}, coming-back]\n", "utf-8")
    _, found = asked(client, "GET", NAME)
    assert sorted(found["used_in"], key=lambda each: each["name"]) == [
        {"name": "one", "title": "one", "for": "Tomáš"},
        {"name": "two", "title": "two", "for": ""},
    ]
    assert asked(client, "GET", "coming-back")[1]["used_in"] == []


def test_a_reason_settles_what_may_be_kept_and_nothing_else(client, part):
    part.write_text(SCRIPT.replace("indoors.", "indoors. You will feel lighter."), "utf-8")
    _, found = asked(client, "GET", NAME)
    data = {"version": found["version"], "code": "E108", "reason": 'hers:  "so be it"'}

    _, kept = asked(client, "POST", f"{NAME}/keep", data)

    assert kept["findings"] == []
    assert 'allow: {E108: "hers: \\"so be it\\""}\ncues:\n' in part.read_text(encoding="utf-8")
    data |= {"version": kept["version"], "code": "E106"}
    status, refused = asked(client, "POST", f"{NAME}/keep", data)
    assert status == 400
    assert refused["problem"]["message"].startswith("No reason settles this")


def test_a_broken_file_has_its_problems_by_line(client, part):
    part.write_text(SCRIPT + "  - say: [no\n", encoding="utf-8")

    _, found = asked(client, "GET", NAME)

    assert found["blocks"] is None
    assert found["problems"][0]["line"] >= 8
    status, saved = asked(
        client, "PUT", f"{NAME}/text", {"version": found["version"], "text": SCRIPT}
    )
    assert (status, saved["problems"]) == (200, [])


@pytest.mark.parametrize(
    "name", ["../secret", "..%2Fsecret", "/etc/passwd", "no-such-part", "a\0b"]
)
def test_names_lead_nowhere_else(client, part, name):
    for path in (name, f"{name}/text", f"{name}/version"):
        status, _ = asked(client, "GET", path.replace("\0", "%00"))
        assert status in (400, 404)


@pytest.mark.parametrize(
    "blocks",
    [
        "no list",
        [{"kind": "say", "pieces": [{"words": "x", "html": "<b>"}]}],
        [{"kind": "rest", "seconds": -1}],
        [{"kind": "rest", "seconds": 1e300}],
        [{"kind": "include", "name": "../x"}],
        [{"kind": "nothing"}],
        [{"kind": "say", "pieces": [{"value": "a}{b"}]}],
    ],
)
def test_blocks_that_are_none_are_refused(client, part, blocks):
    _, found = asked(client, "GET", NAME)

    status, _ = asked(client, "PUT", NAME, {"version": found["version"], "blocks": blocks})

    assert status == 400
    assert part.read_text(encoding="utf-8") == SCRIPT


def test_pasted_text_is_read_by_the_rules_of_the_import(client, part):
    data = {
        "text": "The chair\n\nSit down. (pause 10 seconds)\n\n[softly] Hello [name].",
        "language": "en",
    }

    _, found = asked(client, "POST", f"{NAME}/paste", data)

    assert [block["kind"] for block in found["blocks"]] == ["chapter", "say", "pause", "say"]
    assert found["pauses"] == 1
    assert found["blocks"][3]["above"] == ["softly"]
    assert {"value": "name"} in found["blocks"][3]["pieces"]
    assert any(each["written"] == "(pause 10 seconds)" for each in found["decisions"])


def test_a_part_is_heard_from_a_cue_on(client, part):
    status, found = asked(client, "POST", f"{NAME}/hearing", {"cue": 1})
    assert status == 200
    assert [(each["kind"], each["cue"]) for each in found["heard"]] == [("say", 1), ("silence", 2)]

    sound = client.get(f"/api/parts/{NAME}/hearing/{found['heard'][0]['item']}")
    assert sound.content[:4] == b"RIFF"
    assert client.get("/api/sounds/bowl").content[:4] == b"RIFF"
    assert client.get("/api/sounds/nothing").status_code == 409


def test_a_new_part_waits_for_its_first_words(client, studio):
    made = client.post("/api/shelf/parts", json={"title": "By the sea"}).json()["name"]
    _, found = asked(client, "GET", made)
    assert found["starter"] == "You can sit or lie down, as you like."
    assert found["blocks"][0]["pieces"] == [], "the hint is no text"
    written = {**found["blocks"][0], "pieces": [{"words": "There is the sea."}]}

    status, saved = asked(client, "PUT", made, {"version": found["version"], "blocks": [written]})

    assert status == 200
    assert "There is the sea." in saved["text"]
    assert found["starter"] not in saved["text"]
    _, again = asked(client, "GET", made)
    assert again["starter"] == ""
    assert again["blocks"][0]["pieces"][0]["words"] == "There is the sea."


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "15 breaths"), ("de", "15 Atemzüge"), ("cs", "minutu: 15"), ("sk", "minútu: 15")],
)
def test_a_finding_is_told_plainly_in_the_interface_s_language(client, part, language, said):
    part.write_text(SCRIPT + "  - breathe: {in: 2s, out: 2s, cycles: 20}\n")
    client.put("/api/settings", json={"language": language})
    _, found = asked(client, "GET", NAME)
    (fast,) = [each for each in found["findings"] if each["code"] == "E114"]
    assert said in fast["what"]
    assert "`" not in fast["what"] + fast["why"]
    _, text = asked(client, "GET", f"{NAME}/text")
    assert not fast["keepable"]  # no reason settles fast breathing
    (line,) = [each for each in text["problems"] if each["code"] == "E114"]
    assert line["message"] == fast["what"]
    assert (line["hint"] == fast["why"]) == (language != "en"), "the check's own words are English"
