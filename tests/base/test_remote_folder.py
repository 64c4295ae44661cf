"""A folder at a URL: whole or not at all, tried again where that helps, refused in words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from serguide.base.errors import SerguideError, UsageError
from serguide.base.files import remote_folder
from serguide.base.files.remote_folder import (
    TRIES,
    RemoteError,
    RemoteFolder,
    is_remote,
    local_path,
)


@pytest.fixture(params=["memory", "local", "s3"])
def folder(request, tmp_path):
    """Give an empty folder of each kind."""
    if request.param == "s3":
        return RemoteFolder(f"{request.getfixturevalue('bucket').url}/a/b")
    return RemoteFolder(f"{request.param}://{tmp_path / 'far'}")


def test_what_is_written_is_read_and_listed(folder, tmp_path):
    assert folder.sizes("x") == {}
    folder.write("x/one", b"first")
    folder.write("x/one", b"0123456789")
    (tmp_path / "source").write_bytes(b"z" * 5)
    folder.put("x/y/two", tmp_path / "source")
    assert folder.read("x/one") == b"0123456789"
    assert folder.read("x/one", 4, 8) == b"4567"
    assert folder.read("x/one", 8, 99) == b"89"
    assert folder.read("x/one", 10, 20) == b""
    assert folder.sizes("x") == {"one": 10, "y/two": 5}
    assert (folder.size("x/one"), folder.size("x/no")) == (10, None)
    with pytest.raises(FileNotFoundError):
        folder.read("x/no")
    folder.remove("x/one")
    folder.remove("x/one")
    assert folder.sizes("x") == {"y/two": 5}
    folder.probe()
    assert folder.sizes("temp") == {}


def test_where_files_grow_they_are_renamed_into_place(tmp_path, monkeypatch):
    folder = RemoteFolder(f"local://{tmp_path / 'far'}")
    folder.write("one", b"old")

    def half(path, content, **_options):
        Path(path).write_bytes(content[:1])
        raise PermissionError("no more")

    monkeypatch.setattr(folder._fs, "pipe_file", half)
    with pytest.raises(RemoteError):
        folder.write("one", b"new")
    assert folder.read("one") == b"old"
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["one"]


@pytest.mark.parametrize("fault", ["503", "gone", "truncated"])
def test_what_passes_is_tried_again(bucket, fault):
    folder = RemoteFolder(bucket.url)
    folder.write("one", b"content")
    bad = iter([fault, fault])
    bucket.faults.choose = lambda method, _path: next(bad, "") if method == "GET" else ""
    assert folder.read("one", 0, 100) == b"content"


def test_a_slow_answer_is_waited_for_and_a_late_one_asked_again(bucket, monkeypatch):
    monkeypatch.setattr(remote_folder, "_ANSWER", 1.0)
    folder = RemoteFolder(bucket.url)
    folder.write("one", b"content")
    bucket.faults.choose, bucket.faults.delay = lambda *_: "slow", 0.4
    assert folder.read("one") == b"content"
    late = iter(["slow"])
    bucket.faults.choose, bucket.faults.delay = lambda *_: next(late, ""), 2.5
    began = time.monotonic()
    assert folder.read("one", 0, 100) == b"content"
    assert time.monotonic() - began < 2.5


def test_what_never_answers_is_told_as_passing(bucket):
    folder = RemoteFolder(bucket.url)
    bucket.faults.choose = lambda *_: "503"
    bucket.faults.asked.clear()
    with pytest.raises(RemoteError) as told:
        folder.write("one", b"content")
    assert told.value.transient
    assert len(bucket.faults.asked) == TRIES


def test_what_is_refused_is_asked_once(bucket):
    folder = RemoteFolder(bucket.url)
    bucket.faults.choose = lambda *_: "403"
    bucket.faults.asked.clear()
    with pytest.raises(RemoteError) as told:
        folder.read("one", 0, 1)
    assert not told.value.transient
    assert len(bucket.faults.asked) == 1


def test_no_bucket_no_password_and_no_such_kind_are_told(bucket, monkeypatch):
    with pytest.raises(RemoteError) as told:
        RemoteFolder("s3://there-is-no-such/a").probe()
    assert not told.value.transient
    with pytest.raises(UsageError, match="password"):
        RemoteFolder("s3://me:secret@bucket/a")
    with pytest.raises(SerguideError):
        RemoteFolder("nonsense://bucket/a")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    with pytest.raises(RemoteError, match="credentials") as told:
        RemoteFolder(bucket.url).probe()
    assert not told.value.transient


def test_paths_and_urls_are_told_apart(tmp_path):
    assert is_remote("s3://bucket/a")
    assert not is_remote("file:///a")
    assert not is_remote("a/b")
    assert local_path("s3://bucket") is None
    assert local_path((tmp_path / "ä b").as_uri()) == tmp_path / "ä b"
    assert str(local_path("a/b")).replace("\\", "/") == "a/b"
    with pytest.raises(UsageError):
        local_path("file://another/a")
