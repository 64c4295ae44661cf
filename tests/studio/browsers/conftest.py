"""The studio in browsers that are not Chromium."""

from __future__ import annotations

import contextlib

import pytest
from desktop import environment
from firefox import FirefoxPage, firefox
from webkit import webkit

__all__ = ["environment"]


class FirefoxDesk(FirefoxPage):
    """A person at the studio in Firefox, with a mouse."""

    pointer = "mouse"


@pytest.fixture(scope="module")
def fox(environment, tmp_path_factory):
    """A Firefox as one installs it: no sound before a click. It has a microphone that hums."""
    settings = {
        "media.navigator.streams.fake": True,
        "media.navigator.permission.disabled": True,
    }
    with firefox(tmp_path_factory.mktemp("profile"), environment, settings) as bidi:
        yield bidi


@pytest.fixture(params=["firefox", "webkit"])
def person(request, environment, desk):
    """Somebody who has just started the studio."""
    with contextlib.ExitStack() as stack:
        if request.param == "firefox":
            bidi = request.getfixturevalue("fox")
            one = stack.enter_context(contextlib.closing(FirefoxDesk(bidi, desk.address)))
        else:
            one = stack.enter_context(webkit(desk.address, environment))
        one.name = request.param
        yield one
