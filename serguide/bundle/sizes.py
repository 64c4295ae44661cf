"""Tell how large what is made of a plan will be, before any sound is."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from serguide.base.units import SAMPLERATE
from serguide.bundle.companions import COMPANIONS
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import Contents
from serguide.bundle.page.html import PageSources, data_uri, page_html
from serguide.encode.base import Format
from serguide.encode.formats import STEMS_OPUS

_VARIES: Final = 1.06
"""What a variable rate may come out larger by; nothing over many minutes, a little over few."""

_LOCK: Final = 24_000
"""Bytes of a sealed page beside what it holds, about: its script, its style, its words."""

_TAGS: Final = 6_000
"""Bytes of titles and chapters, beside the cover, and of a zip's directory."""


class Sizes:
    """Tell sizes in bytes by the format of the sound.

    draft: the bundle's contents as far as they are known; cover: a PNG.
    """

    def __init__(self, draft: Contents, cover: bytes) -> None:
        self._draft = draft
        self._cover = cover
        self._session = draft.timeline.frames
        self._ground = draft.timeline.ground.frames

    def session(self, format_: Format) -> int:
        """Return the size of the session's one file."""
        return sound_bytes(format_, self._session) + self._tagged

    def audiobook(self, format_: Format) -> int:
        """Return the size of the audiobook, whose chapters are a track of their own."""
        return self.session(format_)

    def zipped(self, format_: Format) -> int:
        """Return the size of the zip: the session, the way back to the room, all texts."""
        texts = sum(len(text(self._draft).encode()) for text in COMPANIONS.values())
        texts += len(manifest_json(self._draft).encode()) + len(self._cover)
        sound = sound_bytes(format_, self._session) + sound_bytes(format_, self._ground)
        return texts + sound + self._apart + 2 * self._tagged

    def page(self, format_: Format) -> int:
        """Return the size of the page with everything inside."""
        sound = sound_bytes(format_, self._session) + sound_bytes(format_, self._ground)
        return self._page + (sound + self._apart + 4_000) * 4 // 3

    def sealed(self, format_: Format) -> int:
        """Return the size of the page that opens with a passphrase, without the single tracks."""
        return self.zipped(format_) * 4 // 3 + _LOCK

    def folder(self, format_: Format) -> int:
        """Return the size of the folder for a website: each part is there by itself, too."""
        return self.zipped(format_) + sound_bytes(format_, self._session)

    @property
    def _apart(self) -> int:
        return sound_bytes(STEMS_OPUS, self._session) if self._draft.balance else 0

    @property
    def _tagged(self) -> int:
        return len(self._cover) * 4 // 3 + _TAGS

    @cached_property
    def _page(self) -> int:
        sources = PageSources("", "", data_uri("image/png", self._cover), alone=True)
        return len(page_html(self._draft, sources).encode())


def sound_bytes(format_: Format, frames: int) -> int:
    """Return how many bytes so many samples take; 0 for FLAC, of which nobody knows before."""
    if format_.rate is None:
        return 0 if format_.name == "flac" else frames * 4
    bits = format_.rate.kilobits * 1000
    if format_.overhead:
        bits = round((bits + format_.overhead) * _VARIES)
    return bits * frames // SAMPLERATE // 8
