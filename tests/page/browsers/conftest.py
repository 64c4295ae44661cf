"""Browsers that are not Chromium."""

from __future__ import annotations

import contextlib
from functools import cache, partial

import pytest
from bidi import Bidi
from desktop import loudspeaker, screen
from firefox import FirefoxListener, firefox
from listening import Listener
from webkit import webkit


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    with screen() as seen, loudspeaker(tmp_path_factory.mktemp("loudspeaker")) as heard:
        yield seen | heard


@pytest.fixture(scope="module")
def foxes(environment, tmp_path_factory):
    """Return a Firefox whose pages may run scripts, or none; each is started once."""
    with contextlib.ExitStack() as stack:

        @cache
        def fox(scripts: bool) -> Bidi:
            profile = tmp_path_factory.mktemp("profile")
            return stack.enter_context(firefox(profile, environment, scripts=scripts))

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
                one = stack.enter_context(webkit(address, environment, scripts=scripts))
            stack.callback(one.check)
            return one

        yield listening


@pytest.fixture
def opened(listening, evening):
    """Open the evening's page from the disk."""
    return partial(listening, (evening.folder / "index.html").as_uri())
