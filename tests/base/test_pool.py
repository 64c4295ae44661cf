from __future__ import annotations

import threading
import time

import pytest

from serguide.base.tasks.pool import JobPool, Stopped


@pytest.mark.parametrize("count", [1, 2, 5])
def test_all_is_done_and_what_was_begun_comes_first(count: int):
    done, lock = [], threading.Lock()

    def leaf(name: str):
        def job() -> None:
            with lock:
                done.append(name)

        return job

    def branch(name: str):
        def job():
            leaf(name)()
            return [leaf(f"{name}{number}") for number in range(3)]

        return job

    JobPool(count).run([branch("a"), branch("b"), leaf("c")])
    assert sorted(done) == sorted(["a", "a0", "a1", "a2", "b", "b0", "b1", "b2", "c"])
    if count == 1:
        assert done == ["a", "a0", "a1", "a2", "b", "b0", "b1", "b2", "c"]


def test_who_has_nothing_to_do_waits_for_what_another_brings():
    """Both children need each other: one thread alone would wait for ever."""
    meeting = threading.Barrier(2, timeout=20)
    met = []

    def parent():
        time.sleep(0.1)  # in which the other thread finds nothing to do
        return [lambda: met.append(meeting.wait())] * 2

    JobPool(2).run([parent])
    assert sorted(met) == [0, 1]


def test_a_failure_ends_the_others_and_is_told():
    workers = JobPool(2)
    begun = threading.Event()

    def patient() -> None:
        begun.set()
        while True:
            workers.go_on()

    def fails() -> None:
        begun.wait(20)
        raise ValueError("this")

    never = []
    with pytest.raises(ValueError, match="this"):
        workers.run([patient, fails, lambda: never.append(1)])
    assert not never
    with pytest.raises(Stopped):
        workers.go_on()
