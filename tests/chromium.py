"""A real Chromium, driven by Playwright, that speaks to nobody but the tests."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from needed import program

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


def microphone(sound: Path | None = None) -> tuple[str, ...]:
    """Return flags for a microphone that may be listened to; sound: a WAV that it hears once."""
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    return (*flags, f"--use-file-for-fake-audio-capture={sound}%noloop") if sound else flags


@contextlib.contextmanager
def chromium(*more: str):
    """Start a Chromium, closed when the block ends.

    Its pages may play without a tap, as one that is used day by day may. SLOW_MOTION: milliseconds
    between steps, in a window (docs/CONTRIBUTING.md, failures in slow motion).
    """
    path = program(*_BROWSERS, package="chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    slow = float(os.environ.get("SLOW_MOTION", "0"))
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*_FLAGS, *more], headless=not slow, slow_mo=slow
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def faultless_page(browser, address: str, **options):
    """Give a page at an address, as wide as a desk; what goes wrong in it fails the test.

    options: of the browser's new context, in place of these.
    """
    usual = {"viewport": {"width": 1360, "height": 860}, "locale": "en-GB"}
    context = browser.new_context(**(usual | options))
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    page.goto(address)
    yield page
    context.close()
    assert faults == []


def until(page, true, seconds: float = 60.0):
    """Wait until something is so; return it."""
    for _ in range(round(seconds * 20)):
        found = true()
        if found:
            return found
        page.wait_for_timeout(50)
    raise AssertionError("it did not come about in time")
