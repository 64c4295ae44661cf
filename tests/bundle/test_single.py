from __future__ import annotations

import base64
import re

import pytest

from serguide.base.errors import BundleError
from serguide.base.hints import Remedy, remedies_of
from serguide.bundle.page import single_file as single
from serguide.bundle.page.single_file import megabytes, write_single


@pytest.fixture
def folder(small, tmp_path):
    (tmp_path / small.audio.path).write_bytes(b"session" * 100)
    (tmp_path / small.ground.path).write_bytes(b"ground" * 100)
    return tmp_path


def test_all_is_inside(small, folder):
    path = folder / "one.html"
    size = write_single(folder, path, small, b"png")
    assert size == path.stat().st_size
    text = path.read_text(encoding="utf-8")
    found = re.findall(r'<audio [^>]*src="data:audio/mpeg;base64,([^"]*)"', text)
    assert [base64.b64decode(each) for each in found] == [b"session" * 100, b"ground" * 100]
    assert "session.mp3" not in text
    assert 'rel="manifest"' not in text


def test_a_page_too_large_to_open_is_refused(small, folder, monkeypatch):
    monkeypatch.setattr(single, "LARGEST_PAGE", 1000)
    with pytest.raises(BundleError, match=r"0\.0 MB") as caught:
        write_single(folder, folder / "one.html", small, b"png")
    assert Remedy("format", "mp3") in remedies_of(caught.value.hint)
    assert not (folder / "one.html").exists()


def test_a_size_is_written_for_people():
    assert megabytes(19_340_000) == "19.3 MB"
