"""Print a handout to PDF with what a machine has: a browser of Chromium's family, or WeasyPrint."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from serguide.base.errors import BundleError, UsageError

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge", "brave-browser",
)  # fmt: skip
"""Programs that print without a window, by their names."""

_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_FLAGS = (
    "headless", "disable-gpu", "no-first-run", "no-default-browser-check",
    "disable-background-networking", "disable-component-update", "disable-sync",
    "disable-extensions", "no-pdf-header-footer",
)  # fmt: skip

_PATIENCE = 120  # seconds; a browser that starts on a busy machine

_INSTEAD = (
    "Write it as HTML (a name in .html), open that in any browser, print it, and choose “Save as "
    "PDF” there"
)


def pdf_of(html: str) -> bytes:
    """Return a page as PDF. Raises UsageError without a program that prints, BundleError."""
    browser = find_browser()
    if browser is not None:
        return _by_browser(browser, html)
    if importlib.util.find_spec("weasyprint") is not None:
        return _by_weasyprint(html)
    raise UsageError(
        "To make a PDF, Chromium, Chrome, Edge or WeasyPrint has to be on this machine.",
        f"{_INSTEAD}.",
    )


def find_browser() -> str | None:
    """Return the path of a browser that prints to PDF, or None."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or next((str(path) for path in _usual_places() if path.is_file()), None)


def _usual_places(platform: str = sys.platform) -> Iterator[Path]:
    """Yield where browsers lie that no search path leads to."""
    if platform == "darwin":
        for name in _MAC:
            yield Path("/Applications") / f"{name}.app" / "Contents" / "MacOS" / name
    elif platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
            if root := os.environ.get(variable):
                yield from (Path(root) / place for place in _WINDOWS)


def _by_browser(browser: str, html: str) -> bytes:
    # The folder is this user's alone: a client's name may stand in the page.
    folder = Path(tempfile.mkdtemp(prefix="serguide-"))
    page, printed = folder / "handout.html", folder / "handout.pdf"
    flags = [*_FLAGS, f"user-data-dir={folder / 'profile'}", f"print-to-pdf={printed}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium does not start otherwise; all it opens is our own page without scripts.
        flags.append("no-sandbox")
    command = [browser, *(f"--{flag}" for flag in flags), page.as_uri()]
    try:
        page.write_text(html, encoding="utf-8")
        subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE)
        return printed.read_bytes()
    except (OSError, subprocess.TimeoutExpired):
        raise BundleError(f"{browser} did not print the page.", f"{_INSTEAD}.") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _by_weasyprint(html: str) -> bytes:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # too old, or its libraries are not there
        raise BundleError(f"WeasyPrint cannot print here: {error}.", f"{_INSTEAD}.") from error
    # A page loads what stands in it, and nothing else.
    fetcher = URLFetcher(allowed_protocols={"data"})
    printed: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf()
    return printed
