"""Word what was made to be sent: how large it is, and what its smaller sound costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from serguide.bundle.limits import EMAIL, megabytes
from serguide.bundle.model import TRANSCRIPT

if TYPE_CHECKING:
    from pathlib import Path

    from serguide.bundle.publish import Rendered
    from serguide.encode.base import Format

_WHAT = {
    ".html": "One page with everything inside",
    ".zip": "All of it in a zip, each sound once (tracks/ is left out)",
    ".m4b": "The audiobook, for an iPhone",
}
"""What is made to be sent, by its suffix."""

_CLEAR, _HARDLY, _DULLER = (
    "the voice is as clear as ever",
    "the voice is hardly less clear",
    "the voice is a little duller",
)
_HEARD = {
    ("opus", 24): _DULLER,
    ("m4a", 96): _HARDLY,
    ("m4a", 64): _HARDLY,
    ("m4a", 48): _DULLER,
}
"""By format and kilobits, where the voice measures as no longer the same (docs/sizes.md)."""

_LATE = {
    ".mp4": "it needs a browser of 2023 or later (Safari 17)",
    ".opus": "on an iPhone or Mac it needs a system of 2025 or later (iOS 18.4, Safari 18.4)",
}
"""By the suffix of its files, where not everything plays Opus."""


def sent(done: Rendered, *, asked: bool) -> Iterator[str]:
    """Yield a line for each file that was made to be sent, or for a session in another sound.

    asked: a bit rate or a size was asked for.
    """
    from serguide.encode.asked import told  # with all formats

    made, sounds = done.made, done.sounds
    pairs = (
        (made.page, sounds.page),
        (made.zip, sounds.files),
        (made.audiobook, sounds.audiobook),
    )
    for path, sound in pairs:
        if path and sound:
            yield f"{_line(path)} Sound: {told(sound)}{_costs(sound)}."
    yield from _apart(done)
    if made.audiobook:
        ground = done.contents.ground.path
        texts = f"{ground} and {TRANSCRIPT}, with the numbers"
        yield f"It holds the session alone: send {texts}, along."
    if asked and not made.paths:
        session, sound = done.folder / done.contents.audio.path, sounds.files
        yield f"{_line(session)} Sound: {told(sound)}{_costs(sound)}."


def _apart(done: Rendered) -> Iterator[str]:
    """Yield what a balance that the listener can set takes: the sizes without it and with it."""
    balance = done.contents.balance
    if balance is None:
        return
    more = (done.folder / balance.path).stat().st_size
    files = [done.contents.audio.path, done.contents.ground.path]
    plain = sum((done.folder / name).stat().st_size for name in files)
    sizes = [f"the sound that its folder plays takes {_grown(plain, more)}"]
    if page := done.made.page:
        size = page.stat().st_size
        inside = (more + 2) // 3 * 4
        sizes.append(f"the page {_grown(size - inside, inside)}")
    if packed := done.made.zip:
        size = packed.stat().st_size
        sizes.append(f"the zip {_grown(size - more, more)}")
    yield (
        f"Voice and soundscape are in {balance.path} apart, to be balanced on the page: "
        f"{', '.join(sizes)}."
    )


def _grown(before: int, more: int) -> str:
    return f"{megabytes(before + more)} instead of {megabytes(before)}"


def still_there(paths: Iterable[Path]) -> Iterator[str]:
    """Yield a line for each file that was made to be sent by an earlier render."""
    return map(_line, paths)


def _line(path: Path) -> str:
    what = _WHAT.get(path.suffix, "The session's file")
    size = path.stat().st_size
    note = "; that is more than most e-mail services carry" if size > EMAIL else ""
    return f"{what}: {path}, {megabytes(size)}{note}."


def _costs(sound: Format) -> str:
    """Return what is lost against the usual sound, in words; empty where nothing is."""
    if sound.rate is None:
        return ""
    voice = _HEARD.get((sound.name, sound.rate.kilobits), _CLEAR)
    width = "the soundscape comes from the middle" if sound.rate.channels == 1 else ""
    parts = [voice, width, _LATE.get(sound.suffix, "")]
    return ": " + "; ".join(part for part in parts if part)
