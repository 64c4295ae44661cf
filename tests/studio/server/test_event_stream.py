"""Event streams over a real socket: many at once, readers that go, and errors in the midst."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from http.client import HTTPConnection

import pytest

from serguide.base.errors import SoundError
from serguide.studio.listening.live_part import LivePart
from serguide.studio.server.serving import loopback_socket, serve
from serguide.studio.shelf import shelf_routes

STREAMS = 50


@pytest.fixture
def served(studio):
    """Serve a studio from this process; yields a way to ask it that leaves the answer open."""
    listening = loopback_socket(0)
    ready = threading.Event()
    thread = threading.Thread(target=serve, args=(studio, listening, lambda _: ready.set()))
    thread.start()
    with contextlib.ExitStack() as stack:
        stack.callback(listening.close)
        stack.callback(thread.join, 20)
        stack.callback(lambda: studio.end())
        assert ready.wait(20)

        def ask(path, data=None):
            connection = HTTPConnection("127.0.0.1", studio.port, timeout=30)
            stack.callback(connection.close)
            headers = {"X-Serguide-Token": studio.token, "Origin": studio.address.rstrip("/")}
            body = None if data is None else json.dumps(data)
            connection.request("POST" if body else "GET", path, body, headers)
            answered = connection.getresponse()
            stack.callback(answered.close)
            answered.leave = connection.close
            return answered

        yield ask


@pytest.fixture
def streams(monkeypatch):
    """Put streams in the place of the lengths': one event, then nothing until they are let go."""
    let_go, ended = threading.Event(), threading.Semaphore(0)

    def each(_self, _studio):
        try:
            yield {"name": "first"}
            while not let_go.wait(0.05):
                yield {"name": "more"}
        finally:
            ended.release()

    monkeypatch.setattr(shelf_routes.ShelfLengths, "each", each)
    yield ended
    let_go.set()


def test_many_streams_keep_nobody_else_waiting(served, streams):
    opened = [served("/api/shelf/lengths") for _ in range(STREAMS)]
    for each in opened:
        assert json.loads(each.readline()) == {"name": "first"}
    for _ in range(3):
        assert served("/api/settings").status == 200


def test_work_ends_when_its_reader_has_gone(served, streams):
    stream = served("/api/shelf/lengths")
    assert stream.readline()
    stream.close()
    stream.leave()
    assert streams.acquire(timeout=20)


def test_listening_that_waits_keeps_nobody_else_waiting(served, monkeypatch):
    """A natural voice may speak for a minute before the first sound; more tabs ask meanwhile."""
    began, ended = threading.Semaphore(0), threading.Semaphore(0)

    def speak(_part, cancel):
        began.release()
        while not cancel.cancelled:
            time.sleep(0.02)
        ended.release()
        yield from ()

    monkeypatch.setattr(LivePart, "speak", speak)
    asked = {"name": "three-minutes-for-right-now", "part": 0}
    opened = [served("/api/listening", asked) for _ in range(STREAMS)]
    assert all(began.acquire(timeout=20) for _ in opened)
    assert served("/api/settings").status == 200
    for each in opened:
        each.leave()
    assert all(ended.acquire(timeout=20) for _ in opened), "who leaves ends the speaking"


def test_an_error_in_the_midst_is_told_in_words(served, monkeypatch):
    def each(_self, _studio):
        yield {"name": "first"}
        raise SoundError("the bed cannot be read", "choose another")

    monkeypatch.setattr(shelf_routes.ShelfLengths, "each", each)
    lines = [json.loads(line) for line in served("/api/shelf/lengths").read().splitlines()]
    told = {"message": "the bed cannot be read", "hint": "choose another"}
    assert lines == [{"name": "first"}, {"problem": told}]


def test_an_unforeseen_error_is_calm_and_kept_for_its_user_alone(served, studio, monkeypatch):
    def each(_self, _studio):
        yield {"name": "first"}
        raise ValueError("secret words")

    monkeypatch.setattr(shelf_routes.ShelfLengths, "each", each)
    text = served("/api/shelf/lengths").read().decode()
    assert "secret words" not in text
    assert "Traceback" not in text
    kept = studio.state / "last-fault.txt"
    assert "secret words" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0


def test_what_waits_for_the_end_is_called_the_newest_first(studio):
    called = []
    studio.at_end(lambda: called.append("first"))
    studio.at_end(lambda: 1 / 0)
    studio.at_end(lambda: called.append("last"))
    studio.close()
    assert called == ["last", "first"]
