"""What may pass is tried again, what is wrong is not, and a cancelled batch ends."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from serguide.base.errors import Cancelled, UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.batch.scheduling import Scheduler
from serguide.batch.tasks import BatchTask, TaskResult
from serguide.render.request import RenderRequest

TASKS = [BatchTask(index, RenderRequest("x")) for index in range(5)]


def run(work, tasks=TASKS, executor=None, **changes):
    results, events = [], []
    settings = {"window": 2, "report": events.append, "cancel": Cancel(), "stop": lambda: None}
    with executor or ThreadPoolExecutor(2) as pool:
        Scheduler(pool, work, len(tasks), **(settings | changes)).run(iter(tasks), results.append)
    return results, events


def test_all_tasks_are_done_and_told():
    results, events = run(lambda task: TaskResult(task.index, "made"))
    assert sorted(result.index for result in results) == [0, 1, 2, 3, 4]
    assert [event.done for event in events] == [0, 1, 2, 3, 4, 5]
    assert events[-1].left == 0
    assert events[0].left is None


def test_what_may_pass_is_tried_again_and_what_is_wrong_is_not():
    tries = []

    def work(task):
        tries.append(task.index)
        if task.index == 1 and tries.count(1) < 3:
            return TaskResult(1, "failed", "no answer", transient=True)
        if task.index == 2:
            return TaskResult(2, "failed", "no such voice")
        return TaskResult(task.index, "made")

    results, events = run(work)
    assert {result.index: (result.state, result.tries) for result in results} == {
        0: ("made", 1), 1: ("made", 3), 2: ("failed", 1), 3: ("made", 1), 4: ("made", 1),
    }  # fmt: skip
    assert (events[-1].made, events[-1].failed) == (4, 1)


def test_what_never_passes_ends():
    results, _ = run(
        lambda task: TaskResult(task.index, "failed", "no", transient=True), TASKS[:1], retries=1
    )
    assert [(result.state, result.tries) for result in results] == [("failed", 2)]


class LosesOne(Executor):
    """Lose the worker of the first task, at once and once more at submitting."""

    def __init__(self):
        self.pool, self.calls = ThreadPoolExecutor(1), 0

    def submit(self, fn, /, *args):
        self.calls += 1
        if self.calls == 1:
            raise BrokenProcessPool("gone")
        if self.calls == 2:
            return self.pool.submit(self._lost)
        return self.pool.submit(fn, *args)

    @staticmethod
    def _lost():
        raise BrokenProcessPool("gone")


def test_a_lost_worker_loses_nothing():
    results, _ = run(lambda task: TaskResult(task.index, "made"), executor=LosesOne())
    assert sorted((each.index, each.state) for each in results) == [(n, "made") for n in range(5)]
    assert sorted(each.tries for each in results) == [1, 1, 1, 2, 2]


def test_a_fault_of_the_program_fails_its_row_alone():
    def work(task):
        if task.index == 0:
            raise ZeroDivisionError("with a client's name")
        return TaskResult(task.index, "made")

    results, _ = run(work)
    failed = next(result for result in results if result.state == "failed")
    assert failed.reason == "ZeroDivisionError in a worker"
    assert len(results) == 5


def test_a_worker_of_another_version_ends_the_batch_by_name():
    told = "on “north”, serguide is 0.1 there"
    with pytest.raises(UsageError, match=re.escape(told)):
        run(lambda task: TaskResult(task.index, "failed", refused=told))


def test_cancelling_stops_what_runs_and_begins_nothing():
    cancel, stopped, begun = Cancel(), threading.Event(), []

    def work(task):
        begun.append(task.index)
        cancel.cancel()
        assert stopped.wait(10), "what runs is told to end"
        return TaskResult(task.index, "cancelled")

    before = time.monotonic()
    with pytest.raises(Cancelled):
        run(work, cancel=cancel, stop=stopped.set)
    assert time.monotonic() - before < 10
    assert len(begun) <= 2
