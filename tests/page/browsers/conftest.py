"""Browsers that are not Chromium."""

from __future__ import annotations

import contextlib
from functools import cache, partial

import pytest
from bidi import Bidi
from desktop import environment
from firefox import FirefoxPage, firefox
from listening import Listener
from webkit import WebKitPage, webkit

__all__ = ["environment"]


class FirefoxListener(FirefoxPage, Listener):
    """One listener with one page in Firefox."""


class WebKitListener(WebKitPage, Listener):
    """One listener with one page in WebKitGTK."""


@pytest.fixture(scope="module")
def foxes(environment, tmp_path_factory):
    """Return a Firefox whose pages may run scripts, or none; each is started once."""
    with contextlib.ExitStack() as stack:

        @cache
        def fox(scripts: bool) -> Bidi:
            profile = tmp_path_factory.mktemp("profile")
            # A page that is used day by day may play without a tap.
            settings = {"media.autoplay.default": 0, "javascript.enabled": scripts}
            return stack.enter_context(firefox(profile, environment, settings))

        yield fox


@pytest.fixture(params=["firefox", "webkit"])
def listening(request, environment):
    """Open a page with nothing remembered; nothing may complain in it or leave the machine."""
    with contextlib.ExitStack() as stack:

        def listening(address: str, *, scripts: bool = True) -> Listener:
            if request.param == "firefox":
                fox = request.getfixturevalue("foxes")(scripts)
                one = stack.enter_context(contextlib.closing(FirefoxListener(fox, address)))
            else:
                one = stack.enter_context(
                    webkit(address, environment, scripts=scripts, kind=WebKitListener)
                )
            stack.callback(one.check)
            return one

        yield listening


@pytest.fixture
def opened(listening, evening):
    """Open the evening's page from the disk."""
    return partial(listening, (evening.folder / "index.html").as_uri())
