"""Open a soundscape as a bed: by name, or by the path of a recipe or an audio file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.hints import SEE_SOUNDSCAPES
from serguide.base.nearest import did_you_mean
from serguide.base.units import Samples
from serguide.soundscapes.loop import Keep, LoopBed, make_anew
from serguide.soundscapes.recipe import load_recipe

RECIPE_SUFFIXES = frozenset({".yaml", ".yml"})
"""Endings of recipes."""

AUDIO_SUFFIXES = frozenset(
    {".wav", ".mp3", ".m4a", ".flac", ".ogg", ".opus", ".aac", ".aiff", ".aif"}
)
"""Endings by which an audio file is told from a name."""


@runtime_checkable
class Bed(Protocol):
    """Sound without an end, as loud as speech is, in constant memory."""

    @property
    def any_place(self) -> bool:
        """Say whether blocks from any place on cost no more than from the beginning."""
        ...

    def blocks(self, frames: Samples, first: int = 0) -> Iterator[Block]:
        """Yield exactly the frames from `first` to `frames`, counted from the bed's beginning.

        first: a whole number of blocks. Blocks have shape (BLOCK_FRAMES, 2), the last may be
        shorter; integrated loudness is REFERENCE_LUFS, so samples may exceed ±1 before a mix
        turns them down. May be called from several threads, each with its own iterator.
        Raises SoundError.
        """
        ...

    def prepare(self, go_on: Callable[[], None] = ...) -> None:
        """Make, or measure, what the first block needs; go_on: called often, raises to end it."""
        ...

    def identity(self) -> Mapping[str, object]:
        """Return all that shapes the sound, for keys of a cache. Raises SoundError."""
        ...


@dataclass(frozen=True, slots=True)
class Soundscape:
    """Describe a soundscape: name (file stem), title, about, its layers' sounds, and path."""

    name: str
    title: str
    about: str
    layers: tuple[str, ...]
    path: Path


def open_bed(
    name: str,
    find: Callable[[str], Path | None],
    *,
    known: Iterable[str] = (),
    keep: Keep = make_anew,
) -> Bed:
    """Open a soundscape by name or path.

    find: returns the path of a name's recipe or audio file in the libraries, or None; known:
    names to suggest when there is no such one; keep: keeps loops once they are made. Raises
    SoundError; ScriptError when a recipe is wrong.
    """
    path = locate(name, find, known=known)
    if path.suffix.lower() in RECIPE_SUFFIXES:
        return LoopBed(load_recipe(path).sounds, keep)
    # PyAV is large: recipes do without it.
    from serguide.soundscapes.recorded.file_bed import FileBed

    return FileBed(path)


def locate(name: str, find: Callable[[str], Path | None], *, known: Iterable[str] = ()) -> Path:
    """Return the path that a soundscape's name or path stands for. Raises SoundError."""
    if "://" in name:
        raise SoundError(
            f"“{name}” is an address, and nothing is fetched from a network",
            "save the file on this machine and give its path",
        )
    found = find(name)
    if found is not None:
        return found
    path = Path(name).expanduser()
    if path.suffix.lower() in RECIPE_SUFFIXES | AUDIO_SUFFIXES or len(path.parts) > 1:
        return path
    raise SoundError(
        f"there is no soundscape “{name}”",
        did_you_mean(
            name,
            known,
            otherwise=SEE_SOUNDSCAPES,
        ),
    )


def describe(path: Path) -> Soundscape:
    """Describe the recipe or audio file at a path, without making any sound.

    Raises ScriptError when a recipe is wrong.
    """
    if path.suffix.lower() in RECIPE_SUFFIXES:
        recipe = load_recipe(path)
        sounds = tuple(str(layer.model_dump()["sound"]) for layer in recipe.sounds)
        return Soundscape(path.stem, recipe.title, recipe.about, sounds, path)
    return Soundscape(path.stem, path.stem, "An audio file, played in a loop.", ("file",), path)
