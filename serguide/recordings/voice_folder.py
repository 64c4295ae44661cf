"""A recorded voice's folder: its card, its index, its originals and its clips.

Programs may write to one at once, and any of them may die at any moment: originals and clips
are written whole under names of their own before the index names them, and the index is read,
merged and replaced under a lock that the system frees.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serguide.base.errors import RecordingError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.files.locks import sole
from serguide.base.files.owned import LOCK, reclaim
from serguide.base.files.temporary import NAME
from serguide.recordings.index_text import LARGEST, RecordingIndex, index_bytes, parse_index
from serguide.recordings.originals import ORIGINALS, keep_original
from serguide.recordings.recording import Recording, SentenceKey, chosen
from serguide.recordings.voice_description import VOICE_FILE, VoiceCard, read_card, write_card

INDEX: Final = "recordings.json"
CLIPS: Final = "clips"

_PATIENCE: Final = 30.0  # seconds that another program may take to write an index
_LEFT: Final = re.compile(rf"\.{NAME}\.tmp({re.escape(LOCK)})?")


@dataclass(frozen=True, slots=True)
class Removed:
    """Say what was taken away: readings, and files that no reading needs any more."""

    readings: tuple[Recording, ...]
    files: tuple[str, ...]


class VoiceFolder:
    """Keep a person's readings. Paths inside are relative to the folder, with `/`."""

    def __init__(self, path: Path) -> None:
        """Take a folder `…/voices/NAME`; nothing is read or made yet."""
        self.path = path

    @property
    def name(self) -> str:
        """Return the voice's name, as in `recorded:NAME`."""
        return self.path.name

    @property
    def exists(self) -> bool:
        """Tell whether it is a voice's folder: it has a voice.yaml or an index."""
        return (self.path / VOICE_FILE).is_file() or (self.path / INDEX).is_file()

    def create(self, card: VoiceCard | None = None) -> None:
        """Make what is missing of the folder; what is there stays. Raises RecordingError."""
        made = card or VoiceCard(title=self.name.replace("-", " ").replace("_", " ").title())
        with explained(f"{self.path} cannot be made", RecordingError, "choose another folder"):
            for folder in (ORIGINALS, CLIPS):
                (self.path / folder).mkdir(parents=True, exist_ok=True)
        write_card(self.path / VOICE_FILE, made)
        if not (self.path / INDEX).exists():
            self._change(lambda index: index)

    def card(self) -> VoiceCard:
        """Return what voice.yaml says; its name where there is none. Raises ScriptError."""
        path = self.path / VOICE_FILE
        return read_card(path) if path.exists() else VoiceCard(title=self.name)

    def open_index(self) -> RecordingIndex:
        """Return the index as it is now; empty where there is none.

        Raises RecordingError, with the place, for a file that is no index of ours.
        """
        path = self.path / INDEX
        with explained(f"{path} cannot be read", RecordingError, "choose another folder"):
            try:
                with path.open("rb") as file:
                    data = file.read(LARGEST + 1)
            except FileNotFoundError:
                return RecordingIndex()
        return parse_index(data, str(path))

    def chosen(self) -> dict[SentenceKey, Recording]:
        """Return the reading of each sentence that counts; see serguide.recordings.recording."""
        return chosen(self.open_index().recordings)

    def keep_original(self, source: Path) -> str:
        """Copy a file as it is into originals/; return its name. See keep_original()."""
        return keep_original(self.path, source)

    def file(self, name: str) -> Path:
        """Return where an original or a clip of the index lies.

        A name without its folder, as a hand may have written it, is looked for in both.
        """
        places = [self.path / each / name for each in (".", ORIGINALS, CLIPS)]
        return next((each for each in places if each.is_file()), places[0])

    def add(self, entries: Sequence[Recording]) -> None:
        """Add readings to the index, beside what other programs have written meanwhile.

        A reading of the same stretch of the same original takes its earlier entry's place, so
        that adding twice, or keeping a doubtful one, leaves one entry. Earlier readings of a
        sentence stay listed: the last good one counts (`chosen`), and when it is removed, the
        one before it counts again. Whole or not at all. Raises RecordingError.
        """
        if entries:
            self._change(lambda index: index.with_added(entries))

    def remove(self, readings: Sequence[Recording]) -> Removed:
        """Take readings out of the index, and then the files that none of the others needs.

        The one place where an original is ever removed. Raises RecordingError.
        """
        gone: list[str] = []
        self._change(
            lambda index: index.without(readings),
            lambda left: gone.extend(
                self._clear(left, (n for each in readings for n in (each.clip, each.original)))
            ),
        )
        return Removed(tuple(readings), tuple(gone))

    def originals(self) -> frozenset[str]:
        """Return the names of the originals that are there, listed or not."""
        folder = self.path / ORIGINALS
        with suppress(OSError):
            return frozenset(f"{ORIGINALS}/{path.name}" for path in folder.iterdir())
        return frozenset()

    def drop(self, names: Sequence[str]) -> None:
        """Remove files that were made for readings which never came into the index.

        What a reading of the index needs stays. Raises RecordingError.
        """
        self._change(lambda index: index, lambda left: self._clear(left, names))

    def _clear(self, left: RecordingIndex, names: Iterable[str]) -> list[str]:
        """Remove files that no reading needs any more; return their names."""
        # An entry that cannot be read may need any file that its text names.
        unclear = [str(each.raw) for each in left.entries if each.recording is None]
        needed = {name for each in left.recordings for name in (each.original, each.clip)}
        gone: list[str] = []
        with explained(f"{self.path} cannot be cleared", RecordingError, "choose another folder"):
            for name in dict.fromkeys(names):
                if name in needed or any(Path(name).name in text for text in unclear):
                    continue
                path = self.file(name)
                if path.is_file():
                    path.unlink()
                    gone.append(name)
        return gone

    def sweep(self) -> None:
        """Remove what processes that were killed have left half-written."""
        for folder in (self.path, self.path / ORIGINALS, self.path / CLIPS):
            with suppress(OSError):
                for path in sorted(folder.iterdir()):
                    if _LEFT.fullmatch(path.name):
                        reclaim(path)

    def _change(
        self,
        change: Callable[[RecordingIndex], RecordingIndex],
        then: Callable[[RecordingIndex], object] = lambda _index: None,
    ) -> None:
        """Write a changed index; then: what belongs to it, while nobody else writes."""
        with (
            explained(
                f"{self.path / INDEX} cannot be written", RecordingError, "choose another folder"
            ),
            self._alone(),
        ):
            self.sweep()
            changed = change(self.open_index())
            write_atomically(self.path / INDEX, index_bytes(changed))
            then(changed)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other programs from writing the index until the block ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with sole(self.path / f".{INDEX}{LOCK}", _PATIENCE) as ours:
            # A file system without locks says at once that there is none.
            if not ours and time.monotonic() - began >= _PATIENCE:
                raise RecordingError(
                    f"another program has been writing {self.path / INDEX} for half a minute",
                    "end it, then try again; the recordings themselves are kept",
                )
            yield
