"""The queue: one after another, cancelled, and gone on with after a restart."""

from __future__ import annotations

import json
import threading
from functools import partial

import pytest
from handing import Counter, rows, wait_until

from serguide.base.errors import BundleError, UsageError
from serguide.studio.handover import handover_making, handover_queue
from serguide.studio.handover.forgetting import forget_person
from serguide.studio.handover.handover_queue import HandoverQueue
from serguide.studio.handover.handover_ways import Ways
from serguide.studio.handover.previews import Previews

pytestmark = pytest.mark.slow

SOUND = {"name": "a-rainy-evening", "ways": {"sound": True, "kind": "mp3"}}


@pytest.fixture
def held(monkeypatch):
    """Renders wait until they are let go; what they do is theirs."""
    gate, begun, render = threading.Event(), threading.Event(), handover_making.render_apart

    def slow(request, store, report, cancel):
        begun.set()
        while not gate.wait(0.02):
            cancel.check()
        render(request, store, report, cancel)

    monkeypatch.setattr(handover_making, "render_apart", slow)
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


def test_what_is_cancelled_as_it_begins_is_not_made(counter, library, monkeypatch):
    """Between the look at what waits and its beginning there is no moment for it to be lost in."""
    queue = HandoverQueue(counter.studio)
    begun, go_on = threading.Event(), threading.Event()
    following = queue._next

    def slowly():
        found = following()
        begun.set()
        assert go_on.wait(20)
        return found

    monkeypatch.setattr(queue, "_next", slowly)
    ident = queue.records.add("Zoë", "a-rainy-evening", "A rainy evening", 1, Ways(page=False)).id
    queue.add(queue.records.find(ident))
    assert begun.wait(20)
    cancelling = threading.Thread(target=queue.cancel, args=(ident,))
    cancelling.start()
    cancelling.join(0.2)
    go_on.set()
    cancelling.join(20)
    assert queue.wait_for(ident)
    assert queue.records.find(ident).state == "cancelled"
    assert not (library / "handed-over" / ident / "files").exists()


def test_what_is_cancelled_as_it_ends_is_taken_back(counter, library, monkeypatch):
    make, queues = handover_queue.make_handover, []

    def made_and_then_cancelled(studio, handover, begun, cancel):
        made = make(studio, handover, begun, cancel)
        queues[0].cancel(handover.id)
        return made

    monkeypatch.setattr(handover_queue, "make_handover", made_and_then_cancelled)
    queues.append(queue := HandoverQueue(counter.studio))
    fresh = queue.records.add("Zoë", "a-rainy-evening", "A rainy evening", 1, Ways(page=False))
    queue.add(fresh)
    wait_until(lambda: queue.records.find(fresh.id).state not in ("waiting", "working"))
    assert queue.wait_for(fresh.id)
    assert queue.records.find(fresh.id).state == "cancelled"
    assert not (library / "handed-over" / fresh.id / "files").exists()


def test_what_was_cancelled_before_a_kill_is_not_made_after_it(counter, held, library):
    ident = counter.post("/api/handovers", SOUND)["id"]
    assert held.begun.wait(20)
    assert counter.ask("DELETE", f"/api/handovers/{ident}")[1]["state"] == "cancelled"
    assert rows(library)[0]["state"] == "cancelled", "on the disk when it is answered"


def test_what_will_not_end_is_not_forgotten_by_halves(counter, monkeypatch, library):
    begun, let_go = threading.Event(), threading.Event()

    def deaf(*_, **__):
        begun.set()
        let_go.wait(30)
        raise BundleError("it ends at last", "")

    monkeypatch.setattr(handover_making, "render_apart", deaf)
    queue, previews = HandoverQueue(counter.studio), Previews()
    fresh = queue.records.add("Zoë", "a-rainy-evening", "A rainy evening", 1, Ways(page=False))
    queue.add(fresh)
    assert begun.wait(20)
    monkeypatch.setattr(queue, "wait_for", partial(queue.wait_for, seconds=0.1))
    with pytest.raises(UsageError, match="nothing was removed"):
        forget_person(counter.studio, queue, previews, fresh.person)
    assert queue.records.find(fresh.id).state == "cancelled"
    let_go.set()
    assert HandoverQueue.wait_for(queue, fresh.id)
    assert forget_person(counter.studio, queue, previews, fresh.person)["removed"]
    assert not (library / "handed-over" / fresh.id).exists()


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
