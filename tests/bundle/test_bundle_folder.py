from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from serguide.base.errors import BundleError, UsageError
from serguide.base.hints import Remedy, remedies_of
from serguide.bundle import folder as writer
from serguide.bundle.folder import new_bundle

MARK = '{"serguide": {"format": 1}, "name": "%s", "readingOrder": [{"url": "tracks/01.mp3"}]}'


def write(folder, name):
    (folder / "tracks").mkdir()
    (folder / "tracks" / "01.mp3").write_text(name)
    (folder / "session.json").write_text(MARK % name)


def put(target, name, end=None):
    with new_bundle(target) as temp:
        write(temp, name)
        if end:
            raise end


def read(folder):
    """Return a bundle's name, having seen that all of it is of that name."""
    name = (folder / "tracks" / "01.mp3").read_text()
    assert (folder / "session.json").read_text() == MARK % name
    return name


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.fixture(params=["exchange", "two renames"])
def target(request, tmp_path, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(writer, "exchange", lambda one, other: False)
    return tmp_path / "deep" / "the evening"


def test_a_bundle_appears_whole(target):
    with new_bundle(target) as temp:
        assert temp.parent == target.parent
        assert not target.exists()
        write(temp, "first")
    assert read(target) == "first"
    assert leftovers(target.parent) == []


def test_a_new_bundle_takes_the_place_of_the_old(target):
    for name in ("first", "second"):
        put(target, name)
    assert read(target) == "second"
    assert leftovers(target.parent) == []


def test_an_empty_folder_may_be_the_target(target):
    target.mkdir(parents=True)
    put(target, "first")
    assert read(target) == "first"


@pytest.mark.parametrize("end", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_end_in_between_leaves_the_old(target, end):
    put(target, "first")
    with pytest.raises(end):
        put(target, "second", end)
    assert read(target) == "first"
    assert leftovers(target.parent) == []


@pytest.mark.parametrize(
    "content",
    [
        {"thesis.docx": "years"},
        {"session.json": "{}"},
        {"session.json": "no json"},
        {"session.json": '{"serguide": {}}'},
        {"session.json": '{"serguide": {"format": 1}}'},
    ],
)
def test_a_folder_of_something_else_is_never_touched(target, content):
    target.mkdir(parents=True)
    for name, text in content.items():
        (target / name).write_text(text)
    with pytest.raises(UsageError, match="not a serguide bundle") as caught, new_bundle(target):
        pytest.fail("was let in")
    assert Remedy("target") in remedies_of(caught.value.hint)
    assert {path.name: path.read_text() for path in target.iterdir()} == content


def test_a_folder_filled_meanwhile_is_never_touched(target):
    def fill_then_finish():
        with new_bundle(target) as temp:
            write(temp, "first")
            target.mkdir()
            (target / "thesis.docx").write_text("years")

    with pytest.raises(UsageError):
        fill_then_finish()
    assert (target / "thesis.docx").read_text() == "years"
    assert leftovers(target.parent) == []


def test_a_file_or_link_is_not_a_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="plain folder"), new_bundle(tmp_path / name):
            pytest.fail("was let in")


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(BundleError, match="cannot be written") as caught,
        new_bundle(tmp_path / "file" / "bundle"),
    ):
        pytest.fail("was let in")
    assert Remedy("target") in remedies_of(caught.value.hint)


def test_a_failing_rename_puts_the_old_bundle_back(tmp_path, monkeypatch):
    target = tmp_path / "b"
    put(target, "first")
    monkeypatch.setattr(writer, "exchange", lambda one, other: False)
    rename = type(target).rename

    def failing(self, to):
        if self.suffix == ".tmp" and to == target:
            raise PermissionError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(type(target), "rename", failing)
    with pytest.raises(BundleError, match="Permission denied"), new_bundle(target) as temp:
        write(temp, "second")
    assert read(target) == "first"
    assert leftovers(tmp_path) == []


# Each step after which the process is killed: while writing, synced, moved aside, in place.
KILLED = """
import os, signal, sys
from pathlib import Path
from serguide.bundle import folder as writer

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

target, step = Path(sys.argv[1]), sys.argv[2]
if step in ("aside", "back"):
    writer.exchange = lambda one, other: False
rename = Path.rename
def counted(self, to):
    result = rename(self, to)
    if step == "aside" and Path(to).suffix == ".old" or step == "back" and Path(to) == target:
        die()
    return result
Path.rename = counted
if step == "synced":
    writer._swap = die
if step == "swapped":
    swap = writer._swap
    writer._swap = lambda *paths: (swap(*paths), die())
with writer.new_bundle(target) as temp:
    (temp / "tracks").mkdir()
    (temp / "tracks" / "01.mp3").write_text("second")
    if step == "writing":
        die()
    (temp / "session.json").write_text(sys.argv[3])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("step", "seen"),
    [
        ("writing", "first"),
        ("synced", "first"),
        ("swapped", "second"),
        ("aside", None),
        ("back", "second"),
    ],
)
def test_a_killed_process_leaves_the_old_or_the_new_and_the_next_mends(tmp_path, step, seen):
    target = tmp_path / "b"
    put(target, "first")
    code, second = textwrap.dedent(KILLED), MARK % "second"
    done = subprocess.run([sys.executable, "-c", code, str(target), step, second], check=False)
    assert done.returncode == -signal.SIGKILL
    if seen:
        assert read(target) == seen
    # The sweep alone has to bring back what the two renames had in hand.
    with pytest.raises(KeyboardInterrupt):
        put(target, "third", KeyboardInterrupt)
    assert read(target) == (seen or "first")
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_any_render_in_a_folder_sweeps_what_the_dead_have_left_there(tmp_path):
    for name in ("one", "two"):
        put(tmp_path / name, "first")
    for name, step in (("one", "writing"), ("two", "aside")):
        done = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path / name), step, ""]
        assert subprocess.run(done, check=False).returncode == -signal.SIGKILL
    assert len(leftovers(tmp_path)) >= 3
    put(tmp_path / "other", "first")
    assert leftovers(tmp_path) == []
    assert [read(tmp_path / name) for name in ("one", "two")] == ["first", "first"]


LIVING = """
import sys, time
from pathlib import Path
from serguide.bundle.folder import new_bundle
with new_bundle(Path(sys.argv[1])) as temp:
    (temp / "tracks").mkdir()
    (temp / "tracks" / "01.mp3").write_text("slow")
    print(temp, flush=True)
    sys.stdin.readline()
    (temp / "session.json").write_text(sys.argv[2])
"""


def living(target, *before):
    return subprocess.Popen(
        [*before, sys.executable, "-c", textwrap.dedent(LIVING), str(target), MARK % "slow"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_living_process_keeps_its_folder_whatever_number_it_seems_to_have(tmp_path):
    """A process in another container may not be seen from here, or another may have its number."""
    with living(tmp_path / "b") as slow:
        temp = slow.stdout.readline().strip()
        # As it looks from elsewhere: nobody of that number lives.
        unseen = temp.replace(f"-{slow.pid}-", "-999999999-")
        for end in ("", ".lock"):
            Path(temp + end).rename(unseen + end)
        put(tmp_path / "b", "first")
        assert Path(unseen).exists()
        for end in ("", ".lock"):
            Path(unseen + end).rename(temp + end)
        slow.communicate("\n")
    assert slow.returncode == 0
    assert read(tmp_path / "b") == "slow"
    assert leftovers(tmp_path) == []


def namespaces_work():
    tried = ["unshare", "--pid", "--fork", "true"]
    with contextlib.suppress(OSError):
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0
    return False


@pytest.mark.skipif(not namespaces_work(), reason="needs the right to make a PID namespace")
def test_two_containers_of_one_name_and_one_target(tmp_path):
    with living(tmp_path / "b", "unshare", "--pid", "--fork") as slow:
        temp = slow.stdout.readline().strip()
        put(tmp_path / "b", "first")
        assert Path(temp).exists()
        slow.communicate("\n")
    assert slow.returncode == 0
    assert read(tmp_path / "b") == "slow"


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_what_is_written_is_the_users_alone_until_it_stands(tmp_path):
    before = os.umask(0o022)
    try:
        target = tmp_path / "b"
        for name in ("first", "second"):
            with new_bundle(target) as temp:
                write(temp, name)
                assert temp.stat().st_mode & 0o777 == 0o700
            assert target.stat().st_mode & 0o777 == 0o755
        assert (target / "tracks" / "01.mp3").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)
