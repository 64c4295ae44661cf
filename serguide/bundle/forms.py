"""Make the other forms of a bundle that can be sent: one page, a zip, an audiobook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from serguide.bundle.balance import balance_file
from serguide.bundle.model import PAGE, Contents
from serguide.bundle.sounds import Sounds, require_within
from serguide.encode.base import Format
from serguide.encode.tags.model import Tags
from serguide.render.one_file import OneFile
from serguide.render.plan import RenderSettings
from serguide.render.track_cache import TrackJob

if TYPE_CHECKING:
    from serguide.bundle.page.single_file import PageSound


@dataclass(frozen=True, slots=True)
class Made:
    """Name the other forms of a bundle, None for what was not asked for."""

    page: Path | None = None
    zip: Path | None = None
    audiobook: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return those that there are."""
        return tuple(path for path in (self.page, self.zip, self.audiobook) if path)


class OtherForms:
    """Make what was asked for in a bundle's folder.

    name: of the files, without suffix; jobs: of the bundle's tracks, the ground track's last.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        sounds: Sounds,
        jobs: Sequence[TrackJob],
        settings: RenderSettings,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._sounds = sounds
        self._session = tuple(job for job in jobs if job.in_session)
        self._ground = tuple(job for job in jobs if not job.in_session)
        # The bundle's own page keeps its name, whatever a script is called.
        own = f"{name}.html".casefold() == PAGE
        self._page = f"{name}-page.html" if own else f"{name}.html"
        self._zip = f"{name}.zip"
        self._audiobook = f"{name}.m4b"

    @property
    def sound_files(self) -> list[OneFile]:
        """Return the files of sound that are made for them, beside the bundle's own."""
        files = [balance_file(self._session)] if self._settings.balance else []
        if (book := self._sounds.audiobook) is not None and not self._same_as_files(book):
            files.append(OneFile(self._audiobook, self._session, book))
        if (page := self._sounds.page) is not None and page != self._sounds.files:
            inside = self._page_sound()
            files.append(OneFile(inside.session, self._session, page))
            files.append(OneFile(inside.ground, self._ground, page))
        return files

    def finish_audiobook(self, session: str, tags: Tags) -> str:
        """Write the audiobook's tags, and its sound if `session` has the same; return its name."""
        book = self._sounds.audiobook
        if book and self._same_as_files(book):
            shutil.copyfile(self._folder / session, self._folder / self._audiobook)
        from serguide.encode.tags.tags import write_audiobook_tags

        write_audiobook_tags(self._folder / self._audiobook, tags)
        return self._audiobook

    def write(self, contents: Contents, cover: bytes) -> Iterator[str]:
        """Write what is made of the bundle's texts; yield each file's name when it is written.

        The sound that only the page holds is gone then. Raises BundleError; UsageError for what
        came out larger than was asked for.
        """
        # What writes them is loaded while one core has nothing to encode (publish).
        from serguide.bundle.page.single_file import write_single
        from serguide.bundle.zipped import write_zip

        folder, settings = self._folder, self._settings
        if settings.audiobook:
            require_within(settings, "The audiobook", (folder / self._audiobook).stat().st_size)
        if (page := self._sounds.page) is not None:
            sound = self._page_sound() if page != self._sounds.files else None
            size = write_single(folder, folder / self._page, contents, cover, sound)
            require_within(settings, "The page", size)
            if sound:
                (folder / sound.session).unlink()
                (folder / sound.ground).unlink()
            yield self._page
        if settings.zipped:
            size = write_zip(folder, folder / self._zip, contents)
            require_within(settings, "The zip", size)
            yield self._zip

    def made(self, target: Path) -> Made:
        """Return what there is, in the bundle's own place."""
        settings = self._settings
        return Made(
            target / self._page if settings.single_file else None,
            target / self._zip if settings.zipped else None,
            target / self._audiobook if settings.audiobook else None,
        )

    def _same_as_files(self, book: Format) -> bool:
        files = self._sounds.files
        return (files.name, files.rate) == (book.name, book.rate)

    def _page_sound(self) -> PageSound:
        from serguide.bundle.page.single_file import PageSound

        page = self._sounds.page
        assert page
        return PageSound(f"page-session{page.suffix}", f"page-ground{page.suffix}", page.mime)
