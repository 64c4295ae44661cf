from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from serguide.cache.fallback import open_store
from serguide.cache.store import CACHE_VARIABLE, key_of

KEY = key_of({"text": "Rest."})
OTHER = key_of({"text": "Breathe."})


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path, said):
    return open_store(tmp_path / "cache", said.append)


@pytest.fixture
def failing(monkeypatch):
    """Return a block in which nothing can be synced below a folder."""
    real = os.fsync

    @contextlib.contextmanager
    def failing(*folders, code=errno.ENOSPC):
        def fsync(handle):
            path = Path(f"/proc/self/fd/{handle}").readlink()
            if any(folder in path.parents for folder in folders):
                raise OSError(code, os.strerror(code))
            real(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            yield

    return failing


linux = pytest.mark.skipif(
    sys.platform != "linux",
    reason="lets fsync fail in one folder alone, and only /proc says which file a handle is of",
)


def test_nothing_is_said_when_all_is_well(store, said, tmp_path) -> None:
    assert store.root == tmp_path / "cache"
    store.put(KEY, b"sound")
    with store.sole(KEY):
        assert store.get(KEY) == b"sound"
    assert not said


def test_a_folder_that_cannot_be_opened(tmp_path, said) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    store = open_store(in_the_way, said.append)
    used(store, tmp_path)
    assert len(said) == 1
    assert str(in_the_way) in said[0]
    assert CACHE_VARIABLE in said[0]


def used(store, tmp_path) -> None:
    """Everything that can be done with a store works."""
    assert store.get(KEY) is None
    with store.sole(KEY):
        store.put(KEY, b"sound")
    assert store.has(KEY)
    assert store.get(KEY) == b"sound"
    source = tmp_path / "source"
    source.write_bytes(b"file")
    store.put_file(OTHER, source)
    out = io.BytesIO()
    assert store.copy_to(OTHER, out)
    assert out.getvalue() == b"file"
    store.set_aside(OTHER)
    assert not store.has(OTHER)
    assert store.get(OTHER) is None


@linux
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO])
def test_a_disk_that_fails(store, said, tmp_path, failing, code) -> None:
    with failing(store.root, code=code):
        used(store, tmp_path)
    assert len(said) == 1
    assert os.strerror(code) in said[0]
    assert not [path for path in store.root.rglob("*") if path.is_file()]
    # With room again, it is used again.
    third = key_of({})
    store.put(third, b"kept")
    assert open_store(store.root, said.append).get(third) == b"kept"
    assert len(said) == 1


@linux
def test_a_disk_that_fails_and_no_other(store, said, failing) -> None:
    with failing(store.root, Path(tempfile.gettempdir())):
        store.put(KEY, b"sound")
        with store.sole(KEY):
            assert store.get(KEY) is None
        assert not store.has(KEY)
    assert len(said) == 2
    assert "TMPDIR" in said[1]


@linux
def test_what_is_there_is_read_where_nothing_can_be_written(store, said, tmp_path, failing) -> None:
    store.put(KEY, b"sound")
    with failing(store.root):
        store.put(OTHER, b"other")
        assert (store.get(KEY), store.get(OTHER)) == (b"sound", b"other")


@linux
def test_damage_is_no_sound_even_where_it_cannot_be_set_aside(store, said, monkeypatch) -> None:
    store.put(KEY, b"sound")
    path = store.root / "objects" / KEY[:2] / KEY
    path.write_bytes(path.read_bytes()[:-1])

    def refuse(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", refuse)
        patch.setattr(os, "replace", refuse)
        assert store.get(KEY) is None
        assert not store.copy_to(KEY, io.BytesIO())
    assert len(said) == 1
    store.put(KEY, b"sound")
    assert store.get(KEY) == b"sound"


def test_a_folder_that_vanishes(store, said, tmp_path) -> None:
    store.put(KEY, b"sound")
    with store.sole(OTHER):
        shutil.rmtree(store.root)
        assert store.get(KEY) is None
        store.put(OTHER, b"other")
    assert store.get(OTHER) == b"other"
    shutil.rmtree(store.root)
    store.root.write_bytes(b"a file in its place")
    used(store, tmp_path)
    assert len(said) == 1


def test_a_temporary_store_is_gone_afterwards() -> None:
    code = (
        "from serguide.cache.fallback import TemporaryStore\n"
        "from serguide.cache.store import key_of\n"
        "store = TemporaryStore(); store.put(key_of({}), b'x'); print(store.root)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    )
    root = Path(done.stdout.strip())
    assert root.is_absolute()
    assert not root.exists()
    assert done.stderr == ""


def test_a_store_may_be_collected_at_any_moment() -> None:
    """Its folder is removed by a finalizer, which may strike inside the same list of paths."""
    code = (
        "import gc\n"
        "from pathlib import Path\n"
        "from serguide.base.files import temporary\n"
        "from serguide.cache.fallback import TemporaryStore\n"
        "store = TemporaryStore(); store.me = store\n"
        "root = store.root; del store\n"
        "with temporary._lock: gc.collect()\n"
        "assert not root.exists()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
