from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from serguide.base.errors import BundleError
from serguide.bundle.cover import COVER_PIXELS, cover_png

ART = Path(__file__).parents[2] / "imagery" / "art"
KINDS = ("relaxation", "breathing", "imagery", "grounding", "integration", "session")


def find(name):
    path = ART / f"{name}.svg"
    return path if path.exists() else None


@cache
def drawn(name, kind="session"):
    """Draw a cover, once for all tests: each takes a good part of a second."""
    return cover_png(name, kind, find)


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize("path", sorted(ART.glob("*.svg")), ids=lambda path: path.stem)
def test_every_piece_of_art_is_a_square_cover_without_text(path):
    svg = path.read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "<image" not in svg
    assert svg.count("Gradient id=") <= 3
    assert size(drawn(path.stem)) == (COVER_PIXELS, COVER_PIXELS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_cover(kind):
    assert drawn("a-name-without-art", kind) == drawn(kind)


def test_own_art_comes_before_the_kinds():
    assert drawn("five-to-one", "grounding") != drawn("a-name-without-art", "grounding")


def test_a_language_shares_the_cover_of_the_same_script_in_english():
    described = []

    def keep(description, make):
        described.append(description)
        return b""

    for name, language in [
        ("before-sleep", "en"), ("before-sleep-cs", "cs"), ("before-sleep-cs", "cs-CZ"),
        ("before-sleep-sk", "cs"), ("before-sleep-xx", "xx-Latn"), ("session", "en"),
    ]:  # fmt: skip
        cover_png(name, "session", find, keep, language=language)
    own, cs, cs_cz, wrong, other, kind = described
    assert own == cs == cs_cz == other
    assert wrong == kind != own


def test_same_art_same_bytes():
    assert cover_png("session", "session", find) == drawn("session")


def test_no_art_at_all():
    with pytest.raises(BundleError, match="No cover"):
        cover_png("x", "session", lambda name: None)


@pytest.mark.parametrize("content", [b"", b"not an svg", b"\xff\xfe\x00", b"<svg><g></svg>"])
def test_damaged_art_is_named(tmp_path, content):
    path = tmp_path / "x.svg"
    path.write_bytes(content)
    with pytest.raises(BundleError, match=r"x\.svg"):
        cover_png("x", "session", lambda name: path)
