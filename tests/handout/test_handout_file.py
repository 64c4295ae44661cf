"""A handout's file: written whole, and never over somebody else's."""

from __future__ import annotations

import pytest
from handout_cases import PRACTICE, URL

from serguide.base.errors import BundleError, UsageError
from serguide.base.hints import remedies_of
from serguide.handout import pdf
from serguide.handout.make import HandoutRequest, make_handout
from serguide.handout.own_file import check_place, write_own


def made(folder, target, **options):
    return make_handout(HandoutRequest(folder, target, **options))


def test_the_same_bundle_gives_the_same_bytes(written, tmp_path):
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    for target in (first, second):
        made(written(), target, url=URL, practice=PRACTICE, transcript=True)
    assert first.read_bytes() == second.read_bytes()


def test_nothing_is_loaded_and_no_script_stands_in_it(written, tmp_path):
    target = tmp_path / "page.html"
    title = 'Tea & <script>alert(1)</script> "x"'
    made(written(title=title), target, url=URL, practice=PRACTICE)
    text = target.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert 'src="http' not in text
    assert "Tea &amp; &lt;script&gt;" in text
    assert PRACTICE.logo in text


def test_a_handout_of_ours_is_replaced(written, tmp_path):
    target = tmp_path / "page.html"
    made(written("en"), target)
    made(written("de"), target)
    assert "Notizen" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_somebody_elses_file_is_left_unless_told_otherwise(written, tmp_path, suffix):
    target = tmp_path / f"letter{suffix}"
    target.write_text("Dear Ana", encoding="utf-8")
    with pytest.raises(UsageError, match="not a handout that serguide wrote") as raised:
        made(written(), target)
    assert {remedy.kind for remedy in remedies_of(raised.value.hint)} == {"target", "force"}
    assert target.read_text(encoding="utf-8") == "Dear Ana"


def test_a_handout_that_a_therapist_went_on_writing_is_left(written, tmp_path):
    target = tmp_path / "page.html"
    made(written(), target)
    text = target.read_text(encoding="utf-8").replace("Notes", "For Thursday")
    target.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="was changed"):
        made(written(), target)
    made(written(), target, force=True)
    assert "For Thursday" not in target.read_text(encoding="utf-8")


def test_a_pdf_is_told_from_another_by_its_last_line(tmp_path):
    ours, other = tmp_path / "ours.pdf", tmp_path / "other.pdf"
    write_own(ours, b"%PDF-1.4\n\xff\x00 ... %%EOF\n")
    check_place(ours)
    other.write_bytes(b"%PDF-1.4\n\xff\x00 ... %%EOF\n")
    with pytest.raises(UsageError):
        check_place(other)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("page.docx", "no name of a page"),
        ("page", "no name of a page"),
        ("nowhere/page.html", "no folder"),
        ("folder.html", "is a folder"),
    ],
)
def test_a_place_that_cannot_be_is_said(written, tmp_path, name, says):
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UsageError, match=says):
        made(written(), tmp_path / name)


def test_what_is_no_bundle_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "nothing", tmp_path / "session.json"):
        with pytest.raises(UsageError, match="is not a bundle"):
            made(path, tmp_path / "page.html")


def test_a_file_of_a_bundle_stands_for_it(written, tmp_path):
    target = tmp_path / "page.html"
    made(written() / "session.json", target)
    assert target.exists()


def test_without_a_program_that_prints_the_next_step_is_told(written, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_usual_places", lambda: iter(()))
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="To make a PDF") as raised:
        made(written(), tmp_path / "page.pdf")
    assert ".html" in raised.value.hint
    assert not (tmp_path / "page.pdf").exists()


def test_a_browser_that_does_not_print_is_told(written, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "find_browser", lambda: "/bin/false")
    with pytest.raises(BundleError, match="did not print"):
        made(written(), tmp_path / "page.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
