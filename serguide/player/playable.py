"""What is played: a bundle, one of its files, or any sound file; its parts and its captions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from serguide.bundle.contents import MANIFEST
from serguide.bundle.reading import Details, is_bundle, read_manifest
from serguide.errors import BundleError
from serguide.units import SAMPLERATE, Samples


@dataclass(frozen=True, slots=True)
class Part:
    """Name a part that a listener can jump to; start in samples of what is played."""

    start: Samples
    title: str


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold one sentence; start and end in samples of what is played, end exclusive."""

    start: Samples
    end: Samples
    text: str


@dataclass(frozen=True, slots=True)
class Playable:
    """Hold all that a player needs; parts and captions in order, the first part at 0."""

    title: str
    audio: Path
    ground: Path | None
    parts: tuple[Part, ...]
    captions: tuple[Caption, ...] = ()

    @classmethod
    def of_file(cls, path: Path, ground: Path | None = None) -> Playable:
        """Return a sound file of which nothing else is known."""
        return cls(path.stem, path, ground, (Part(Samples(0), path.stem),))

    def part_at(self, position: int) -> int:
        """Return the number of the part that a position lies in, from 0."""
        return max(0, bisect_right(self.parts, position, key=lambda part: part.start) - 1)

    def caption_at(self, position: int) -> Caption | None:
        """Return the caption that is spoken at a position, or was the last before it."""
        number = bisect_right(self.captions, position, key=lambda caption: caption.start)
        return self.captions[number - 1] if number else None


def open_playable(path: Path) -> Playable:
    """Return what there is to play in a bundle's folder or a sound file.

    Raises BundleError, also when the folder is not a bundle.
    """
    if path.is_dir():
        if not (path / MANIFEST).is_file():
            raise BundleError(
                f"“{path}” holds no session.", "Name a folder that `serguide render` wrote."
            )
        return _bundle(path, None)
    if path.name == MANIFEST:
        return _bundle(path.parent, None)
    home = next((folder for folder in list(path.absolute().parents)[:2] if is_bundle(folder)), None)
    if home is None:
        return Playable.of_file(path)
    return _bundle(home, path)


def _bundle(folder: Path, file: Path | None) -> Playable:
    """Return a bundle's session, or what one of its files plays of it."""
    manifest = read_manifest(folder)
    details = manifest.serguide
    if details.samplerate != SAMPLERATE:
        raise BundleError(
            f"“{folder}” counts {details.samplerate} samples a second, not {SAMPLERATE}.",
            "Play its session file by itself, outside of the folder.",
        )
    ground = folder / details.ground
    if file is not None and _same(file, ground):
        return Playable.of_file(file)
    for number, track in enumerate(details.tracks):
        if file is not None and _same(file, folder / track.audio):
            return Playable(
                manifest.name, file, ground, _parts(details, number), _captions(details, number)
            )
    if file is not None and not _same(file, folder / details.audio):
        return Playable.of_file(file, ground)
    return Playable(
        manifest.name, folder / details.audio, ground, _parts(details), _captions(details)
    )


def _parts(details: Details, only: int | None = None) -> tuple[Part, ...]:
    """Return the tracks, and the chapters in them, of the session or of one track."""
    found: dict[int, str] = {}
    for number, track in enumerate(details.tracks):
        if only not in (None, number):
            continue
        first = track.start if only is not None else 0
        for chapter in track.chapters:
            found.setdefault(max(0, chapter.start - first), chapter.title)
        found[track.start - first] = track.title
    return tuple(Part(Samples(start), found[start]) for start in sorted(found))


def _captions(details: Details, only: int | None = None) -> tuple[Caption, ...]:
    first = details.tracks[only].start if only is not None else 0
    return tuple(
        Caption(Samples(event.start - first), Samples(event.end - first), event.text)
        for event in sorted(details.events, key=lambda event: event.start)
        if event.kind == "say" and only in (None, event.track) and event.start >= first
    )


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
