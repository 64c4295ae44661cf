"""Write a handout as one HTML file that prints right by itself, with nothing beside it."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from serguide.base.printable import seen
from serguide.base.templates import templates
from serguide.bundle.page.page_text import telephone, tongue
from serguide.drawing.palette import LIGHT
from serguide.handout.paper import MARGINS, Paper
from serguide.handout.qr_code import qr_data_uri
from serguide.handout.sheet import Sheet
from serguide.handout.transcript_pages import SpokenPart
from serguide.handout.type_size import size_for


def handout_html(
    sheet: Sheet, paper: Paper, url: str = "", spoken: tuple[SpokenPart, ...] = ()
) -> str:
    """Write the handout; url: where the recording is, or empty; spoken: for further pages."""
    style = _style(paper, size_for(sheet, url))
    return seen(
        templates("serguide.handout")
        .get_template("handout.html")
        .render(
            sheet=sheet,
            say=sheet.words.say,
            ui=sheet.words.language,
            policy=Markup(_policy(style)),
            style=Markup(style),
            tongue=tongue,
            telephone=telephone,
            url=url,
            code=qr_data_uri(url) if url else "",
            spoken=spoken,
        )
    )


def _style(paper: Paper, size: float) -> str:
    """Return the style of a paper; size: of type, in points."""
    template = templates("serguide.handout").get_template("handout.css")
    return template.render(paper=paper, margins=MARGINS, size=size, colours=LIGHT)


def _policy(style: str) -> str:
    """Return the Content-Security-Policy: this style, pictures inside, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
