"""Pack a bundle's files into a stored zip, and unpack one that may be hostile."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from serguide.base.errors import BundleError
from serguide.base.files.failures import reason_of

_THEN: Final = (1980, 1, 1, 0, 0, 0)  # a bundle has no date
_DEEPEST: Final = 8  # folders; a bundle has two
_LONGEST: Final = 255  # characters of a path
_MOST_FILES: Final = 5000
_LONGEST_NAME: Final = 255  # bytes
_FORBIDDEN: Final = frozenset('<>:"|?*\\')
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that are no files on Windows, whatever their suffix."""


def packed(folder: Path, names: Iterable[str]) -> bytes:
    """Return a zip of files of a folder, stored and without dates.

    names: paths inside the folder, with forward slashes. Raises BundleError when one cannot be
    read.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system = 3  # the same bytes on every system
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            try:
                archive.writestr(entry, (folder / name).read_bytes())
            except OSError as error:
                raise BundleError(
                    f"“{folder / name}” cannot be read: {reason_of(error)}.",
                    "Render the session again.",
                ) from error
    return stream.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of a zip below a folder, which is empty.

    Only what packed() could have written is taken: stored entries with plain names. Raises
    BundleError, before anything is written, for compressed or overlapping entries and for names
    that lead out of the folder or that some system cannot hold; OSError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_plain(entries, len(content))
            for entry in entries:
                path = folder / entry.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    file.write(archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
        raise _refused(str(error) or type(error).__name__) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise _refused("a file stands where another one needs a folder") from error


def _require_plain(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Raise BundleError unless all entries are what packed() writes."""
    if len(entries) > _MOST_FILES:
        raise _refused(f"it holds {len(entries)} files")
    # Stored files lie side by side: together they are no larger than what they lie in.
    if sum(entry.file_size for entry in entries) > size:
        raise _refused("its files are larger than itself")
    taken: set[str] = set()
    for entry in entries:
        deep = entry.orig_filename.count("/") >= _DEEPEST or len(entry.orig_filename) > _LONGEST
        if deep:
            raise _refused("its folders are deeper than those of a bundle")
        if not _is_plain(entry.orig_filename) or entry.filename != entry.orig_filename:
            raise _refused(f"“{entry.orig_filename}” is not a name that serguide writes")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            raise _refused("its files are not stored as they are")
        if entry.is_dir() or kind not in (0, stat.S_IFREG):
            raise _refused("it holds something else than files")
        # Many disks do not tell capitals or forms of accents apart.
        folded = unicodedata.normalize("NFKC", entry.filename).casefold()
        if folded in taken:
            raise _refused(f"“{entry.filename}” stands in it twice")
        taken.add(folded)


def _is_plain(path: str) -> bool:
    return all(_is_plain_name(name) for name in path.split("/"))


def _is_plain_name(name: str) -> bool:
    return (
        name.strip(". ") != ""
        and name == name.strip()
        and not name.endswith(".")
        and name.isprintable()
        and not _FORBIDDEN.intersection(name)
        and name.partition(".")[0].casefold() not in _DEVICES
        and len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
    )


def _refused(reason: str) -> BundleError:
    return BundleError(
        f"What is sealed in the page is not a bundle that serguide packed: {reason}.",
        "Nothing was written. Ask whoever made the page.",
    )
