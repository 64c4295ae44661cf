from __future__ import annotations

import pytest

from serguide.base.errors import BundleError, UsageError
from serguide.drawing.files import write_drawing

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'


def test_the_name_decides_the_kind(tmp_path):
    write_drawing(tmp_path / "a.svg", SVG)
    write_drawing(tmp_path / "a.PNG", SVG)
    assert (tmp_path / "a.svg").read_text() == SVG
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.PNG", "a.svg"]


def test_what_cannot_be_drawn_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with pytest.raises(BundleError):
        write_drawing(path, "no svg")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["nowhere/a.svg", "folder"])
def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_drawing(tmp_path / name, SVG)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
