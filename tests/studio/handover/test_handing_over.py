"""Handing over through the studio's own addresses: made for real, unsealed, and looked at."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from mutagen.mp4 import MP4
from starlette.testclient import TestClient

from serguide import api
from serguide.studio.handover.records import handed_over


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_every_way_is_made_and_opens(counter, zoe, tmp_path):
    place = Path(zoe["place"])
    names = {each["name"]: each["bytes"] for each in zoe["files"]}
    assert set(names) == {
        "a-rainy-evening.html",
        "a-rainy-evening.m4b",
        "a-rainy-evening-handout.html",
        "a-rainy-evening-website",
        "a-rainy-evening-website-address.svg",
    }
    assert all((place / name).exists() for name in names)
    opened = api.unseal(
        place / "a-rainy-evening.html", zoe["ways"]["passphrase"], tmp_path / "opened"
    )
    assert "Zoë" in (opened / "transcript.txt").read_text(encoding="utf-8")
    assert len(MP4(place / "a-rainy-evening.m4b").chapters) == 2
    handout = (place / "a-rainy-evening-handout.html").read_text(encoding="utf-8")
    assert zoe["address"].startswith("https://ana.example/")
    assert zoe["address"] in handout
    assert zoe["ways"]["passphrase"] not in " ".join(handout.lower().split())
    assert "ground.mp3" not in handout, "it was not given"
    (page,) = place.glob("a-rainy-evening-website/*/index.html")
    assert zoe["address"].endswith(f"/{page.parent.name}/")


def test_no_file_and_no_address_says_whom_it_is_for(counter, zoe, library):
    said = [path.relative_to(library).as_posix() for path in library.rglob("*")]
    assert not [name for name in said if "zo" in Path(name).name.lower().replace("ë", "e")]
    assert "zo" not in zoe["id"] + zoe["person"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are a matter of POSIX")
def test_only_the_user_reads_what_was_given_to_whom(zoe, library):
    folder = library / "handed-over"
    assert mode(folder) == 0o700
    assert mode(folder / "records.json") == 0o600
    assert mode(folder / zoe["id"]) == 0o700
    within = [path for path in (folder / zoe["id"]).rglob("*") if "-website/" not in f"{path}/"]
    assert {mode(path) for path in within if path.is_file()} == {0o600}
    assert {mode(path) for path in within if path.is_dir()} == {0o700}
    (page,) = folder.glob("*/files/*-website/*/index.html")
    assert mode(page) & 0o044, "a server that it is uploaded to must read it"


def test_the_shelf_is_told(counter, zoe):
    (row,) = handed_over(counter.studio)
    assert (row["who"], row["title"], row["name"]) == ("Zoë", "A rainy evening", "a-rainy-evening")
    assert row["date"] == zoe["done"]


def test_it_can_be_handed_over_again(counter, zoe):
    forms = counter.get(f"/api/handovers/forms?name=a-rainy-evening&again={zoe['id']}")
    assert forms["who"] == "Zoë"
    assert forms["ways"]["kind"] == "m4b"
    assert forms["ways"]["passphrase"] == "", "new words for a new page"
    assert len(forms["passphrase"].split()) == 6
    ways = {**forms["ways"], "passphrase": forms["passphrase"]}
    second = counter.post("/api/handovers", {"name": "a-rainy-evening", "who": "Zoë", "ways": ways})
    assert second["person"] == zoe["person"], "one person, however often"
    assert counter.made(second["id"])["state"] == "done"


def test_sizes_are_about_what_they_come_out_at(counter, zoe):
    sizes = counter.get("/api/handovers/forms?name=a-rainy-evening")["sizes"]
    true = {each["name"].removeprefix("a-rainy-evening"): each["bytes"] for each in zoe["files"]}
    assert sizes["page"] == pytest.approx(true[".html"], rel=0.1)
    # MP3 has a constant rate; the folder holds the sound file with parts, too.
    whole = true["-website"] - true[".m4b"]
    assert sizes["website"] == pytest.approx(whole, rel=0.15)
    assert sizes["m4b"] >= true[".m4b"], "a tone takes less than a voice"


def test_a_file_is_saved_under_its_name(counter, zoe):
    answer = counter.client.get(f"/api/handovers/{zoe['id']}/files/a-rainy-evening.m4b")
    assert answer.status_code == 200
    assert 'filename="a-rainy-evening.m4b"' in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "file", ["../../records.json", "..%2F..%2Frecords.json", "records.json", "%2e%2e/bundle"]
)
def test_no_other_file_is_given(counter, zoe, file):
    answer = counter.client.get(f"/api/handovers/{zoe['id']}/files/{file}")
    assert answer.status_code in (400, 404)


def test_what_was_given_is_heard_as_it_was(counter, zoe):
    address = counter.post("/api/handovers/preview", {"id": zoe["id"]})["address"]
    stranger = TestClient(counter.client.app, base_url=f"http://127.0.0.1:{counter.studio.port}")
    page = stranger.get(address)
    assert page.status_code == 200, "a page's own sound asks without the token"
    assert "A rainy evening" in page.text
    assert stranger.get(f"{address}session.mp3", headers={"Range": "bytes=0-99"}).status_code == 206
    for path in ("../records.json", "..%2Frecords.json", "session.json/../../records.json"):
        assert stranger.get(address + path).status_code == 404
    assert stranger.get("/preview/" + "0" * 32 + "/").status_code == 404


def test_a_look_at_the_page_before_it_is_made(counter):
    asked = {"name": "a-rainy-evening", "who": "Ilse", "address": "https://ana.example/r7k2"}
    address = counter.post("/api/handovers/preview", asked)["address"]
    page = counter.client.get(address).text
    assert "Ilse" in page
    assert "Zoë" not in page
    assert "data:audio/flac" in page
    card = counter.client.get(f"{address}handout.html").text
    assert "https://ana.example/r7k2" in card


def test_forgetting_removes_all_and_says_what(counter, zoe, library):
    assert counter.studio.store.private_size().entries > 0
    told = counter.post(f"/api/handovers/people/{zoe['person']}/forget")
    (row,) = told["removed"]
    assert set(row["files"]) == {each["name"] for each in zoe["files"]}
    assert told["sound"]["entries"] > 0
    assert counter.studio.store.private_size().entries == 0
    assert told["left"] == ["a-rainy-evening"], "the session's own file still says the name"
    assert counter.get("/api/handovers")["handovers"] == []
    assert not (library / "handed-over" / zoe["id"]).exists()
    left = [path for path in (library / "handed-over").rglob("*") if path.is_file()]
    assert all("Zoë".encode() not in path.read_bytes() for path in left)
    assert counter.ask("POST", f"/api/handovers/people/{zoe['person']}/forget")[0] == 400


def test_no_preview_of_somebody_forgotten_answers(counter, zoe):
    own, before, other = (
        counter.post("/api/handovers/preview", asked)["address"]
        for asked in (
            {"id": zoe["id"]},
            {"name": "a-rainy-evening", "who": "zoë"},
            {"name": "a-rainy-evening", "who": "Ilse"},
        )
    )
    pages = [own, f"{own}handout.html", f"{own}session.mp3", before, f"{before}handout.html"]
    assert {counter.client.get(each).status_code for each in pages} == {200}
    counter.post(f"/api/handovers/people/{zoe['person']}/forget")
    assert {counter.client.get(each).status_code for each in pages} == {404}
    assert counter.client.get(other).status_code == 200, "somebody else's"


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {"page": "yes"},
        {"page": True, "passphrase": "rain"},
        {"page": True, "passphrase": "rain rain rain rain rain rain"},
        {"sound": True, "kind": "exe"},
        {"website": True, "address": "javascript:alert(1)"},
        {"handout": True, "address": "file:///etc/passwd"},
    ],
    ids=str,
)
def test_ways_that_cannot_be_are_told(counter, ways):
    status, data = counter.ask("POST", "/api/handovers", {"name": "a-rainy-evening", "ways": ways})
    assert status == 400
    assert data["problem"]["message"]
    assert data["problem"]["hint"]
    assert counter.get("/api/handovers")["handovers"] == []


@pytest.mark.parametrize("name", ["../a-rainy-evening", "/etc/passwd", "nothing-such", ""])
def test_only_names_of_the_library_are_handed_over(counter, name):
    asked = {"name": name, "ways": {"sound": True}}
    assert counter.ask("POST", "/api/handovers", asked)[0] == 400
