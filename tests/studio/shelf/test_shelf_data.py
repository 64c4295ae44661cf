"""The shelf's data: what lies on it, what is found, and what is made from it."""

from __future__ import annotations

import json
import stat

import pytest
import yaml

from serguide import api
from serguide.base.errors import UsageError
from serguide.studio.shelf.copying import own_copy
from serguide.studio.shelf.library_places import file_of, own_file, stem_of

PART = """# A comment of mine
title: Rain at the window
kind: grounding
about: Drops.
cues:
  - say: "{name}, there is rain. [2s] Zoë hears the gutter."
"""


@pytest.fixture
def own(studio):
    """Write a file of the therapist's own."""

    def write(name, text, folder="scripts/grounding"):
        path = studio.library / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def cards(client, where):
    return {card["name"]: card for card in client.get("/api/shelf").json()[where]}


def found(client, words):
    return client.post("/api/shelf/search", json={"words": words}).json()["found"]


def test_an_empty_shelf_has_the_ready_made_and_makes_no_folder(client, studio):
    shelf = client.get("/api/shelf").json()
    assert shelf["yours"] == [] == shelf["handed"]
    names = {card["name"] for card in shelf["ready"]}
    assert names == {entry.name for entry in api.list().entries}
    assert not studio.library.exists()


def test_lengths_come_for_all_and_are_those_of_the_catalogue(client):
    lines = client.get("/api/shelf/lengths").text.splitlines()
    told = {each["name"]: each["seconds"] for each in map(json.loads, filter(None, lines))}
    listed = {entry.name: float(entry.seconds) for entry in api.list().entries}
    assert told == pytest.approx(listed, abs=0.1)


def test_one_s_own_stands_apart_and_shadows_nothing_else(client, own):
    own("rain", PART)
    mine = cards(client, "yours")["rain"]
    assert mine["title"] == "Rain at the window"
    assert mine["mine"] is True
    assert "rain" not in cards(client, "ready")


def test_a_broken_file_stands_on_the_shelf_with_what_is_wrong(client, own):
    path = own("rain", PART.replace("kind: grounding", "kind: weather"))
    card = cards(client, "yours")["rain"]
    assert card["kind"] == "broken"
    told = client.get("/api/shelf/broken/rain").json()
    assert told["path"] == str(path)
    assert told["problems"][0]["line"] == 3
    assert told["problems"][0]["message"]
    assert len(cards(client, "ready")) > 100, "one broken file takes nothing else away"
    path.write_text(PART, encoding="utf-8")
    assert client.get("/api/shelf/broken/rain").json()["problems"] == []
    assert cards(client, "yours")["rain"]["kind"] == "grounding"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "closed"), ("de", "Klammer"), ("cs", "závorka"), ("sk", "zátvorka")],
)
def test_what_is_wrong_in_a_file_is_told_in_the_interface_s_language(client, own, language, said):
    own("rain", "title: [Rain\n")
    client.put("/api/settings", json={"language": language})
    (problem,) = client.get("/api/shelf/broken/rain").json()["problems"]
    assert said in problem["message"]
    assert bool(problem["hint"]) == (language == "en"), "the check's own hints are English"


def test_two_files_of_a_name_break_no_shelf(client, own):
    own("rain", PART)
    own("rain", PART, "scripts/relaxation")
    assert "rain" in cards(client, "yours")


def test_search_looks_into_titles_about_and_every_spoken_word(client, own):
    own("rain", PART)
    own("evening", "title: An evening\nsteps: [rain]\n", "scripts/sessions")
    assert found(client, "rain at the window")[0] == {
        "name": "rain", "where": "title", "excerpt": "",
    }  # fmt: skip
    assert {"name": "rain", "where": "about", "excerpt": "Drops."} in found(client, "DROPS")
    spoken = {each["name"]: each["excerpt"] for each in found(client, "zoe gutter")}
    assert set(spoken) == {"rain", "evening"}, (
        "a session says what its parts say; accents are no bar"
    )
    assert "[2s]" not in spoken["rain"]
    assert found(client, "") == [] == found(client, "xyzzy")
    assert found(client, "utter") == [], "words match from their beginnings"
    assert found(client, "((((") == []


def test_a_session_for_someone_is_a_copy_with_name_and_length(client, studio):
    made = client.post(
        "/api/shelf/sessions",
        json={"from": "the-first-evening", "name_of_client": " Zoë ", "minutes": 18,
              "title": "A rainy evening"},
    ).json()  # fmt: skip
    assert made["name"] == "a-rainy-evening"
    path = own_file(studio, made["name"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ours, theirs = (yaml.safe_load(each.read_text(encoding="utf-8"))
                    for each in (path, file_of(studio, "the-first-evening")))  # fmt: skip
    assert ours == {
        **theirs,
        "title": "A rainy evening",
        "length": "18m",
        "values": {"name": "Zoë"},
    }
    assert path.read_text(encoding="utf-8").startswith("# seed"), "comments stay"
    assert studio.shelves.art("a-rainy-evening"), "its cover comes along"
    prepared = api.prepare(studio.request(made["name"]))
    assert prepared.ready
    assert prepared.timeline.frames / 48_000 == pytest.approx(18 * 60, abs=1)
    card = cards(client, "yours")["a-rainy-evening"]
    assert (card["for"], card["kind"]) == ("Zoë", "session")


def test_a_length_that_words_cannot_have_is_the_nearest_that_they_can(client, studio):
    asked = {"from": "the-first-evening", "minutes": 2}
    made = client.post("/api/shelf/sessions", json=asked).json()
    assert made["minutes"] > 2
    prepared = api.prepare(studio.request(made["name"]))
    assert prepared.timeline.frames / 48_000 == pytest.approx(made["minutes"] * 60, abs=1)


def test_a_person_is_found(client):
    asked = {"from": "before-sleep", "name_of_client": "Tomáš"}
    made = client.post("/api/shelf/sessions", json=asked).json()["name"]
    found = client.post("/api/shelf/search", json={"words": "tomas"}).json()["found"]
    assert [each["name"] for each in found] == [made]


@pytest.mark.parametrize("title", ["", "For Zoë alone", "zoe", "ZOË, at night"])
def test_no_file_is_named_after_a_client(client, title):
    asked = {"from": "before-sleep", "name_of_client": "Zoë Quixlan", "title": title}
    assert "zo" not in client.post("/api/shelf/sessions", json=asked).json()["name"]


@pytest.mark.parametrize("asked", [
    {}, {"from": 3}, {"from": "five-to-one"}, {"from": "the-first-evening", "minutes": "x"},
    {"from": "the-first-evening", "minutes": 0}, {"from": "the-first-evening", "minutes": 1e9},
    {"from": "the-first-evening", "minutes": 10**400},
    {"from": "the-first-evening", "minutes": True},
    {"from": "the-first-evening", "title": "x" * 999},
    {"from": "the-first-evening", "name_of_client": "a\x1b[2J"}, ["from"], None,
])  # fmt: skip
def test_what_cannot_be_made_is_said_and_leaves_nothing(client, studio, asked):
    answered = client.post("/api/shelf/sessions", json=asked)
    assert answered.status_code == 400
    assert answered.json()["problem"]["hint"]
    assert not studio.library.exists() or not list(studio.library.rglob("*.yaml"))


@pytest.mark.parametrize(
    "who", ["<img src=x onerror=alert(1)>", "a: b # c", "{x}", "- y", "'\"", "🙂"]
)
def test_any_name_is_text_and_stays_what_it_was(client, studio, who):
    asked = {"from": "the-first-evening", "name_of_client": who}
    made = client.post("/api/shelf/sessions", json=asked)
    assert made.status_code == 200
    path = own_file(studio, made.json()["name"])
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["values"]["name"] == who


def test_a_new_part_can_be_spoken_at_once(client, studio):
    made = client.post("/api/shelf/parts", json={"title": "Déšť za oknem"}).json()["name"]
    assert made == "dest-za-oknem"
    assert api.prepare(studio.request(made)).ready
    again = client.post("/api/shelf/parts", json={"title": "Déšť za oknem"}).json()["name"]
    assert again == "dest-za-oknem-2"
    assert client.post("/api/shelf/parts", json={"title": "  "}).status_code == 400


def test_a_copy_has_a_name_of_its_own_and_is_made_once(studio):
    copy = own_copy(studio, "five-to-one")
    assert copy == "five-to-one-2"
    assert own_file(studio, copy).read_bytes() == file_of(studio, "five-to-one").read_bytes()
    assert own_copy(studio, copy) == copy, "what is one's own is changed as it is"
    with pytest.raises(UsageError):
        own_copy(studio, "nothing-of-the-kind")


def test_a_copy_goes_where_a_flat_folder_has_its_scripts(studio):
    studio.library.mkdir()
    (studio.library / "rain.yaml").write_text(PART, encoding="utf-8")
    copy = own_copy(studio, "five-to-one")
    assert (studio.library / f"{copy}.yaml").is_file()
    assert own_file(studio, "rain"), "what was there is there"


@pytest.mark.parametrize(("title", "stem"), [
    ("A rainy evening", "a-rainy-evening"), ("Straße, früh", "strasse-fruh"), ("雨", "part"),
    ("CON", "part-con"), ("../..", "part"), ("x" * 300, "x" * 60),
])  # fmt: skip
def test_titles_as_names_of_files(title, stem):
    assert stem_of(title) == stem


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_covers(client, kind):
    for name in ("the-first-evening", "before-sleep-cs", "five-to-one", "nothing"):
        answered = client.get(f"/api/art/{name}.{kind}")
        assert answered.status_code == 200
        assert answered.headers["content-type"].startswith("image/")


def test_settings_outlive_the_studio_and_are_one_s_own(client, studio):
    assert (
        client.put("/api/settings", json={"language": "cs", "therapist": "Ana"}).status_code == 200
    )
    from serguide.studio.studio import Studio

    again = Studio(studio.library, studio.store, state=studio.state)
    assert (again.language, again.preferences.therapist) == ("cs", "Ana")
    assert again.request("before-sleep").supervised_by == "Ana"
    (kept,) = studio.state.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.write_text("{", encoding="utf-8")
    assert Studio(studio.library, studio.store, state=studio.state).preferences.therapist == ""
    assert 'lang="cs"' in client.get("/").text
