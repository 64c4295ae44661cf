"""The five screens' pages: a frame with the interface's words, and nothing of anybody's in it.

A screen is `templates/NAME.html` (extends `shell.html`), `words/LANGUAGE/NAME.json`,
`static/NAME/main.js` and `static/style/NAME.css`; all it shows comes by fetch.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from serguide.base.templates import templates
from serguide.studio.studio import Studio
from serguide.studio.words import screen_words, words_json

SCREENS: Final = ("shelf", "session", "words", "read", "handover")

_PACKAGE = Path(__file__).parent.parent


def screen_routes() -> list[Route]:
    """Return a route for each screen that is there: `/` is the shelf's, `/NAME` the others'."""
    return [
        Route("/" if name == "shelf" else f"/{name}", _page_of(name))
        for name in SCREENS
        if (_PACKAGE / "templates" / f"{name}.html").is_file()
    ]


def screen_html(name: str, studio: Studio) -> str:
    """Return a screen's frame in the interface's language and face."""
    table = screen_words(name, studio.language)

    def say(key: str) -> str:
        phrase = table[key]
        assert isinstance(phrase, str)
        return phrase

    return (
        templates("serguide.studio")
        .get_template(f"{name}.html")
        .render(
            screen=name,
            language=studio.language,
            face=studio.preferences.face,
            say=say,
            words=Markup(words_json(table)),  # which leaves no < in it
        )
    )


def _page_of(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return HTMLResponse(screen_html(name, request.app.state.studio))

    return page
