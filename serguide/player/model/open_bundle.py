"""Open a bundle, one of its files, or any sound file for playing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from serguide.base.errors import BundleError
from serguide.base.language import region
from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.manifest_reading import Details, Manifest, read_manifest
from serguide.bundle.model import MANIFEST
from serguide.bundle.recognise import is_bundle
from serguide.notices.model import Contact
from serguide.player.model.playable import Ground, Playable, PlayableFile, PlayablePart, place_key
from serguide.player.model.score import Score


def open_playable(path: Path) -> Playable:
    """Return what there is to play in a bundle's folder or a sound file.

    Raises BundleError, also when the folder is not a bundle.
    """
    if path.is_dir():
        if not (path / MANIFEST).is_file():
            raise BundleError(f"“{path}” holds no session.", "Name the folder of a bundle.")
        return _bundle(path, None)
    if path.name == MANIFEST:
        return _bundle(path.parent, None)
    if path.suffix.lower() in (".html", ".htm"):
        raise BundleError(
            f"“{path}” is a page: a browser plays it.",
            "Open it by a double click; or name the bundle's folder, or its sound file.",
        )
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
    back = folder / details.ground
    score = Score.of((0, event) for event in details.ground_events)
    if file is not None and _same(file, back):
        return replace(Playable.of_file(file), score=score, language=manifest.language)
    ground = Ground(back, score) if back.is_file() else None
    for number, track in enumerate(details.tracks):
        # In a bundle without files of its tracks, each track is told of in the session's.
        own = track.audio != details.audio
        if file is not None and own and _same(file, folder / track.audio):
            return _session(manifest, (PlayableFile(file),), ground, number)
    if file is not None and not _same(file, folder / details.audio):
        return Playable.of_file(file, ground)
    whole = folder / details.audio
    pieces = (PlayableFile(whole),) if whole.is_file() else tuple(_tracks(folder, details))
    return _session(manifest, pieces, ground, None)


def _session(
    manifest: Manifest, pieces: tuple[PlayableFile, ...], ground: Ground | None, only: int | None
) -> Playable:
    """Return the session, or the one of its tracks that is numbered `only`."""
    details = manifest.serguide
    first = details.tracks[only].start if only is not None else 0
    events = (
        (-first, event)
        for event in details.events
        if only in (None, event.track) and event.start >= first
    )
    return Playable(
        key=place_key(manifest.id, "" if only is None else details.tracks[only].audio),
        title=manifest.name,
        pieces=pieces,
        ground=ground,
        parts=_parts(details, only),
        score=Score.of(events),
        language=manifest.language,
        about=manifest.description,
        ending=details.ending if only is None else None,
        cautions=details.notices.cautions,
        contacts=tuple(_contacts(details)),
        grounding_only=details.notices.grounding_only,
        made_for=details.notices.made_for,
        giver=details.notices.supervised_by or details.notices.practice.name,
    )


def _tracks(folder: Path, details: Details) -> Iterator[PlayableFile]:
    """Yield the tracks, each up to where the next begins, in place of a session file."""
    starts = [track.start for track in details.tracks]
    ends = [*starts[1:], details.tracks[-1].end]
    for track, start, end in zip(details.tracks, starts, ends, strict=True):
        yield PlayableFile(folder / track.audio, Samples(end - start))


def _parts(details: Details, only: int | None) -> tuple[PlayablePart, ...]:
    """Return the tracks, and the chapters in them, of the session or of one track."""
    found: dict[int, tuple[str, bool]] = {}
    for number, track in enumerate(details.tracks):
        if only not in (None, number):
            continue
        first = track.start if only is not None else 0
        for chapter in track.chapters:
            found.setdefault(max(0, chapter.start - first), (chapter.title, True))
        found[track.start - first] = (track.title, False)
    return tuple(PlayablePart(Samples(start), *found[start]) for start in sorted(found))


def _contacts(details: Details) -> Iterator[Contact]:
    """Yield whom to call; those of the locale's country first, in the order of the manifest."""
    home = region(details.notices.locale)
    for contact in sorted(details.notices.contacts, key=lambda contact: contact.country != home):
        yield Contact(**contact.model_dump())


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
