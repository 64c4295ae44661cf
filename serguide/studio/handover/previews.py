"""Previews of the client's page: addresses that nobody guesses, forgotten when the studio ends."""

from __future__ import annotations

import io
import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from serguide.bundle.bundle_draft import draft_contents
from serguide.bundle.inventory import bundle_files
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import PAGE
from serguide.bundle.page.html import PageSources, data_uri, page_html
from serguide.handout.sheet import GivenForms
from serguide.studio.handover.handover_making import BUNDLE
from serguide.studio.handover.handover_queue import require_ended
from serguide.studio.handover.records import Records
from serguide.studio.handover.session_for import drafted, session_for
from serguide.studio.studio import Studio

_MOST: Final = 24
"""Previews that are held; the oldest are forgotten first."""

_RATE: Final = 8000  # samples a second of silence


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold pages by their names, or name a bundle's folder and the files in it.

    who: the client whose page it is, or empty; ident: of what was handed over, or empty.
    """

    pages: dict[str, bytes] = field(default_factory=dict)
    folder: Path | None = None
    files: frozenset[str] = frozenset()
    who: str = ""
    ident: str = ""


class Previews:
    """Give each preview an address of 128 random bits, and answer what is asked for there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Preview] = OrderedDict()

    def add(self, preview: Preview) -> str:
        """Return the folder of a new preview's addresses, `/preview/…/`."""
        token = secrets.token_hex(16)
        with self._lock:
            self._held[token] = preview
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return f"/preview/{token}/"

    def forget(self, people: Collection[str] = (), idents: Collection[str] = ()) -> None:
        """End the previews of clients, by their names, and of what was handed over."""
        names = {each.casefold() for each in people if each}
        with self._lock:
            for token, each in list(self._held.items()):
                if each.who.casefold() in names or each.ident in idents:
                    del self._held[token]

    def answer(self, token: str, path: str) -> Response:
        """Return a file of a preview; 404 for what is none of it."""
        with self._lock:
            preview = self._held.get(token)
        name = path or PAGE
        if preview and name in preview.pages:
            return HTMLResponse(preview.pages[name])
        if preview and preview.folder and name in preview.files:
            file = preview.folder / name
            if file.is_file() and not file.is_symlink():
                return FileResponse(file)
        return Response("There is nothing here any more.", 404, media_type="text/plain")

    async def endpoint(self, request: Request) -> Response:
        """Answer a request for `/preview/TOKEN/PATH`."""
        return self.answer(request.path_params["token"], request.path_params["path"])


def preview_before(
    studio: Studio, name: str, who: str, address: str = "", given: GivenForms = "page"
) -> Preview:
    """Return the page and the handout of a session before it is made; its sound is silence.

    address: what the handout leads to, or empty; given: what goes along with it. Raises UsageError,
    ScriptError.
    """
    session = session_for(studio, name, who)
    contents, cover = drafted(studio, session)
    quiet, room = (
        data_uri("audio/flac", silence(frames))
        for frames in (session.timeline.frames, session.timeline.ground.frames)
    )
    sources = PageSources(quiet, room, data_uri("image/png", cover), alone=True)
    page = page_html(contents, sources).encode()
    plain = draft_contents(session.timeline, contents.notices)
    pages = {PAGE: page, "handout.html": _handout(manifest_json(plain), address, given)}
    return Preview(pages, who=session.who)


def preview_of(studio: Studio, ident: str) -> Preview:
    """Return what was handed over, as it was made. Raises UsageError, BundleError."""
    records = Records(studio.library)
    found = records.find(ident)
    require_ended(found)
    folder = records.folder / ident / BUNDLE
    pages = {}
    for path in (records.folder / ident / "files").glob("*-handout.html"):
        pages["handout.html"] = path.read_bytes()
    return Preview(pages, folder, frozenset(bundle_files(folder)), found.who, ident)


@lru_cache(_MOST)
def silence(frames: int) -> bytes:
    """Return silence as a FLAC file, as long as so many samples of a session."""
    import numpy as np
    import soundfile

    from serguide.base.units import SAMPLERATE

    out = io.BytesIO()
    length = max(1, frames * _RATE // SAMPLERATE)
    soundfile.write(out, np.zeros(length, np.int16), _RATE, format="FLAC", subtype="PCM_16")
    return out.getvalue()


def _handout(manifest: str, address: str, given: GivenForms) -> bytes:
    import json

    from serguide.bundle.manifest_reading import Manifest
    from serguide.handout.handout_html import handout_html
    from serguide.handout.paper import PAPERS, paper_for
    from serguide.handout.qr_code import check_address
    from serguide.handout.sheet import sheet_of

    if address:
        check_address(address)
    data: Any = json.loads(manifest)
    sheet = sheet_of(Manifest.model_validate(data), given=given)
    return handout_html(sheet, PAPERS[paper_for(sheet.locale)], address).encode()
