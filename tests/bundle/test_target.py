"""What cannot become a bundle is told before anything is rendered."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from serguide.base.errors import UsageError
from serguide.base.hints import remedies_of
from serguide.bundle.inventory import Inventory
from serguide.bundle.target import check_target


def test_a_free_place_and_an_empty_folder_will_do(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("free", "empty", "a" * 255):
        assert check_target(tmp_path / name) == Inventory()


@pytest.mark.parametrize("name", ["a" * 256, "ä" * 128])
def test_a_name_that_the_disk_does_not_take(tmp_path, name):
    with pytest.raises(UsageError, match="is too long for this disk") as caught:
        check_target(tmp_path / name)
    assert "space" not in caught.value.hint


@pytest.mark.parametrize("inside", ["", "tracks"])
def test_nobody_is_left_in_a_folder_that_is_gone(tmp_path, monkeypatch, inside):
    home = tmp_path / "evening" / inside
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    for target in (Path(), tmp_path / "evening", Path("..") / home.name):
        if inside and target != tmp_path / "evening":
            continue
        with pytest.raises(UsageError, match="you would be left"):
            check_target(target)
    assert check_target(tmp_path / "other") == Inventory()


@pytest.mark.parametrize("kind", ["tmpfs", "bind"])
def test_an_empty_place_where_a_disk_is_mounted(tmp_path, kind):
    place, other = tmp_path / "a place", tmp_path / "other"
    place.mkdir()
    other.mkdir()
    mount = ["-t", "tmpfs", "none"] if kind == "tmpfs" else ["--bind", str(other)]
    tried = subprocess.run(["mount", *mount, str(place)], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("needs the right to mount")
    try:
        with pytest.raises(UsageError, match="mounted") as caught:
            check_target(place)
        assert remedies_of(caught.value.hint)[0].value == str(place / "session")
        assert check_target(place / "session") == Inventory()
    finally:
        subprocess.run(["umount", str(place)], check=True)
