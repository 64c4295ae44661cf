"""A file is there whole or as it was, and what a disk refuses is said in one wording."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from serguide.base.errors import SoundError
from serguide.base.files.atomic import move_new, write_atomically, write_once
from serguide.base.files.failures import explained
from serguide.base.hints import Remedy, remedies_of


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def pieces():
        yield b"ne"
        assert path.read_bytes() == b"old"
        yield b"w"

    write_atomically(path, pieces())
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def pieces():
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
def test_the_mode_is_asked_for_and_the_umask_takes_its_share(tmp_path: Path):
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "shared", b"")
        write_atomically(tmp_path / "private", b"", mode=0o600)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch):
    path, done = tmp_path / "a", []
    sync, replace = os.fsync, Path.replace

    def synced(handle):
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        return sync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", lambda *both: done.append("name") or replace(*both))
    write_atomically(path, b"new")
    assert done[:2] == ["file", "name"]
    assert done[2:] == (["folder"] if os.name == "posix" else [])


@pytest.mark.parametrize("links", [True, False])
def test_the_first_writer_wins_where_there_are_links(tmp_path: Path, monkeypatch, links):
    def refuse(*_):
        raise OSError(errno.EOPNOTSUPP, "no links")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for text in (b"first", b"second"):
        write_once(tmp_path / "a", [text], temp=tmp_path / "temp")
    assert (tmp_path / "a").read_bytes() == (b"first" if links else b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_is_moved_to_where_none_is_and_only_there(tmp_path: Path, monkeypatch, links):
    def refuse(*_):
        raise OSError(errno.EOPNOTSUPP, "no links")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"mine")
    source.chmod(0o600)
    target.write_bytes(b"another's")
    with pytest.raises(FileExistsError):
        move_new(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"mine", b"another's")
    target.unlink()
    move_new(source, target)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"mine", 0o600)


def test_what_cannot_be_moved_leaves_no_empty_file(tmp_path: Path, monkeypatch):
    """As from one disk to another that knows no links."""

    def refuse(*_):
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(OSError, match="another disk"):
        move_new(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        (errno.ENOSPC, "Make room on the disk, or use another folder."),
        (errno.EDQUOT, "Make room on the disk, or use another folder."),
        (errno.EROFS, "Make the folder writable, or use another folder."),
        (errno.EIO, "See that the folder is there and its disk is well, or use another folder."),
    ],
)
def test_what_a_disk_refuses(number, begins):
    with (
        pytest.raises(SoundError, match=f"cannot write x: {os.strerror(number)}.") as caught,
        explained("cannot write x", SoundError, "use another folder", Remedy("target")),
    ):
        raise OSError(number, os.strerror(number))
    assert caught.value.hint == begins
    assert remedies_of(caught.value.hint) == (Remedy("target"),)
    assert caught.value.exit_code == 1
