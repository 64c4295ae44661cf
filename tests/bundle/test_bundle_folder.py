from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.temporary import new_name
from serguide.base.hints import Remedy, remedies_of
from serguide.bundle import folder as writer
from serguide.bundle.folder import new_bundle

MARK = '{"serguide": {"format": 1}, "name": "%s"}'


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
    "content", [{"thesis.docx": "years"}, {"session.json": "{}"}, {"session.json": "no json"}]
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
    (temp / "session.json").write_text('{"serguide": {"format": 1}, "name": "second"}')
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
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(target), step], check=False
    )
    assert done.returncode == -signal.SIGKILL
    if seen:
        assert read(target) == seen
    # The sweep alone has to bring back what the two renames had in hand.
    with pytest.raises(KeyboardInterrupt):
        put(target, "third", KeyboardInterrupt)
    assert read(target) == (seen or "first")
    assert leftovers(tmp_path) == []


def test_a_living_process_keeps_its_folder(tmp_path):
    machine = new_name().split("-")[1]
    own = tmp_path / f".b.serguide-{machine}-{os.getppid()}-0123abcd.tmp"
    other = tmp_path / f".c.serguide-{machine}-999999999-0123abcd.tmp"
    for path in (own, other):
        path.mkdir()
    put(tmp_path / "b", "first")
    assert own.exists()
    assert other.exists()
