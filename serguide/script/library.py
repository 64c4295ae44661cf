"""Libraries: folders with `scripts/` and `imagery/`, looked through in order."""

from __future__ import annotations

import contextlib
import importlib.resources
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.base.hints import SEE_NAMES, Hint, Remedy
from serguide.base.nearest import did_you_mean

PRONOUNCE_FILE = "pronounce.yaml"
"""The file of a library's words that are spoken differently; see library_pronunciations.py."""

SCRIPT_SUFFIXES = (".yaml", ".yml")
SOUND_SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac", ".aiff", ".aif")
_Stamps = dict[Path, int]
"""When folders last changed, in ns."""

MOST_FILES = 20_000
"""Files that are looked at in one library; more than that is some other folder."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Hold files by name, and the first two of each name that several files have."""

    files: dict[str, Path]
    twice: dict[str, tuple[Path, Path]]


def _clash(name: str, first: Path, second: Path) -> Problem:
    hint = "rename one of them; names are file names without the ending"
    return Problem(str(second), 1, 1, "L032", f"has the same name, {name}, as {first}", hint)


class Library:
    """Look one library's files up by name; what was added, renamed or removed is noticed.

    root: the folder; builtin: it is the one that ships with the program.
    """

    def __init__(self, root: Path, *, builtin: bool = False) -> None:
        self.root = root
        self.builtin = builtin
        self._kept: dict[str, tuple[_Stamps, _Index]] = {}

    @property
    def flat(self) -> bool:
        """Tell whether it has no `scripts/` and `imagery/`: its own files are the scripts."""
        return not any((self.root / folder).is_dir() for folder in ("scripts", "imagery"))

    @property
    def scripts(self) -> dict[str, Path]:
        """Return the scripts and sessions by name.

        Raises ScriptError when two have the same name: which one was meant?
        """
        index = self._scripts()
        if index.twice:
            raise ScriptError(_clash(name, *paths) for name, paths in index.twice.items())
        return index.files

    @property
    def soundscapes(self) -> dict[str, Path]:
        """Return the soundscapes by name: recipes, and a therapist's own sound files."""
        return self._soundscapes().files

    def find_soundscape(self, name: str) -> Path | None:
        """Return the file of a soundscape, or None. Raises ScriptError when there are two."""
        index = self._soundscapes()
        if name in index.twice:
            raise ScriptError([_clash(name, *index.twice[name])])
        return index.files.get(name)

    @property
    def pronounce(self) -> Path | None:
        """Return the file of words that are spoken differently in all its scripts, or None."""
        path = (Path(__file__).parent if self.builtin else self.root) / PRONOUNCE_FILE
        inside = path.parent.resolve()
        return path if path.is_file() and _leads_into(path, inside) else None

    def meanings(self) -> Iterator[tuple[str, str, Path]]:
        """Yield the kind, name and file of all that can be named; of two of a name both."""
        for kind, index in (
            ("script", self._scripts()),
            ("soundscape", self._soundscapes()),
            ("art", self._art()),
        ):
            for name, path in index.files.items():
                yield kind, name, path
            for name, (_, second) in index.twice.items():
                yield kind, name, second
        if self.pronounce is not None:
            yield "pronounce", PRONOUNCE_FILE, self.pronounce

    def _scripts(self) -> _Index:
        folders = ["."] if self.flat else ["scripts", "imagery/scenes"]
        return self._index("scripts", folders, SCRIPT_SUFFIXES, deep=not self.flat)

    def _art(self) -> _Index:
        return _Index({}, {}) if self.flat else self._index("art", ["imagery/art"], (".svg",))

    def _soundscapes(self) -> _Index:
        if self.flat:
            return self._index("soundscapes", ["."], SOUND_SUFFIXES)
        return self._index("soundscapes", ["imagery/soundscapes"], SCRIPT_SUFFIXES + SOUND_SUFFIXES)

    @property
    def art(self) -> dict[str, Path]:
        """Return the covers by name."""
        return self._art().files

    def _index(
        self, what: str, folders: Iterable[str], suffixes: tuple[str, ...], *, deep: bool = False
    ) -> _Index:
        """Return files by name, from the last look while no folder has changed since."""
        kept = self._kept.get(what)
        if kept is not None and _stamps(kept[0]) == kept[0]:
            return kept[1]
        stamps: _Stamps = {}
        found = self._looked_up(folders, suffixes, deep, stamps)
        self._kept[what] = (stamps, found)
        return found

    def _looked_up(
        self, folders: Iterable[str], suffixes: tuple[str, ...], deep: bool, stamps: _Stamps
    ) -> _Index:
        """Look through folders, and note in `stamps` when each had last changed by then."""
        found = _Index({}, {})
        for folder in folders:
            for path in self._files(self.root / folder, deep, stamps):
                if path.suffix.lower() not in suffixes or path == self.root / PRONOUNCE_FILE:
                    continue
                first = found.files.setdefault(path.stem, path)
                if first is not path:
                    found.twice[path.stem] = (first, path)
        return found

    def _files(self, folder: Path, deep: bool, stamps: _Stamps) -> Iterator[Path]:
        inside = self.root.resolve()
        stamps.update(_stamps([folder]))
        seen = 0
        for parent, folders, names in os.walk(folder):
            folders[:] = (
                sorted(name for name in folders if not name.startswith(".")) if deep else []
            )
            stamps.update(_stamps(Path(parent, name) for name in folders))
            here = _leads_into(Path(parent), inside)
            for name in sorted(names):
                seen += 1
                if seen > MOST_FILES:
                    return
                path = Path(parent) / name
                # A link that leads out of the library is not of the library.
                if not name.startswith(".") and (
                    _leads_into(path, inside) if path.is_symlink() else here
                ):
                    yield path


def _stamps(folders: Iterable[Path]) -> _Stamps:
    """Return when each folder last changed, in ns; 0 for one that is not there."""
    stamps = {}
    for folder in folders:
        try:
            stamps[folder] = folder.stat().st_mtime_ns
        except OSError:
            stamps[folder] = 0
    return stamps


def _leads_into(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # links in a circle; RuntimeError up to Python 3.12
        return False


class Libraries:
    """Look names up in several libraries, first match wins."""

    def __init__(self, libraries: Sequence[Library]) -> None:
        self.libraries = tuple(libraries)

    @property
    def roots(self) -> tuple[Path, ...]:
        """Return the libraries' folders, in order."""
        return tuple(library.root for library in self.libraries)

    def names(self) -> dict[str, Path]:
        """Return every script and session that can be named, with the file that wins."""
        return self._merged("scripts")

    def soundscapes(self) -> dict[str, Path]:
        """Return every soundscape that can be named."""
        return self._merged("soundscapes")

    def art(self, name: str) -> Path | None:
        """Return a cover's file, or None."""
        return self._merged("art").get(name)

    def find(self, name: str) -> Path | None:
        """Return the file of a script or session, or None."""
        return next(
            (library.scripts[name] for library in self.libraries if name in library.scripts), None
        )

    def find_soundscape(self, name: str) -> Path | None:
        """Return the file of a soundscape, or None. Raises ScriptError when there are two."""
        found = (library.find_soundscape(name) for library in self.libraries)
        return next((path for path in found if path is not None), None)

    def pronunciations(self, language: str) -> dict[str, str]:
        """Return how words of a language are spoken, by the libraries' `pronounce.yaml`.

        Raises ScriptError when one of them is wrong.
        """
        # Imported here: who only looks for files need not load what reads them.
        from serguide.script.library_pronunciations import words_of

        files = (library.pronounce for library in self.libraries)
        return words_of([path for path in files if path is not None], language)

    def locate(self, name_or_path: str) -> Path:
        """Return the file that a command's argument means. Raises UsageError."""
        looks_like_path = (
            "/" in name_or_path
            or os.sep in name_or_path
            or name_or_path.lower().endswith(SCRIPT_SUFFIXES)
        )
        path = Path(name_or_path)
        if looks_like_path and path.exists():
            return path
        misnamed = _misnamed(path)
        if misnamed is not None:
            raise UsageError(
                f"{misnamed} is a script by its name, and a “.{misnamed.suffix[1:]}” by its ending",
                f"rename it to {misnamed.name.removesuffix(misnamed.suffix)}; in Notepad, choose "
                "“All files” when saving",
            )
        if looks_like_path:
            return path
        found = self.find(name_or_path)
        if found is None:
            raise UsageError(
                f"there is no script or session named “{name_or_path}”",
                did_you_mean(
                    name_or_path,
                    self.names(),
                    otherwise=SEE_NAMES,
                ),
            )
        return found

    def with_home_of(self, path: Path) -> Libraries:
        """Return these libraries, preceded by the one that a file lies in."""
        home = _home(path)
        if any(library.root.resolve() == home.root.resolve() for library in self.libraries):
            return self
        return Libraries([home, *self.libraries])

    def _merged(self, kind: str) -> dict[str, Path]:
        merged: dict[str, Path] = {}
        for library in reversed(self.libraries):
            merged.update(getattr(library, kind))
        return dict(sorted(merged.items()))


def _misnamed(path: Path) -> Path | None:
    """Return the file that is meant by a name and was saved with another ending, as Notepad does.

    `x.yaml.txt` is meant by itself, by `x.yaml` and by `x`.
    """
    for candidate in (path, Path(f"{path}.txt"), Path(f"{path}.yaml.txt")):
        if re.search(r"\.ya?ml\.\w{1,5}$", candidate.name, re.I):
            with contextlib.suppress(OSError):  # a name longer than the disk takes
                if candidate.is_file():
                    return candidate
    return None


def _home(path: Path) -> Library:
    folder = path.absolute().parent
    for parent in [folder, *folder.parents][:6]:
        if parent.name in ("scripts", "imagery") and not (parent / "__init__.py").exists():
            return Library(parent.parent)
    return Library(folder)


def builtin_library() -> Library:
    """Return the library that ships with the program."""
    package = Path(str(importlib.resources.files("serguide")))
    installed = package / "library"
    return Library(installed if installed.is_dir() else package.parent, builtin=True)


def open_libraries(folders: Iterable[str | Path]) -> Libraries:
    """Return a therapist's libraries, in order, and the built-in one. Raises UsageError."""
    libraries = []
    for folder in folders:
        root = Path(folder).expanduser()
        if not root.is_dir():
            raise UsageError(
                f"there is no library folder {root}",
                Hint("name another, or make it", Remedy("new_library", str(root))),
            )
        libraries.append(Library(root))
    return Libraries([*libraries, builtin_library()])
