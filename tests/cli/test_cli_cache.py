from __future__ import annotations

import json
import os
import time

import pytest
from click.testing import CliRunner

from serguide.cache.store import Store, key_of
from serguide.cli.group import cli


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "cache"))
    store = Store(tmp_path / "cache")
    store.put(key_of({"of": 1}), bytes(50_000))
    store.put(key_of({"of": 2}), bytes(30_000))
    return store


def run(*arguments, **more):
    return CliRunner(mix_stderr=False).invoke(cli, ["cache", *arguments], **more)


def test_it_says_where_and_how_much(store):
    done = run()
    assert done.exit_code == 0
    assert done.stdout == f"{store.root}: 2 entries, 80.2 kB\n"


def test_as_data(store):
    data = json.loads(run("--json").stdout)
    size = store.size()
    none = {"entries": 0, "bytes": 0}
    assert data == {"path": str(store.root), "entries": 2, "bytes": size.bytes, "clients": none}


def test_what_is_filled_in_is_counted_and_cleared_by_itself(store):
    store.put(key_of({"of": "Ana"}), bytes(10_000), private=True)
    assert (
        run().stdout
        == f"{store.root}: 3 entries, 90.3 kB; with filled-in words: 1 entry, 10.1 kB\n"
    )
    assert json.loads(run("--json").stdout)["clients"]["entries"] == 1
    assert run("clear", "--clients", "--yes").stderr == "freed 1 entry, 10.1 kB\n"
    assert store.size().entries == 2
    assert store.private_size() == (0, 0)


def test_clearing_needs_a_yes(store):
    done = run("clear")
    assert done.exit_code == 2
    assert "--yes" in done.stderr
    assert store.size().entries == 2


def test_clear(store):
    done = run("clear", "--yes")
    assert done.exit_code == 0
    assert done.stderr == "freed 2 entries, 80.2 kB\n"
    assert store.size() == (0, 0)


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_on_a_terminal_it_asks(store, monkeypatch, answer, left):
    monkeypatch.setattr("serguide.cli.cache._on_a_terminal", lambda: True)
    done = run("clear", input=answer)
    assert "Remove 2 entries, 80.2 kB from" in done.stderr
    assert done.exit_code == (1 if left else 0)
    assert store.size().entries == left


def test_prune_removes_what_was_not_used_for_so_long(store):
    old = time.time() - 31 * 86_400
    os.utime(store.root / "objects" / key_of({"of": 1})[:2] / key_of({"of": 1}), (old, old))
    done = run("prune", "--older-than", "30d")
    assert done.exit_code == 0
    assert done.stderr == "freed 1 entry, 50.1 kB\n"
    assert store.get(key_of({"of": 2})) is not None


@pytest.mark.parametrize("age", ["30", "d", "-1d", "30 days", "１d", "9999999d", ""])
def test_what_is_no_age_is_refused(store, age):
    done = run("prune", "--older-than", age)
    assert done.exit_code == 2
    assert "30d" in done.stderr
    assert store.size().entries == 2


def test_a_cache_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "file" / "cache"))
    done = run()
    assert done.exit_code == 1
    assert "cannot be opened" in done.stderr
