from __future__ import annotations

import os
import stat

import pytest

from serguide.base.units import SAMPLERATE
from serguide.player.model.bookmark import LEAST, Bookmark, default_folder

PLACE = 400 * SAMPLERATE


def test_a_place_is_kept_for_its_session_only(tmp_path):
    Bookmark(tmp_path / "new", "one").keep(PLACE)
    assert Bookmark(tmp_path / "new", "one").position == PLACE
    assert Bookmark(tmp_path / "new", "two").position == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["one.json"]


@pytest.mark.parametrize("position", [-1, 0, 1, LEAST - 1])
def test_the_beginning_never_replaces_a_place(tmp_path, position):
    bookmark = Bookmark(tmp_path, "one")
    bookmark.keep(PLACE)
    bookmark.keep(position)
    bookmark.keep(position, passing=True)
    assert Bookmark(tmp_path, "one").position == PLACE


def test_passing_places_are_not_all_written(tmp_path):
    bookmark = Bookmark(tmp_path, "one")
    written = set()
    for position in range(PLACE, PLACE + 60 * SAMPLERATE, SAMPLERATE // 10):
        bookmark.keep(position, passing=True)
        written.add(Bookmark(tmp_path, "one").position)
    assert 11 <= len(written) <= 13


def test_it_is_forgotten_when_all_was_heard(tmp_path):
    bookmark = Bookmark(tmp_path, "one")
    bookmark.keep(PLACE)
    bookmark.forget()
    bookmark.forget()
    assert bookmark.position == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"position": "9"}', b'{"position": -5}', b'{"position": null}', b"\xff"],
)
def test_damage_is_no_place(tmp_path, content):
    (tmp_path / "one.json").write_bytes(content)
    assert Bookmark(tmp_path, "one").position == 0


def test_a_folder_that_cannot_be_written_troubles_nobody(tmp_path):
    (tmp_path / "file").write_text("no folder")
    bookmark = Bookmark(tmp_path / "file" / "positions", "one")
    bookmark.keep(PLACE)
    assert bookmark.position == PLACE  # for as long as this process lives
    bookmark.forget()


def test_what_is_half_written_is_never_read(tmp_path, monkeypatch):
    bookmark = Bookmark(tmp_path, "one")
    bookmark.keep(PLACE)

    def broken(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    bookmark.keep(2 * PLACE)
    assert Bookmark(tmp_path, "one").position == PLACE
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_the_folder_is_ones_own(tmp_path):
    Bookmark(tmp_path / "positions", "one").keep(PLACE)
    assert stat.S_IMODE((tmp_path / "positions").stat().st_mode) == 0o700


def test_the_folder_can_be_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_STATE", str(tmp_path))
    assert default_folder() == tmp_path / "positions"
    monkeypatch.delenv("SERGUIDE_STATE")
    assert "serguide" in str(default_folder())
