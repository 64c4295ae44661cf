"""Tell how large what is made of a plan will be, before any sound is."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.companions import COMPANIONS
from serguide.bundle.manifest import manifest_json
from serguide.bundle.model import BALANCE, AudioFile, Contents
from serguide.bundle.page.html import PageSources, data_uri, page_html
from serguide.encode.base import Format
from serguide.encode.formats import STEMS_OPUS
from serguide.render.measures import SessionLoudness
from serguide.render.plan import Plan

_VARIES: Final = 1.06
"""What a variable rate may come out larger by; nothing over many minutes, a little over few."""

_TAGS: Final = 6_000
"""Bytes of titles and chapters, beside the cover, and of a zip's directory."""

_UNKNOWN: Final = "0" * 64


class Sizes:
    """Tell sizes in bytes by the format of the sound.

    cover: a PNG; drawings: as in Contents; balance: voice and bed are there apart, too.
    """

    def __init__(
        self, plan: Plan, cover: bytes, drawings: tuple[str, ...], *, balance: bool = False
    ) -> None:
        self._plan = plan
        self._balance = balance
        self._cover = cover
        self._drawings = drawings
        self._session = plan.timeline.frames
        self._ground = plan.timeline.ground.frames

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

    @property
    def _apart(self) -> int:
        return sound_bytes(STEMS_OPUS, self._session) if self._balance else 0

    @property
    def _tagged(self) -> int:
        return len(self._cover) * 4 // 3 + _TAGS

    @cached_property
    def _page(self) -> int:
        sources = PageSources("", "", data_uri("image/png", self._cover), alone=True)
        return len(page_html(self._draft, sources).encode())

    @cached_property
    def _draft(self) -> Contents:
        """Return the bundle's contents as far as they are known now; the rest is as long."""
        timeline, jobs = self._plan.timeline, self._plan.jobs

        def file(path: str, start: int, frames: int) -> AudioFile:
            return AudioFile(path, _UNKNOWN, Samples(start), Samples(start + frames))

        parts = zip(jobs, timeline.starts, strict=False)
        return Contents(
            timeline=timeline,
            audio=file(f"session{_suffix(jobs[-1].path)}", 0, self._session),
            tracks=tuple(file(job.path, start, job.frames) for job, start in parts),
            ground=file(jobs[-1].path, 0, self._ground),
            loudness=SessionLoudness(-18.0, -18.0, -1.5),
            notices=self._plan.notices,
            drawings=self._drawings,
            balance=file(BALANCE, 0, self._session) if self._balance else None,
        )


def sound_bytes(format_: Format, frames: int) -> int:
    """Return how many bytes so many samples take; 0 for FLAC, of which nobody knows before."""
    if format_.rate is None:
        return 0 if format_.name == "flac" else frames * 4
    bits = format_.rate.kilobits * 1000
    if format_.overhead:
        bits = round((bits + format_.overhead) * _VARIES)
    return bits * frames // SAMPLERATE // 8


def _suffix(path: str) -> str:
    return path[path.rindex(".") :]
