from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from serguide.base.errors import StoreError
from serguide.cache.store import CACHE_VARIABLE, Store, default_root, key_of

KEY = key_of({"text": "Rest.", "pace": 1.0})
OTHER = key_of({"text": "Rest.", "pace": 0.9})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def entry(store: Store, key: str = KEY) -> Path:
    return store.root / "objects" / key[:2] / key


def left_over(store: Store) -> list[Path]:
    return list((store.root / "temp").iterdir())


def test_gives_back_what_was_put(store: Store) -> None:
    assert store.get(KEY) is None
    assert not store.has(KEY)
    store.put(KEY, b"sound")
    assert store.has(KEY)
    assert store.get(KEY) == b"sound"
    assert Store(store.root).get(KEY) == b"sound"
    assert store.get(OTHER) is None
    assert not left_over(store)


@pytest.mark.parametrize("payload", [b"", b"\0" * 100, os.urandom(300_000)])
def test_any_bytes_can_be_kept(store: Store, payload: bytes) -> None:
    store.put(KEY, payload)
    assert store.get(KEY) == payload


def test_keys_say_everything_and_depend_on_nothing_else() -> None:
    assert key_of({"b": 1, "a": "ž"}) == key_of({"a": "ž", "b": 1})
    seen = {key_of({"a": value}) for value in ("1", 1, 1.5, "", None, ["1"], {"1": 1})}
    assert len(seen) == 7
    assert key_of({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_a_key_is_not_a_path(store: Store) -> None:
    for key in ("../../etc/passwd", "", KEY.upper(), KEY[:-1]):
        with pytest.raises(ValueError, match="key_of"):
            store.get(key)


def test_the_first_writer_wins(store: Store) -> None:
    store.put(KEY, b"first")
    store.put(KEY, b"second")
    assert store.get(KEY) == b"first"


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def damage_emptied(path: Path) -> None:
    path.write_bytes(b"")


def damage_flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)


def damage_grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def damage_foreign(path: Path) -> None:
    path.write_bytes(b"ID3" + b"\0" * 500)


@pytest.mark.parametrize(
    "damage", [damage_cut, damage_emptied, damage_flipped, damage_grown, damage_foreign]
)
def test_a_damaged_entry_is_set_aside_and_can_be_made_again(store: Store, damage) -> None:
    store.put(KEY, b"sound" * 100)
    damage(entry(store))
    assert store.get(KEY) is None
    assert [path.name for path in (store.root / "damaged").iterdir()] == [KEY]
    store.put(KEY, b"sound" * 100)
    assert store.get(KEY) == b"sound" * 100


def test_another_keys_entry_is_not_taken(store: Store) -> None:
    store.put(KEY, b"rest")
    store.put(OTHER, b"other")
    entry(store, OTHER).replace(entry(store))
    assert store.get(KEY) is None


def test_putting_mends_a_damaged_entry(store: Store) -> None:
    store.put(KEY, b"sound")
    damage_cut(entry(store))
    store.put(KEY, b"sound")
    assert store.get(KEY) == b"sound"


def test_size_clear(store: Store) -> None:
    assert store.size() == (0, 0)
    store.put(KEY, b"a" * 1000)
    store.put(OTHER, b"b" * 1000)
    entries, total = store.size()
    assert entries == 2
    assert 2000 < total < 2400
    damage_cut(entry(store))
    store.get(KEY)
    assert store.size().entries == 1
    assert store.clear().entries == 1
    assert store.size() == (0, 0)


def test_prune_removes_what_was_not_used(store: Store) -> None:
    store.put(KEY, b"old")
    store.put(OTHER, b"old but used")
    for key in (KEY, OTHER):
        os.utime(entry(store, key), (1_000_000, 1_000_000))
    store.get(OTHER)
    removed = store.prune(unused_for=3600)
    assert removed.entries == 1
    assert store.get(KEY) is None
    assert store.get(OTHER) == b"old but used"


def test_what_a_killed_process_left_is_swept_and_a_live_ones_is_not(store: Store) -> None:
    stale, live = store.root / "temp" / "stale", store.root / "temp" / "live"
    for path in (stale, live):
        path.write_bytes(b"half")
    long_ago = time.time() - 25 * 3600
    os.utime(stale, (long_ago, long_ago))
    Store(store.root)
    assert left_over(store) == [live]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failed_write_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StoreError) as caught:
            store.put(KEY, b"sound")
    assert str(store.root) in caught.value.message
    assert CACHE_VARIABLE in caught.value.hint
    assert ("room" in caught.value.hint) == (code == errno.ENOSPC)
    assert not left_over(store)
    assert store.get(KEY) is None
    store.put(KEY, b"sound")
    assert store.get(KEY) == b"sound"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_a_folder_that_cannot_be_made_is_an_error() -> None:
    with pytest.raises(StoreError) as caught:
        Store(Path("/dev/full/cache"))
    assert CACHE_VARIABLE in caught.value.hint


def test_default_root_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert default_root() == tmp_path
    monkeypatch.delenv(CACHE_VARIABLE)
    assert "serguide" in default_root().parts


def _write_many(root: Path, worker: int) -> None:
    store = Store(root)
    for number in range(40):
        store.put(key_of({"number": number}), f"{worker}".encode() * 20_000)


def test_processes_may_write_the_same_entries(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(tmp_path, n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    store = Store(tmp_path)
    for number in range(40):
        payload = store.get(key_of({"number": number}))
        assert payload in (b"0" * 20_000, b"1" * 20_000, b"2" * 20_000)
    assert not left_over(store)


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
def test_a_killed_writer_leaves_no_partial_entry(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from serguide.cache.store import Store, key_of\n"
        "store = Store(Path(sys.argv[1])); print('ready', flush=True)\n"
        "for number in range(100_000): store.put(key_of({'n': number}), b'x' * 200_000)"
    )
    for round_ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 + 0.05 * round_)
            process.send_signal(signal.SIGKILL)
    store = Store(tmp_path)
    entries = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert entries
    assert all(store.get(path.name) == b"x" * 200_000 for path in entries)
