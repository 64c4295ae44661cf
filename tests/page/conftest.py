"""Real bundles in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from chromium import chromium
from listening import Listening, RangeHandler
from rendering import Bundle, bundle

from serguide.render.plan import RenderSettings

SCRIPTS = {
    "arriving": """
        title: Arriving here
        kind: relaxation
        cues:
          - say: If you like, close your eyes, or rest them on one spot. [1s] Either is fine.
          - say: Notice where your back meets the chair.
          - rest: 4s
          - chapter: The chair
          - say: And let it carry you for a while.
        """,
    "six": """
        title: Easy six
        kind: breathing
        cues:
          - say: If you like, let the next breath leave a little more slowly than it came.
          - breathe: {in: 4s, out: 6s, cycles: 3, guide: words, guide_cycles: 1}
          - say: Now let your breath find its own way.
        """,
    "back": """
        title: Coming back
        kind: grounding
        cues:
          - say: Hear the room.
          - rest: 3s
          - say: Thank you.
        """,
    "here": """
        title: Here
        kind: grounding
        cues:
          - say: Look around. Name five things that you can see.
          - rest: 5s
          - breathe: {in: 2s, out: 3s, cycles: 2, guide: words, guide_cycles: 1}
          - say: You are here, in this room, and there is nothing that you have to do about it now.
        """,
    "by-the-rain": """
        title: By the rain
        kind: relaxation
        soundscape: rain-on-the-roof
        cues:
          - say: If you like, listen to the rain. [1s] Or to nothing at all.
          - rest: 12s
          - say: And let it carry you for a while.
          - rest: 12s
          - say: Thank you.
        """,
    "sessions/rain": """
        title: Rain
        about: With a soundscape.
        ending: alert
        voice: tone
        ground: here
        steps: [by-the-rain]
        """,
    "sessions/evening": """
        title: The first evening
        about: For the evening after a session of bodywork.
        ending: alert
        voice: tone
        soundscape: none
        ground: here
        steps: [arriving, six, back]
        """,
}


def pytest_collection_modifyitems(items):
    """Mark what listens in real time."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


# For a module, not longer: while Playwright runs, nothing else in this process can start a loop.
@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def page_library(tmp_path_factory) -> Path:
    """Write the library that the evening is rendered from."""
    library = tmp_path_factory.mktemp("library")
    for name, text in SCRIPTS.items():
        path = library / "scripts" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = text.strip("\n").splitlines()
        indent = len(lines[0]) - len(lines[0].lstrip())
        path.write_text("\n".join(line[indent:] for line in lines), encoding="utf-8")
    return library


@pytest.fixture(scope="session")
def page_cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def evening(tmp_path_factory, page_library, page_cache) -> Bundle:
    """About seventy seconds in three parts, rendered for real, with its single file and its zip."""
    settings = RenderSettings(single_file=True, zipped=True, locale="DE", supervised_by="Jana Nova")
    folder = tmp_path_factory.mktemp("bundles") / "evening"
    return bundle("evening", folder, library=page_library, cache=page_cache, settings=settings)


@pytest.fixture(scope="session")
def rain(tmp_path_factory, page_library, page_cache) -> Bundle:
    """Less than a minute with a soundscape, and voice and bed apart."""
    settings = RenderSettings(single_file=True, zipped=True, balance=True, locale="DE")
    folder = tmp_path_factory.mktemp("bundles") / "rain"
    return bundle("rain", folder, library=page_library, cache=page_cache, settings=settings)


@pytest.fixture(scope="session")
def serve():
    """Serve a folder on the loopback, with byte ranges; returns its address and a way to stop."""
    with contextlib.ExitStack() as stack:

        def serve(folder: Path):
            server = ThreadingHTTPServer(
                ("127.0.0.1", 0), partial(RangeHandler, directory=str(folder))
            )
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()

            def stop() -> None:
                server.shutdown()
                server.server_close()
                thread.join()

            stack.callback(lambda: thread.is_alive() and stop())
            return f"http://127.0.0.1:{server.server_port}/", stop

        yield serve


@pytest.fixture
def listening(browser):
    """Open a page in a context of its own; nothing may complain in it or leave the machine."""
    with contextlib.ExitStack() as stack:

        def listening(address: str, *, quiet: bool = True, **options) -> Listening:
            context = browser.new_context(**options)
            stack.callback(context.close)
            one = Listening(context.new_page(), address)
            if quiet:
                stack.callback(one.check)
            return one

        yield listening


@pytest.fixture
def opened(listening, evening):
    """Open the evening's page from the disk."""
    return partial(listening, (evening.folder / "index.html").as_uri())
