"""Saved at once, whole, with a way back, and never over what another program wrote."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serguide.base.errors import UsageError
from serguide.studio.saving import guarded_write, library_files
from serguide.studio.saving.library_files import (
    ChangedOutsideError,
    LibraryFiles,
    NotSavedError,
    TextChange,
)
from serguide.studio.saving.text_form import decode


@pytest.fixture
def files():
    return LibraryFiles()


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "scripts" / "rain.yaml"
    path.parent.mkdir()
    path.write_text("# mine\ntitle: Rain\n")
    return path


def save(files, path, text, label="Words"):
    return files.save(path, text, files.read(path).version, label)


def test_what_is_saved_can_be_taken_back_and_done_again(files, script):
    before = script.read_bytes()
    save(files, script, "title: One\n", "first")
    save(files, script, "title: Two\n", "second")
    assert files.labels(script).undo == "second"
    assert files.undo(script) == "second"
    assert files.undo(script) == "first"
    assert script.read_bytes() == before
    assert files.undo(script) is None
    assert files.redo(script) == "first"
    assert script.read_text() == "title: One\n"
    save(files, script, "title: Three\n")
    assert files.labels(script).redo is None


def test_what_was_typed_without_a_pause_is_taken_back_at_once(files, script):
    before = script.read_bytes()
    for burst, text in (("a", "title: R\n"), ("a", "title: Ra\n"), ("b", "title: Rain\n")):
        files.save(script, text, files.read(script).version, "Words", burst)
    files.undo(script)
    assert script.read_text() == "title: Ra\n"
    # What comes now begins anew, though its burst is the same.
    files.save(script, "title: Rab\n", files.read(script).version, "Words", "a")
    files.undo(script)
    files.undo(script)
    assert script.read_bytes() == before
    files.redo(script)
    assert script.read_text() == "title: Ra\n"


def test_of_several_files_the_one_that_was_changed_last_is_known(files, script):
    other = script.with_name("river.yaml")
    assert files.newest([script, other]) is None
    save(files, script, "title: One\n")
    save(files, other, "title: Two\n")
    assert files.newest([script, other]) == other
    assert files.newest([script]) == script
    files.undo(other)
    files.undo(script)
    assert files.newest([script, other]) is None
    assert files.newest([script, other], again=True) == script, "taken back last, done again first"
    files.redo(script)
    assert files.newest([script, other], again=True) == other


def test_saving_what_is_there_is_no_step(files, script):
    save(files, script, script.read_text())
    assert files.labels(script).undo is None


def test_a_new_file_is_gone_again_and_comes_back(files, tmp_path):
    path = tmp_path / "sessions" / "evening.yaml"
    save(files, path, "title: Evening\n")
    files.undo(path)
    assert not path.exists()
    files.redo(path)
    assert path.read_text() == "title: Evening\n"


def test_what_another_program_wrote_is_never_overwritten(files, script):
    version = files.read(script).version
    script.write_text("title: Theirs\n")
    with pytest.raises(ChangedOutsideError) as told:
        files.save(script, "title: Mine\n", version, "Words")
    assert told.value.theirs.text == "title: Theirs\n"
    assert script.read_text() == "title: Theirs\n"
    # Chosen: mine over theirs, and theirs can be had back.
    files.save(script, "title: Mine\n", told.value.theirs.version, "Words")
    files.undo(script)
    assert script.read_text() == "title: Theirs\n"


def test_nothing_is_taken_back_over_another_program_s_work(files, script):
    save(files, script, "title: Mine\n")
    script.write_text("title: Theirs\n")
    with pytest.raises(ChangedOutsideError):
        files.undo(script)
    assert script.read_text() == "title: Theirs\n"


def test_what_came_between_the_look_and_the_exchange_is_put_back(files, script, monkeypatch):
    real, version = guarded_write.write_atomically, files.read(script).version

    def slowly(path, content, **options):
        real(path, content, **options)
        script.write_text("title: In between\n")

    monkeypatch.setattr(guarded_write, "write_atomically", slowly)
    with pytest.raises(ChangedOutsideError):
        files.save(script, "title: Mine\n", version, "Words")
    assert script.read_text() == "title: In between\n"
    assert [path.name for path in script.parent.iterdir()] == ["rain.yaml"]


def test_of_several_files_all_are_saved_or_none(files, script, monkeypatch):
    other = script.with_name("session.yaml")
    other.write_text("steps: [rain]\n")
    changes = [
        TextChange(path, "title: New\n", files.read(path).version) for path in (script, other)
    ]
    files.save_all(changes, "Wording", other)
    assert files.undo(other) == "Wording"
    before = script.read_bytes(), other.read_bytes()
    real = library_files.write_over

    def full(path, content, version, **options):
        if path == other and content == b"title: New\n":
            raise OSError(errno.ENOSPC, "no space left")
        real(path, content, version, **options)

    monkeypatch.setattr(library_files, "write_over", full)
    with pytest.raises(NotSavedError, match="the disk is full"):
        files.save_all(changes, "Wording", other)
    assert (script.read_bytes(), other.read_bytes()) == before


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no mode")
def test_a_private_file_stays_private(files, script):
    script.chmod(0o600)
    save(files, script, "title: Zoë\n")
    assert script.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no mode")
def test_a_session_may_name_somebody_and_is_the_user_s_alone(files, tmp_path):
    path = tmp_path / "sessions" / "evening.yaml"
    save(files, path, "values: {name: Zoë}\n")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    save(files, path, "values: {name: Ana}\n")
    assert path.stat().st_mode & 0o777 == 0o600
    files.undo(path)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="pipes in folders are POSIX")
def test_a_pipe_is_not_waited_for(files, tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(NotSavedError):
        files.read(tmp_path / "pipe.yaml")


def test_a_folder_that_cannot_be_made_is_told(files, tmp_path):
    (tmp_path / "sessions").write_text("a file")
    with pytest.raises(NotSavedError):
        save(files, tmp_path / "sessions" / "x.yaml", "title: X\n")


def test_no_utf_8_is_told_in_words(files, script):
    script.write_bytes("title: Zoë\n".encode("cp1250"))
    with pytest.raises(UsageError, match="UTF-8"):
        files.read(script)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_file_keeps_its_form(files, script, mark, newline):
    script.write_bytes(mark + b"title: Rain" + newline + b"say: Hm" + newline)
    assert files.read(script).text == "title: Rain\nsay: Hm\n"
    save(files, script, "title: Rain\nsay: Shh\n")
    assert script.read_bytes() == mark + b"title: Rain" + newline + b"say: Shh" + newline


@given(st.binary())
def test_no_byte_is_lost_in_reading(content):
    try:
        text, form = decode(content)
    except UsageError:
        return
    assert form.encode(text) == content


def test_twenty_threads_lose_no_step(files, script):
    def add(number):
        while True:
            read = files.read(script)
            try:
                files.save(script, f"{read.text}# {number}\n", read.version, "add")
            except ChangedOutsideError:
                continue
            return

    threads = [threading.Thread(target=add, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(script.read_text().split("# ")[2:]) == sorted(f"{n}\n" for n in range(20))


KILLED = """
import sys
from pathlib import Path
from serguide.studio.saving.library_files import LibraryFiles
files, path = LibraryFiles(), Path(sys.argv[1])
for number in range(10_000):
    files.save(path, f"title: {number}\\n" * 2000, files.read(path).version, "Words")
    print(number, flush=True)
"""


def test_a_kill_leaves_a_whole_file_with_the_last_that_was_told(script):
    for moment in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(script)], stdout=subprocess.PIPE, text=True
        ) as process:
            told = [process.stdout.readline() for _ in range(3 + 5 * moment)]
            process.kill()
            rest = process.stdout.read().split()
        lines = set(script.read_text().splitlines())
        assert len(lines) == 1, "torn"
        number = int(lines.pop().removeprefix("title: "))
        assert number >= int((rest or told)[-1])
