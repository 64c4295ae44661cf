"""Make a bundle's handout: read its manifest, write the page, print it where PDF is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.model import MANIFEST
from serguide.bundle.recognise import is_bundle
from serguide.handout.handout_html import handout_html
from serguide.handout.own_file import check_place, write_own
from serguide.handout.paper import PAPERS, Paper, PaperName, paper_for
from serguide.handout.pdf import pdf_of
from serguide.handout.qr_code import check_address
from serguide.handout.sheet import GivenForms, Sheet, sheet_of
from serguide.handout.transcript_pages import spoken_parts
from serguide.notices.model import NO_PRACTICE, Practice

SUFFIXES = (".html", ".htm", ".pdf")


@dataclass(frozen=True, slots=True)
class HandoutRequest:
    """Say what to make of which bundle.

    url: where the recording is to be found, or empty; practice: instead of the bundle's; locale:
    whose numbers to call are shown, None for the bundle's; paper: None for the locale's;
    transcript: with what is said, on further pages; force: over any file; given: what the client
    gets beside it, whose way back to the room it tells.
    """

    bundle: Path
    target: Path
    url: str = ""
    practice: Practice = NO_PRACTICE
    locale: str | None = None
    paper: PaperName | None = None
    transcript: bool = False
    force: bool = False
    given: GivenForms = "all"


@dataclass(frozen=True, slots=True)
class Handout:
    """Hold what was made: its file, its paper, and what it says."""

    path: Path
    paper: Paper
    sheet: Sheet


def make_handout(request: HandoutRequest) -> Handout:
    """Write a handout, whole or not at all. Raises UsageError, BundleError."""
    target = request.target
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"“{target.name}” is no name of a page.",
            Hint("End it in .html or .pdf.", Remedy("target", f"{target.stem or 'page'}.html")),
        )
    if request.url:
        check_address(request.url)
    folder = bundle_of(request.bundle)
    manifest = read_manifest(folder)
    check_place(target, force=request.force)
    sheet = sheet_of(manifest, request.practice, request.locale, request.given)
    paper = PAPERS[request.paper or paper_for(sheet.locale)]
    spoken = spoken_parts(manifest, sheet.words) if request.transcript else ()
    html = handout_html(sheet, paper, request.url, spoken)
    content = pdf_of(html) if target.suffix.lower() == ".pdf" else html.encode("utf-8")
    write_own(target, content, force=request.force)
    return Handout(target, paper, sheet)


def bundle_of(path: Path) -> Path:
    """Return the folder of the bundle that is meant, also by a file in it. Raises UsageError."""
    folder = path if path.is_dir() else path.parent
    if not is_bundle(folder) or not path.exists():
        raise UsageError(
            f"“{path}” is not a bundle.",
            f"Name the folder that a session was rendered to, with {MANIFEST} in it.",
        )
    return folder
