"""A disk that is full, read-only or not there: said clearly, nothing half-made, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest
from faultlab import IN_PIECES, SHORT, left_over, sampled, tree, write_session, wrong_entries

from serguide.encode.formats import FORMATS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts, and limits of Linux")


@pytest.fixture(scope="module", params=[*FORMATS, "mp3 in pieces"])
def place(request, launcher, tmp_path_factory):
    """A session, a whole bundle of an earlier version of it, and one that it will become."""
    format_, _, pieces = request.param.partition(" ")
    base = tmp_path_factory.mktemp("disk")
    for word in ("calm", "quiet"):
        session = write_session(base / word, word, IN_PIECES if pieces else SHORT)
        argv = ["render", session, "--format", format_, "-o"]
        launcher.run([*argv, base / f"{word}-bundle"], base).assert_clean(0)
    return base, argv


def refused(run, *said):
    """Ended with 1 and a message of what happened and what to do."""
    run.assert_clean(1)
    _, _, hint = run.err.strip().partition("\n")
    assert hint.strip(), run.err
    assert "Errno" not in run.err
    assert "OSError" not in run.err
    for words in said:
        assert words in run.err, run.err


def test_the_output_is_full_from_one_operation_on(launcher, place):
    """Each write, sync and rename of the output in turn finds no space left."""
    base, argv = place
    work = base / "work"
    shutil.copytree(base / "calm-bundle", work / "bundle")
    counted = launcher.run(
        [*argv, work / "bundle"], base, at=1_000_000, do=errno.ENOSPC, where=str(work)
    ).count
    assert counted > 10
    for at in sampled(counted, 4, seed=2):
        shutil.rmtree(work / "bundle")
        shutil.copytree(base / "calm-bundle", work / "bundle")
        run = launcher.run(
            [*argv, work / "bundle"], work, cache=base / "cache",
            at=at, do=errno.ENOSPC, where=str(work),
        )  # fmt: skip
        refused(run, "No space left", str(work))
        # The last operation syncs the folder that the new bundle is in by then.
        assert tree(work / "bundle") == tree(
            base / f"{'quiet' if at == counted else 'calm'}-bundle"
        )
        assert left_over(work) == []


@pytest.mark.parametrize("largest", [20_000, 60_000])
def test_a_file_may_not_grow_over_a_limit(launcher, place, largest):
    base, argv = place
    work = base / f"limited-{largest}"
    work.mkdir()
    run = launcher.run([*argv, work / "bundle"], work, cache=base / "cache", largest=largest)
    if run.code:
        refused(run, "File too large", "bundle")
        assert not (work / "bundle").exists()
    else:
        assert max(path.stat().st_size for path in (work / "bundle").rglob("*")) <= largest
    assert left_over(work) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of so many kilobytes, really mounted."""
    mounted = []

    def mount(kilobytes, name="disk"):
        path = tmp_path / name
        path.mkdir()
        options = f"size={kilobytes}k,mode=700"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("mounting is not allowed here")
        mounted.append(path)
        return path

    yield mount
    for path in mounted:
        subprocess.run(["umount", path], check=False)


@pytest.mark.parametrize("kilobytes", [8, 280])
def test_a_small_disk_for_the_output(launcher, place, small_disk, kilobytes):
    base, argv = place
    disk = small_disk(kilobytes)
    run = launcher.run([*argv, disk / "bundle"], base)
    if run.code:
        refused(run, "No space left", str(disk))
        assert not (disk / "bundle").exists()
    else:
        assert tree(disk / "bundle") == tree(base / "quiet-bundle")
    assert left_over(disk) == []
    assert kilobytes > 60 or run.code


@pytest.fixture(scope="module")
def session(launcher, tmp_path_factory):
    base = tmp_path_factory.mktemp("disk")
    argv = ["render", write_session(base / "library"), "-o"]
    launcher.run([*argv, base / "bundle"], base).assert_clean(0)
    return base, argv


def test_a_full_cache(launcher, session, small_disk):
    disk = small_disk(30)
    for number in range(2):
        run = works_without(launcher, session, disk / "cache")
        assert "No space left" in run.err
        assert "cache clear" in run.err
        assert "SERGUIDE_CACHE" in run.err
        assert wrong_entries(disk / "cache") == []
        assert left_over(disk) == []
        assert number or (disk / "cache" / "objects").exists()


def test_no_room_but_for_the_bundle(launcher, session, small_disk):
    """Neither the cache nor the temporary folder holds anything: sentences are spoken again."""
    base, argv = session
    cache, temporary = small_disk(4, "cache"), small_disk(4, "temporary")
    run = launcher.run([*argv, base / "no-room"], base, cache=cache, env={"TMPDIR": str(temporary)})
    run.assert_clean(0)
    assert "SERGUIDE_CACHE" in run.err
    assert "TMPDIR" in run.err
    assert run.err.count("Going on without it") == 2
    assert tree(base / "no-room") == tree(base / "bundle")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_cache_that_fails_from_one_operation_on(launcher, session, number):
    base, argv = session
    work = base / f"failing-{number}"
    work.mkdir()
    cache = work / "cache"
    counted = launcher.run(
        [*argv, work / "bundle"], work, at=1_000_000, do=number, where=str(cache)
    ).count
    assert counted > 8
    for at in sampled(counted, 4 if number == errno.ENOSPC else 2, seed=number):
        shutil.rmtree(cache, ignore_errors=True)
        run = launcher.run([*argv, work / "bundle"], work, at=at, do=number, where=str(cache))
        run.assert_clean(0)
        assert run.err.count("Going on without it") == 1
        assert os.strerror(number) in run.err
        assert "SERGUIDE_CACHE" in run.err
        assert tree(work / "bundle") == tree(base / "bundle")
        assert wrong_entries(cache) == []
        assert left_over(work) == []


def test_a_cache_that_vanishes_at_any_operation(launcher, session):
    base, argv = session
    work = base / "vanishing"
    work.mkdir()
    counted = launcher.run([*argv, work / "bundle"], work).count
    for at in sampled(counted, 5, seed=4):
        shutil.rmtree(work / "cache", ignore_errors=True)
        shutil.rmtree(work / "bundle")
        run = launcher.run([*argv, work / "bundle"], work, at=at, do="wipe")
        run.assert_clean(0)
        assert tree(work / "bundle") == tree(base / "bundle")
        assert wrong_entries(work / "cache") == []
        assert left_over(work) == []


def test_an_output_that_is_read_only(launcher, session, small_disk):
    base, argv = session
    disk = small_disk(1000)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    run = launcher.run([*argv, disk / "bundle"], base)
    refused(run, "Read-only file system", str(disk), "-o")


def test_a_cache_that_is_read_only(launcher, session, small_disk):
    base, argv = session
    disk = small_disk(1000)
    launcher.run([*argv, base / "before"], base, cache=disk).assert_clean(0)
    kept = tree(disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    works_without(launcher, session, disk)
    assert tree(disk) == kept


@pytest.mark.skipif(os.geteuid() == 0, reason="a superuser may write everywhere")
def test_folders_without_permission(launcher, session, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    base, argv = session
    works_without(launcher, session, closed / "cache")
    refused(launcher.run([*argv, closed / "bundle"], base), "Permission denied", "-o")


def test_folders_that_cannot_be_made(launcher, session, tmp_path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    base, argv = session
    works_without(launcher, session, file / "cache")
    refused(launcher.run([*argv, file / "bundle"], base), "is not a folder", "-o")


def works_without(launcher, session, cache):
    base, argv = session
    temporary = base / "temporary"
    temporary.mkdir(exist_ok=True)
    run = launcher.run([*argv, base / "without"], base, cache=cache, env={"TMPDIR": str(temporary)})
    run.assert_clean(0)
    assert str(cache) in run.err
    assert "Going on without it" in run.err
    assert tree(base / "without") == tree(base / "bundle")
    assert list(temporary.iterdir()) == []
    return run
