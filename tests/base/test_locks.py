"""One at a time among threads and processes, and nobody waits for the dead or the stopped."""

from __future__ import annotations

import errno
import fcntl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from serguide.base.files.locks import sole

HOLDER = """
import sys, time
from pathlib import Path
from serguide.base.files.locks import sole
with sole(Path(sys.argv[1]), 5.0):
    print("held", flush=True)
    time.sleep(60)
"""


def test_threads_exclude_one_another(tmp_path: Path):
    inside = most = 0

    def work():
        nonlocal inside, most
        for _ in range(5):
            with sole(tmp_path / "lock", 30.0):
                inside += 1
                most = max(most, inside)
                time.sleep(0.002)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert list(tmp_path.iterdir()) == []


def test_the_next_holders_file_is_not_removed_with_ones_own(tmp_path: Path, monkeypatch):
    path = tmp_path / "lock"
    unlink = Path.unlink

    def unlinked_and_taken(self, missing_ok=False):
        monkeypatch.setattr(Path, "unlink", unlink)
        unlink(self, missing_ok)
        self.write_text("the next holder's")

    with sole(path, 1.0):
        monkeypatch.setattr(Path, "unlink", unlinked_and_taken)
    assert path.read_text() == "the next holder's"


def test_patience_ends_and_a_killed_holder_frees(tmp_path: Path):
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        began = time.monotonic()
        with sole(path, 0.2):
            assert time.monotonic() - began >= 0.2
        assert path.exists()  # the holder's, not ours to remove
        threading.Timer(0.3, holder.kill).start()
        began = time.monotonic()
        with sole(path, 30.0):
            assert 0.1 < time.monotonic() - began < 15.0
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert not path.exists()


def test_a_file_system_without_locks_keeps_nobody_out(tmp_path: Path, monkeypatch):
    for number in (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK):

        def without(*_, number=number):
            raise OSError(number, "no locks here")

        monkeypatch.setattr(fcntl, "flock", without)
        with sole(tmp_path / "lock", 5.0):
            pass
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"), sole(tmp_path / "file" / "lock", 0.0):
        pass
