"""Sheets as Chromium prints them: one page, on A4 and on Letter."""

from __future__ import annotations

import re

import pytest
from handout_cases import LANGUAGES, PRACTICE, URL, least, most, usual
from needed import missing, program

from serguide.bundle.manifest_reading import read_manifest
from serguide.handout import pdf
from serguide.handout.handout_html import handout_html
from serguide.handout.make import HandoutRequest, make_handout
from serguide.handout.paper import PAPERS, paper_for
from serguide.handout.sheet import sheet_of
from serguide.handout.transcript_pages import spoken_parts
from serguide.notices.model import NO_PRACTICE

MILLIMETRES = {"a4": (210, 297), "letter": (216, 279)}


@pytest.fixture(scope="module")
def chromium():
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def pages(content):
    """Return how many pages a PDF of Chromium's has."""
    return len(re.findall(rb"/Type\s*/Page\b", content))


def paper_of(content):
    """Return a PDF's width and height in whole millimetres."""
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    return tuple(round(float(side) / 72 * 25.4) for side in box.groups())


def printed(browser, html, **options):
    page = browser.new_page()
    page.set_content(html)
    content = page.pdf(**{"prefer_css_page_size": True, **options})
    page.close()
    return content


@pytest.mark.parametrize(
    ("case", "language"),
    [("least", "en"), ("usual", "cs"), ("usual", "de"), *(("most", each) for each in LANGUAGES)],
)
def test_a_sheet_is_one_page_on_both_papers(chromium, written, case, language):
    notices = {"least": least(), "usual": usual(language), "most": most(language)}[case]
    practice, url = (NO_PRACTICE, "") if case == "least" else (PRACTICE, URL)
    sheet = sheet_of(read_manifest(written(language, **notices)), practice)
    for name, paper in PAPERS.items():
        content = printed(chromium, handout_html(sheet, paper, url))
        assert paper_of(content) == MILLIMETRES[name]
        assert pages(content) == 1
    # What was made for A4 is one page of Letter, too.
    html = handout_html(sheet, PAPERS["a4"], url)
    content = printed(chromium, html, format="Letter", prefer_css_page_size=False)
    assert (paper_of(content), pages(content)) == (MILLIMETRES["letter"], 1)


def test_nothing_of_the_fullest_sheet_is_cut_off(chromium, written):
    sheet = sheet_of(read_manifest(written("de", **most("de"))), PRACTICE)
    page = chromium.new_page(viewport={"width": 680, "height": 1000})
    page.emulate_media(media="print")
    page.set_content(handout_html(sheet, PAPERS["letter"], URL))
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    # At least two lines to write on.
    ruled = "() => document.querySelector('.ruled').getBoundingClientRect().height"
    assert page.evaluate(ruled) >= 53
    page.close()


def test_the_transcript_follows_on_further_pages(chromium, written):
    manifest = read_manifest(written(**usual("en")))
    sheet = sheet_of(manifest)
    html = handout_html(sheet, PAPERS["a4"], "", spoken_parts(manifest, sheet.words))
    assert pages(printed(chromium, html)) == 2


@pytest.mark.usefixtures("chromium")
def test_a_pdf_is_printed_by_the_browser_that_is_there(written, tmp_path):
    target = tmp_path / "page.pdf"
    made = make_handout(HandoutRequest(written("en", **usual("en")), target, url=URL))
    content = target.read_bytes()
    assert made.paper is PAPERS["letter"]
    assert content.startswith(b"%PDF")
    assert pages(content) == 1
    make_handout(HandoutRequest(written("cs", **usual("cs")), target))  # it is ours: replaced


@pytest.mark.slow
def test_weasyprint_prints_one_page_too(written, monkeypatch, tmp_path):
    try:
        import weasyprint
    except (ImportError, OSError):  # the package, or Pango
        missing("WeasyPrint", "pip install 'serguide[pdf]', apt-get install libpangoft2-1.0-0")
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    folder, target = written("de", **usual("de")), tmp_path / "page.pdf"
    make_handout(HandoutRequest(folder, target, url=URL))
    assert target.read_bytes().startswith(b"%PDF")
    html = handout_html(sheet_of(read_manifest(folder)), PAPERS["a4"], URL)
    assert len(weasyprint.HTML(string=html).render().pages) == 1


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en-US", "letter"), ("fr-CA", "letter"), ("en-GB", "a4"), ("cs", "a4"), ("", "a4")],
)
def test_the_paper_is_that_of_the_country(locale, paper):
    assert paper_for(locale) == paper
