"""A part that other clients' sessions have, too, is changed in all of them or in one alone."""

from __future__ import annotations

import pytest
import yaml

from serguide.studio.saving.library_files import LibraryFiles, NotSavedError

PART = """\
title: Rain at the window
kind: relaxation
language: en
cues:
  - say: "Close your eyes, and listen."   # hm
  - include: quiet
"""
INNER = """\
title: Quiet
kind: relaxation
language: en
cues:
  - say: Close your eyes again.
"""
SESSION = """\
title: {title}
language: en
voice: espeak
values: {{name: {who}}}
steps:
  - rain: {{length: 1m}}  # hers
  - coming-back
"""


@pytest.fixture
def two(studio):
    """Sessions for Zoë and Jan with the same part, which includes another."""
    scripts = studio.library / "scripts"
    texts = {
        "relaxation/rain": PART,
        "relaxation/quiet": INNER,
        "sessions/zoes": SESSION.format(title="Evening", who="Zoë"),
        "sessions/jans": SESSION.format(title="Evening", who="Jan"),
    }
    for name, text in texts.items():
        path = scripts / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return scripts


def read(two, name):
    return (two / f"{name}.yaml").read_text(encoding="utf-8")


def words_of(client, session):
    plan = client.get(f"/api/sessions/{session}").json()
    return [line["text"] for line in plan["parts"][0]["lines"] if line["kind"] == "say"]


def finding(client, sentence):
    details = client.get("/api/sessions/zoes/details").json()
    return next(each for each in details["findings"] if each["sentence"] == sentence)


def worded(client, sentence, text, **more):
    found = finding(client, sentence)
    change = {"kind": "wording", "text": text, **more}
    change |= {key: found[key] for key in ("file", "line", "column")}
    version = client.get("/api/sessions/zoes").json()["version"]
    answer = client.post("/api/sessions/zoes/changes", json={"version": version, "change": change})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_all_sessions_that_have_a_part_are_named_through_includes_too(client, two):
    for part in ("rain", "quiet"):
        users = client.get(f"/api/shelf/users/{part}").json()["users"]
        assert {(each["name"], each["for"]) for each in users} == {("zoes", "Zoë"), ("jans", "Jan")}
    assert client.get("/api/shelf/users/coming-back").json() == {"users": []}


def test_only_here_changes_a_copy_and_is_one_step_back(client, two):
    before = {path: path.read_bytes() for path in two.rglob("*.yaml")}
    worded(client, "Close your eyes, and listen.", "You may listen.", only_here=True)
    assert words_of(client, "zoes")[0] == "You may listen."
    assert words_of(client, "jans")[0] == "Close your eyes, and listen."
    assert read(two, "relaxation/rain") == PART
    steps = yaml.safe_load(read(two, "sessions/zoes"))["steps"]
    assert steps[0] == {"rain-2": {"length": "1m"}}
    assert "# hers" in read(two, "sessions/zoes")
    assert "# hm" in read(two, "relaxation/rain-2")
    client.post("/api/sessions/zoes/undo", json={})
    assert words_of(client, "zoes")[0] == "Close your eyes, and listen."
    assert {path: path.read_bytes() for path in before} == before


def test_what_leads_to_a_part_is_copied_with_it(client, two):
    worded(client, "Close your eyes again.", "It is quiet.", only_here=True)
    assert words_of(client, "zoes")[1] == "It is quiet."
    assert words_of(client, "jans")[1] == "Close your eyes again."
    assert (read(two, "relaxation/rain"), read(two, "relaxation/quiet")) == (PART, INNER)


def test_every_way_to_a_part_leads_to_the_copy(client, two):
    (two / "relaxation/rest.yaml").write_text(PART.replace("and listen", "and rest"))
    for name in ("zoes", "jans"):
        path = two / f"sessions/{name}.yaml"
        path.write_text(path.read_text().replace("  - coming", "  - rest\n  - quiet\n  - coming"))
    worded(client, "Close your eyes again.", "It is quiet.", only_here=True)
    heard = [
        line["text"]
        for part in client.get("/api/sessions/zoes").json()["parts"][:3]
        for line in part["lines"]
        if line["kind"] == "say"
    ]
    first, second = "Close your eyes, and listen.", "Close your eyes, and rest."
    assert heard == [first, "It is quiet.", second, "It is quiet.", "It is quiet."]
    assert words_of(client, "jans")[1] == "Close your eyes again."
    client.post("/api/sessions/zoes/undo", json={})
    assert words_of(client, "zoes")[1] == "Close your eyes again."


def test_where_it_cannot_be_saved_no_copy_stays(client, two, monkeypatch):
    before = {path: path.read_bytes() for path in two.rglob("*.*")}
    found = finding(client, "Close your eyes again.")
    change = {"kind": "wording", "text": "It is quiet.", "only_here": True}
    change |= {key: found[key] for key in ("file", "line", "column")}
    version = client.get("/api/sessions/zoes").json()["version"]

    def full(*_):
        raise NotSavedError("it cannot be saved: the disk is full", "make room")

    monkeypatch.setattr(LibraryFiles, "save_all", full)
    answer = client.post("/api/sessions/zoes/changes", json={"version": version, "change": change})
    assert answer.status_code >= 400
    answer = client.post("/api/sessions/zoes/apart", json={"part": "quiet"})
    assert answer.status_code >= 400
    assert {path: path.read_bytes() for path in two.rglob("*.*")} == before


def test_in_all_changes_the_part_itself(client, two):
    worded(client, "Close your eyes, and listen.", "You may listen.")
    assert words_of(client, "jans")[0] == words_of(client, "zoes")[0] == "You may listen."
    assert not (two / "relaxation" / "rain-2.yaml").exists()


def test_the_words_screen_goes_on_in_a_copy_with_what_was_typed(client, two):
    part = client.get("/api/parts/rain").json()
    copy = client.post("/api/sessions/zoes/apart", json={"part": "rain"}).json()
    assert copy == {"session": "zoes", "name": "rain-2"}
    part["blocks"][0]["pieces"] = [{"words": "You may listen."}]
    data = {"version": part["version"], "blocks": part["blocks"], "session": "zoes"}
    saved = client.put("/api/parts/rain-2", json=data)
    assert saved.status_code == 200, saved.text
    assert words_of(client, "zoes")[0] == "You may listen."
    assert read(two, "relaxation/rain") == PART
    assert client.get("/api/parts/rain-2").json()["used_in"] == [
        {"name": "zoes", "title": "Evening", "for": "Zoë"}
    ]
    again = client.post("/api/sessions/zoes/apart", json={"part": "rain-2"}).json()
    assert again["name"] == "rain-2", "it is this session's alone already"


def test_without_a_session_a_copy_is_made_that_none_has(client, two):
    copy = client.post("/api/shelf/copies", json={"name": "rain", "anew": True}).json()
    assert copy == {"name": "rain-2"}
    assert client.get("/api/shelf/users/rain-2").json() == {"users": []}
    assert client.post("/api/shelf/copies", json={"name": "rain"}).json() == {"name": "rain"}


def test_a_part_that_is_not_in_the_session_is_told(client, two):
    answer = client.post("/api/sessions/zoes/apart", json={"part": "easy-six"})
    assert answer.status_code == 400
    assert not (two / "relaxation" / "easy-six.yaml").exists()


def test_undo_in_the_session_takes_words_back_as_well_the_newest_first(client, two):
    plan = client.get("/api/sessions/zoes").json()
    change = {"version": plan["version"], "change": {"kind": "title", "title": "Night"}}
    client.post("/api/sessions/zoes/changes", json=change)
    part = client.get("/api/parts/rain").json()
    part["blocks"][0]["pieces"] = [{"words": "You may listen."}]
    data = {"version": part["version"], "blocks": part["blocks"]}
    assert client.put("/api/parts/rain", json=data).status_code == 200

    back = client.post("/api/sessions/zoes/undo", json={}).json()
    assert back["words_of"] == "Rain at the window"
    assert (read(two, "relaxation/rain"), back["title"]) == (PART, "Night")
    back = client.post("/api/sessions/zoes/undo", json={}).json()
    assert (back["words_of"], back["title"], back["undo"]) == ("", "Evening", None)
    assert client.post("/api/sessions/zoes/redo", json={}).json()["title"] == "Night"
    forth = client.post("/api/sessions/zoes/redo", json={}).json()
    assert (forth["words_of"], forth["redo"]) == ("Rain at the window", None)
    assert "You may listen." in read(two, "relaxation/rain")
