"""Entries of the cache that are damaged in any way: set aside, made again, the sound correct."""

from __future__ import annotations

import random
import shutil
import sys

import pytest
from faultlab import left_over, portion, sampled, tree, write_session, wrong_entries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")


@pytest.fixture(scope="module")
def place(launcher, tmp_path_factory):
    base = tmp_path_factory.mktemp("cache")
    argv = ["render", write_session(base / "library"), "-o"]
    launcher.run([*argv, base / "bundle"], base).assert_clean(0)
    forget_outcome(base / "cache")
    return base, argv


def forget_outcome(cache):
    """Forget that a bundle was made: here it is what it is made from that counts."""
    for path in entries(cache):
        if b'"manifest"' in path.read_bytes():
            path.unlink()


def entries(cache):
    return sorted(path for path in (cache / "objects").rglob("*") if path.is_file())


def flip(path, rng):
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def cut(path, rng):
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def empty(path, _rng):
    path.write_bytes(b"")


def grow(path, rng):
    path.write_bytes(path.read_bytes() + rng.randbytes(100))


def replace_by_noise(path, rng):
    path.write_bytes(rng.randbytes(path.stat().st_size))


def remove(path, _rng):
    path.unlink()


def make_a_folder(path, _rng):
    path.unlink()
    path.mkdir()


DAMAGES = (flip, cut, empty, grow, replace_by_noise, remove, make_a_folder)


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_entry_damaged(launcher, place, damage):
    rng = random.Random(damage.__name__)
    for number in range(portion(10, 1)):
        base, argv = place
        work = base / f"{damage.__name__}-{number}"
        shutil.copytree(base / "cache", work / "cache")
        for path in entries(work / "cache"):
            damage(path, rng)
        mended(launcher, argv, base, work)


def test_entries_swapped_with_one_another(launcher, place):
    base, argv = place
    work = base / "swapped"
    shutil.copytree(base / "cache", work / "cache")
    paths = entries(work / "cache")
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)
    mended(launcher, argv, base, work)
    assert len(list((work / "cache" / "damaged").iterdir())) == len(paths)


def mended(launcher, argv, base, work):
    shutil.rmtree(work / "bundle", ignore_errors=True)  # else there is nothing to do
    run = launcher.run([*argv, work / "bundle"], work)
    run.assert_clean(0)
    assert tree(work / "bundle") == tree(base / "bundle")
    assert wrong_entries(work / "cache") == []
    forget_outcome(work / "cache")
    assert {path.name for path in entries(work / "cache")} == {
        path.name for path in entries(base / "cache")
    }
    assert left_over(work) == []


def test_damage_while_it_is_rendered(launcher, place):
    """All entries are cut short between being made and being read.

    What this render has no more use for, such as the cover, is found out by the next one.
    """
    base, argv = place
    work = base / "meanwhile"
    work.mkdir()
    # The first operations in the bundle's folder come when narration is done.
    where = str(work / ".bundle")
    counted = launcher.run([*argv, work / "bundle"], work, where=where).count
    assert counted > 10
    for at in sampled(counted, 3, seed=6):
        shutil.rmtree(work / "cache")
        run = launcher.run([*argv, work / "bundle"], work, at=at, do="cut", where=where)
        run.assert_clean(0)
        assert tree(work / "bundle") == tree(base / "bundle")
        # The first operations come before the tracks are mixed from the clips.
        assert at > 1 or list((work / "cache" / "damaged").iterdir())
        mended(launcher, argv, base, work)
