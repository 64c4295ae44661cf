"""A render request: what to render, with which changes, libraries, voice and target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from serguide.base.units import Seconds
from serguide.notices.model import NO_PRACTICE, Practice


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Say what to render, and what is wanted otherwise than its files say. It can be pickled.

    Its repr has no values: they are a client's, and logs are read by others.

    what: name or path of a script or session; target: the bundle's folder, None for one named
    after it in the current folder; libraries: a therapist's own, looked through first; voice,
    soundscape: a name, or the path of a sound file for the latter; length: in seconds, to be
    fitted to; values: what placeholders are filled with; format_name: a sound file format;
    locale: whose numbers to call are shown, such as `de-AT`; supervised_by: the therapist in
    whose care it is heard; allow_cloud: values may be sent to an online voice; single_file: add
    one page with everything inside; jobs: threads, None for one a core; nearest: take the nearest
    length that can be had where the one that is asked for cannot; practice: whose name and mark the
    bundle shows; keep_others: carry over what lies in the target beside an earlier bundle's files;
    kilobits: a second of sound, None for the format's own; size: bytes that each of what is made to
    be sent may take; any_format: the limit may be kept in another format than format_name; zipped:
    add a zip of the bundle; audiobook: add the session as an M4B; balance: add voice and soundscape
    apart, for the listener to set one against the other on the page; strict_voice: a sentence that
    its recorded voice has not read is refused, where else another voice speaks it.
    """

    what: str | Path
    target: Path | None = None
    libraries: tuple[Path, ...] = ()
    voice: str | None = None
    soundscape: str | None = None
    length: Seconds | None = None
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    format_name: str = "mp3"
    locale: str | None = None
    supervised_by: str = ""
    allow_cloud: bool = False
    single_file: bool = False
    jobs: int | None = None
    nearest: bool = False
    practice: Practice = NO_PRACTICE
    keep_others: bool = False
    kilobits: int | None = None
    size: int | None = None
    any_format: bool = False
    zipped: bool = False
    audiobook: bool = False
    balance: bool = False
    strict_voice: bool = False

    @property
    def folder(self) -> Path:
        """Return the bundle's folder."""
        return self.target or Path(Path(self.what).stem)
