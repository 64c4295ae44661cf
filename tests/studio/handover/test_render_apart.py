"""A render in a process of its own: the same bundle, told and ended as one in this process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading

import pytest
from handing import wait_until

from serguide import api
from serguide.base.errors import BundleError, Cancelled, ScriptError
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import silent
from serguide.cache.store import Store
from serguide.studio.handover import render_apart as apart_module
from serguide.studio.handover.render_apart import NICE, render_apart

pytestmark = pytest.mark.slow

LONG = "the-first-evening"


@pytest.fixture
def request_of(library):
    def made(target, name="a-rainy-evening", **options):
        return api.RenderRequest(name, target=target, libraries=(library,), **options)

    return made


def begun(request, store, report=silent):
    """Begin one in a thread; returns its process, a way to end it, and what it raises."""
    cancel, raised = Cancel(), []

    def work():
        try:
            render_apart(request, store, report, cancel)
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    (process,) = wait_until(multiprocessing.active_children)
    return thread, process, cancel, raised


def test_it_is_the_same_bundle_and_is_told(request_of, tmp_path):
    told = []
    store = Store(tmp_path / "one")
    render_apart(request_of(tmp_path / "apart"), store, told.append, Cancel())
    api.render(request_of(tmp_path / "here"), store=Store(tmp_path / "two"))
    apart, here = (
        {path.name: path.read_bytes() for path in (tmp_path / each).rglob("*.mp3")}
        for each in ("apart", "here")
    )
    assert apart == here
    assert [event.done for event in told if event.stage == "speaking"][-1] > 0
    assert told[-1].done == told[-1].total
    assert not multiprocessing.active_children()


def test_what_is_wrong_is_told_with_its_place(request_of, library, tmp_path):
    path = library / "scripts" / "coming-home.yaml"
    path.write_text("title: Coming home\nkind: grounding\ncues: nothing\n", encoding="utf-8")
    with pytest.raises(ScriptError) as told:
        render_apart(request_of(tmp_path / "out"), Store(tmp_path / "s"), silent, Cancel())
    assert told.value.problems[0].path.endswith("coming-home.yaml")


def test_it_ends_when_it_is_cancelled(request_of, tmp_path):
    spoken = threading.Event()
    thread, process, cancel, raised = begun(
        request_of(tmp_path / "out", LONG), Store(tmp_path / "s"), lambda _: spoken.set()
    )
    assert spoken.wait(60), raised
    cancel.cancel()
    thread.join(20)
    assert isinstance(raised[0], Cancelled)
    assert not process.is_alive()
    assert not [each for each in tmp_path.iterdir() if "out" in each.name]


@pytest.mark.skipif(sys.platform != "linux", reason="stops a process")
def test_one_that_hangs_is_ended_when_it_is_cancelled(request_of, tmp_path, monkeypatch):
    """The queue would wait for it, and all that stands behind it."""
    monkeypatch.setattr(apart_module, "_PATIENCE", 0.2)
    monkeypatch.setattr(apart_module, "_GRACE", 0.2)
    spoken = threading.Event()
    thread, process, cancel, raised = begun(
        request_of(tmp_path / "out", LONG), Store(tmp_path / "s"), lambda _: spoken.set()
    )
    assert spoken.wait(60), raised
    os.kill(process.pid, signal.SIGSTOP)
    cancel.cancel()
    thread.join(20)
    assert isinstance(raised[0], Cancelled)
    assert not process.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="asks for a priority")
def test_it_is_behind_all_else_and_its_end_from_outside_is_told(request_of, tmp_path):
    spoken = threading.Event()
    thread, process, _, raised = begun(
        request_of(tmp_path / "out", LONG), Store(tmp_path / "s"), lambda _: spoken.set()
    )
    assert spoken.wait(60), raised
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, ours + NICE)
    process.kill()
    thread.join(20)
    assert isinstance(raised[0], BundleError)
    assert raised[0].hint
