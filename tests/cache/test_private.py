"""What was filled in for a client is the user's alone, is counted, cleared, and forgotten."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from needed import program
from rendering import bundle, script

from serguide.cache.private import FORGOTTEN_AFTER
from serguide.cache.store import Store, key_of

ANA, NOBODY = key_of({"text": "Ana."}), key_of({"text": "Rest."})
DAY = 24 * 3600


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "cache")
    store.put(ANA, b"Ana", private=True)
    store.put(NOBODY, b"Rest")
    return store


def unused_for(store: Store, key: str, seconds: float) -> None:
    for path in (store.root / "objects" / key[:2] / key, store.root / "private" / key):
        if path.exists():
            os.utime(path, (time.time() - seconds,) * 2)


def test_it_is_counted_and_cleared_by_itself(store):
    assert store.private_size().entries == 1
    assert store.clear_private().entries == 1
    assert not store.has(ANA)
    assert store.get(NOBODY) == b"Rest"


def test_it_is_forgotten_after_fourteen_days_in_which_nothing_used_it(store):
    assert FORGOTTEN_AFTER == 14 * DAY
    for key in (ANA, NOBODY):
        unused_for(store, key, 13.9 * DAY)
    assert Store(store.root).get(ANA) == b"Ana"  # and that is a use
    unused_for(store, NOBODY, 15 * DAY)
    assert Store(store.root).has(ANA)
    unused_for(store, ANA, 14.1 * DAY)
    again = Store(store.root)
    assert not again.has(ANA)
    assert again.has(NOBODY)
    assert list((store.root / "private").iterdir()) == [], "no mark stays behind"


def test_damage_is_forgotten_too(store):
    store.set_aside(ANA)
    assert store.private_size().entries == 1
    store.clear_private()
    assert list((store.root / "damaged").iterdir()) == []


def test_what_is_used_for_a_client_later_is_marked_then(store):
    store.mark_private(NOBODY)
    store.mark_private(key_of({"text": "not there"}))
    assert store.private_size().entries == 2


def test_nobody_knows_what_an_earlier_version_kept(store):
    for path in (store.root / "private").iterdir():
        path.unlink()
    (store.root / "private").rmdir()
    for folder in (store.root / "objects", store.root / "temp"):
        folder.chmod(0o755)
    again = Store(store.root)
    assert again.private_size().entries == 2
    assert stat.S_IMODE((store.root / "objects").stat().st_mode) == 0o700
    again.put(key_of({"text": "new"}), b"new")
    assert Store(store.root).private_size().entries == 2


def test_a_mark_says_nothing_and_is_there_before_the_entry(store, monkeypatch):
    key = key_of({"text": "Zoe."})
    monkeypatch.setattr("serguide.cache.store.write_once", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.put(key, b"Zoe", private=True)
    mark = store.root / "private" / key
    assert mark.read_bytes() == b""
    # It may be another process's, about to write.
    assert Store(store.root).clear_private().entries == 1
    assert mark.exists()


@pytest.mark.parametrize("format_name", ["mp3", "m4a"])
def test_clips_pieces_tracks_and_sessions_of_a_client_are_marked(tmp_path, write, format_name):
    from serguide.render.plan import RenderSettings

    path = write(
        "scripts/a.yaml", script('say: "{name}, rest."\nsay: Rest.', "values: {name: ''}\n")
    )
    settings = RenderSettings(format_name=format_name)
    bundle(path, tmp_path / "none", cache=tmp_path / "c", voice="tone", settings=settings)
    store = Store(tmp_path / "c")
    assert store.private_size().entries == 0
    before = store.size().entries
    bundle(
        path,
        tmp_path / "ana",
        cache=tmp_path / "c",
        voice="tone",
        settings=settings,
        values={"name": "Ana"},
    )
    new = store.size().entries - before
    assert store.private_size().entries == new >= (4 if format_name == "m4a" else 3)
    store.clear_private()
    assert store.size().entries == before


def calls_in(trace):
    """Yield the calls of a trace, those joined that another thread's call cut in two."""
    begun = {}
    for line in trace.splitlines():
        process, _, call = line.partition(" ")
        if call.endswith(" <unfinished ...>"):
            begun[process] = call.removesuffix(" <unfinished ...>")
        elif "resumed>" in call:
            yield begun.pop(process, "") + call.partition("resumed>")[2]
        else:
            yield call


@pytest.mark.skipif(sys.platform != "linux", reason="strace")
def test_no_file_of_the_cache_is_ever_open_to_others(tmp_path, write):
    """As the system sees it: every file and folder is made closed, not closed afterwards."""
    strace = program("strace", package="strace")
    path = write("scripts/a.yaml", script('say: "{name}, rest."', "values: {name: ''}\n"))
    write("scripts/five-to-one.yaml", script("say: Back."))
    cache, out = tmp_path / "cache", tmp_path / "out"
    trace, calls = tmp_path / "trace", "trace=openat,mkdir,mkdirat"
    done = subprocess.run(
        [strace, "-f", "-qq", "-s", "4096", "-e", calls, "-o", trace, sys.executable,
         "-m", "serguide", "render", path, "--voice", "tone", "--set", "name=Ana", "-o", out],
        env={**os.environ, "SERGUIDE_CACHE": str(cache)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr:
        pytest.skip("may not trace")
    assert done.returncode == 0, done.stderr
    asked = [line for line in calls_in(trace.read_text(errors="replace")) if "= -1" not in line]
    made = [line for line in asked if "O_CREAT" in line or "mkdir" in line]
    in_cache = [line for line in made if f'"{cache}' in line]
    assert len(in_cache) > 10
    assert [line for line in in_cache if not re.search(r", 0[67]00\)", line)] == []
    (hidden,) = [line for line in made if "mkdir" in line and '.tmp"' in line]
    assert ", 0700" in hidden
