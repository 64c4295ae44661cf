"""The queue: one after another, cancelled, and gone on with after a restart."""

from __future__ import annotations

import json

import pytest
from handing import Counter, rows, wait_until

pytestmark = pytest.mark.slow

SOUND = {"name": "a-rainy-evening", "ways": {"sound": True, "kind": "mp3"}}


@pytest.fixture
def held(monkeypatch):
    """Renders wait until they are let go; what they do is theirs."""
    import threading

    from serguide import api

    gate, begun, render = threading.Event(), threading.Event(), api.render

    def slow(request, **options):
        begun.set()
        while not gate.wait(0.02):
            options["cancel"].check()
        return render(request, **options)

    monkeypatch.setattr(api, "render", slow)
    gate.begun = begun
    yield gate
    gate.set()


def test_several_wait_in_their_order(counter, held):
    first, second = counter.post("/api/handovers", SOUND), counter.post("/api/handovers", SOUND)
    assert held.begun.wait(20)
    assert counter.get(f"/api/handovers/{second['id']}")["ahead"] == 1
    held.set()
    done = [counter.made(each["id"]) for each in (first, second)]
    assert [each["state"] for each in done] == ["done", "done"]
    assert done[0]["done"] <= done[1]["done"]


def test_one_that_waits_and_one_that_is_made_are_cancelled(counter, held, library):
    first, second = counter.post("/api/handovers", SOUND), counter.post("/api/handovers", SOUND)
    assert held.begun.wait(20)
    for each in (second, first):
        assert counter.ask("DELETE", f"/api/handovers/{each['id']}")[0] == 200
        assert counter.made(each["id"])["state"] == "cancelled"
    assert not list((library / "handed-over").rglob("*.mp3"))


def test_what_waits_survives_a_restart(new_studio, held, library):
    counter = Counter(new_studio())
    first, second = counter.post("/api/handovers", SOUND), counter.post("/api/handovers", SOUND)
    assert held.begun.wait(20)
    counter.studio.close()
    assert [row["state"] for row in rows(library)] == ["waiting", "waiting"]
    held.set()
    again = Counter(new_studio())
    for each in (first, second):
        assert again.made(each["id"])["state"] == "done"


def test_what_was_under_way_when_the_studio_was_killed_is_made(new_studio, library, held):
    counter = Counter(new_studio())
    ident = counter.post("/api/handovers", SOUND)["id"]
    assert held.begun.wait(20)
    counter.studio.close()
    path = library / "handed-over" / "records.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["handovers"][0]["state"] = "working"  # as a kill leaves it
    path.write_text(json.dumps(kept), encoding="utf-8")
    held.set()
    assert Counter(new_studio()).made(ident)["state"] == "done"


def test_one_that_fails_says_why_and_stops_no_other(counter, library, held):
    first, second = counter.post("/api/handovers", SOUND), counter.post("/api/handovers", SOUND)
    assert held.begun.wait(20)
    # The folder of the first becomes a file that is not ours.
    bundle = library / "handed-over" / first["id"] / "bundle"
    bundle.mkdir(parents=True, exist_ok=True)
    (bundle / "mine.txt").write_text("mine", encoding="utf-8")
    held.set()
    failed = counter.made(first["id"])
    assert failed["state"] == "failed"
    assert failed["problem"]["message"]
    assert (bundle / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert counter.made(second["id"])["state"] == "done"


def test_the_events_tell_parts_and_the_end(counter):
    ident = counter.post("/api/handovers", SOUND)["id"]
    with counter.client.stream("GET", f"/api/handovers/{ident}/events") as answer:
        told = [json.loads(line) for line in answer.iter_lines() if line]
    assert told[-1]["state"] == "done"
    assert told[-1]["files"]
    seen = [each["progress"] for each in told if "progress" in each]
    assert seen, "progress was told"
    shares = [each["share"] for each in seen]
    assert shares == sorted(shares)
    assert [part["title"] for part in seen[-1]["parts"]] == ["By the window", "Coming home"]
    assert sum(part["share"] for part in seen[0]["parts"]) == pytest.approx(1, abs=0.01)


def test_a_record_that_a_hand_broke_is_left_and_told(counter, library):
    folder = library / "handed-over"
    folder.mkdir(parents=True)
    (folder / "records.json").write_text("not ours", encoding="utf-8")
    status, data = counter.ask("GET", "/api/handovers")
    assert status == 400
    assert "records.json" in data["problem"]["message"]
    assert counter.ask("POST", "/api/handovers", SOUND)[0] == 400
    assert (folder / "records.json").read_text(encoding="utf-8") == "not ours"


def test_events_of_nothing(counter):
    assert wait_until(lambda: counter.ask("GET", "/api/handovers/00/events")[0]) == 400
