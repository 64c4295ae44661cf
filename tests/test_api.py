"""The one door: requests, what is known before a render, progress, cancelling, other processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest

from serguide import api
from serguide.api import Cancel, Progress, RenderRequest
from serguide.base.errors import Cancelled, ScriptError, UsageError
from serguide.base.units import Seconds
from serguide.cache.store import Store, open_url
from serguide.render.plan import settings_of

QUIET = "title: Quiet\nkind: grounding\nvalues: {name: Ana}\ncues:\n"
GROUND = QUIET + "  - say: Back.\n"
SESSION = """\
title: Two
values: {name: Ana}
soundscape: {name: quiet-drone, level: -24dB}
steps: [hello, farewell]
"""


@pytest.fixture
def library(write, tmp_path) -> Path:
    write("scripts/five-to-one.yaml", GROUND)
    write("scripts/hello.yaml", QUIET + "  - say: 'Hello, {name}.'\n  - rest: 6s\n")
    write("scripts/farewell.yaml", QUIET + "  - say: Farewell.\n")
    write("scripts/sessions/two.yaml", SESSION)
    return tmp_path


@pytest.fixture
def request_(library, tmp_path) -> RenderRequest:
    return RenderRequest("two", tmp_path / "out", (library,), voice="tone", values={"name": "Eva"})


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "cache")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_list_and_check_see_the_library(library):
    assert {"two", "hello", "the-first-evening"} <= {e.name for e in api.list([library]).entries}
    assert api.check(["hello"], [library]).files == 1
    with pytest.raises(UsageError):
        api.check(["nothing-there"], [library])


def test_before_anything_is_rendered_times_and_problems_are_known(request_, tmp_path):
    prepared = api.prepare(request_)
    assert prepared.ready
    assert prepared.timeline is not None
    assert [track.program.step for track in prepared.timeline.tracks] == ["hello", "farewell"]
    assert not (tmp_path / "out").exists()


def test_every_problem_that_stops_a_render_is_told_first(write, library, tmp_path):
    write(
        "scripts/wrong.yaml", "title: x\nkind: groundling\ncues:\n  - say: '{who}'\n  - paus: 3s\n"
    )
    request = RenderRequest("wrong", tmp_path / "out", (library,))
    prepared = api.prepare(request)
    assert not prepared.ready
    assert len(prepared.problems) == 2
    assert prepared.timeline is None
    with pytest.raises(ScriptError) as caught:
        api.render(request)
    assert caught.value.problems == prepared.problems
    assert not (tmp_path / "out").exists()


def test_progress_of_every_stage_ends_at_its_total_in_order_and_never_backwards(request_, store):
    told: list[Progress] = []
    threads: set[int] = set()

    def report(progress: Progress) -> None:
        threads.add(threading.get_ident())
        told.append(progress)

    done = api.render(request_, report=report, store=store)
    assert done.folder == request_.target
    last = {progress.stage: progress for progress in told}
    assert set(last) == {
        "speaking", "loops", "mixing", "encoding", "joining", "pictures", "tags", "page",
    }  # fmt: skip
    assert all(progress.done == progress.total for progress in last.values())
    for stage in last:
        counts = [progress.done for progress in told if progress.stage == stage]
        assert counts == sorted(counts)
    assert last["loops"].name == "quiet-drone"
    assert {p.name for p in told if p.stage == "mixing"} == {"Quiet"}
    assert "Eva" not in "".join(progress.name for progress in told)


def test_progress_is_reported_outside_every_lock(request_, store):
    """A report that waits for another thread's report would never end under a lock."""
    seen: list[Progress] = []
    both = threading.Event()

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == "mixing" and not both.is_set():
            both.set()
            api.render(
                RenderRequest("hello", request_.folder.with_name("inner"), request_.libraries,
                              voice="tone"),
                report=seen.append, store=store,
            )  # fmt: skip

    api.render(request_, report=report, store=store)
    assert (request_.folder.with_name("inner") / "session.json").exists()


def test_a_report_that_raises_ends_the_render_and_leaves_nothing(request_, store, tmp_path):
    def report(progress: Progress) -> None:
        if progress.stage == "encoding":
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        api.render(request_, report=report, store=store)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "scripts"]


@pytest.mark.parametrize(
    "stage", ["speaking", "loops", "mixing", "encoding", "joining", "pictures", "tags", "page"]
)
def test_cancelling_from_another_thread_ends_soon_and_leaves_nothing(
    request_, store, tmp_path, stage
):
    cancel = Cancel()
    asked: list[tuple[float, float]] = []
    begun = threading.Event()

    def ask() -> None:
        begun.wait()
        asked.append((time.monotonic(), time.process_time()))
        cancel.cancel()

    def report(progress: Progress) -> None:
        if progress.stage == stage:
            begun.set()
            asker.join()  # so that what is still to do must be left undone

    asker = threading.Thread(target=ask)
    asker.start()
    with pytest.raises(Cancelled):
        api.render(request_, report=report, cancel=cancel, store=store)
    # Half a second is promised. Other work counts on the clock alone, both of our threads in the
    # processor's time alone: the lesser is nearest to the truth.
    ((clock, processor),) = asked
    assert min(time.monotonic() - clock, time.process_time() - processor) < 0.5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "scripts"]
    assert list((tmp_path / "cache" / "temp").iterdir()) == []
    if stage == "encoding":  # what was kept by then is of use
        api.render(request_, store=store)


def test_cancelled_before_it_began(request_, store, tmp_path):
    cancel = Cancel()
    cancel.cancel()
    assert cancel.cancelled
    with pytest.raises(Cancelled):
        api.render(request_, cancel=cancel, store=store)
    assert not (tmp_path / "out").exists()


def test_what_travels_between_processes_can_be_pickled(request_):
    program = api.prepare(request_).program
    settings = settings_of(request_)
    error = ScriptError(api.prepare(RenderRequest(request_.folder / "none.yaml")).problems)
    for thing in (request_, program, settings):
        assert pickle.loads(pickle.dumps(thing)) == thing
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


TRACK = """
import pickle, sys
from serguide.api import render_track
print(render_track(pickle.loads(bytes.fromhex(sys.argv[1])), int(sys.argv[2]), sys.argv[3]))
"""


def test_tracks_made_in_other_processes_are_what_a_render_finds(request_, tmp_path):
    url = (tmp_path / "shared").as_uri()
    keys = [
        subprocess.run(
            [sys.executable, "-c", TRACK, pickle.dumps(request_).hex(), str(number), url],
            check=True, capture_output=True, text=True,
        ).stdout.strip()
        for number in (2, 0, 1)
    ]  # fmt: skip
    shared = open_url(url)
    assert all(shared.has(key) for key in keys)
    made: list[str] = []

    def report(progress: Progress) -> None:
        made.append(progress.stage)

    before = shared.size().entries
    there = files(api.render(request_, report=report, store=shared).folder)
    assert shared.size().entries == before + 2  # the cover, and that it was made
    here = RenderRequest(**{**_fields(request_), "target": tmp_path / "here"})
    assert files(api.render(here, store=Store(tmp_path / "own")).folder) == there


def test_a_number_that_no_track_has(request_, tmp_path):
    with pytest.raises(ValueError, match="0 to 2"):
        api.render_track(request_, 3, (tmp_path / "shared").as_uri())


def test_a_store_on_the_web_is_refused(request_):
    with pytest.raises(UsageError, match="can only be read"):
        api.render_track(request_, 0, "https://example.org/store")


def test_a_length_that_is_asked_for_is_fitted(request_):
    longer = RenderRequest(**{**_fields(request_), "length": Seconds(Fraction(45))})
    timeline = api.prepare(longer).timeline
    assert timeline is not None
    assert timeline.fit.asked == 45 * 48_000


def test_a_length_that_cannot_be_had_is_told_with_the_nearest_that_can(request_, store, tmp_path):
    hour = RenderRequest(**{**_fields(request_), "length": Seconds(Fraction(3600))})
    spoken: list[Progress] = []
    with pytest.raises(UsageError, match=r"cannot be made 1:00:00 long: the nearest is \d:\d\d"):
        api.render(hour, report=spoken.append, store=store)
    assert spoken == []
    assert not (tmp_path / "out").exists()
    nearest = RenderRequest(**{**_fields(hour), "nearest": True})
    assert api.render(nearest, store=store).contents.timeline.fit.residual < 0


def _fields(request: RenderRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in request.__slots__}


def test_a_script_that_no_voice_speaks_does_not_hide_the_others(write, library):
    write("scripts/strange.yaml", "language: zz\n" + QUIET + "  - say: Hm.\n")
    found = api.list([library])
    assert {"hello", "two"} <= {entry.name for entry in found.entries}
    checked = api.check([str(library)], [library])
    for problems in (found.problems, checked.problems):
        (problem,) = [each for each in problems if each.code == "L027"]
        assert problem.path.endswith("strange.yaml")
        assert problem.line == 6
