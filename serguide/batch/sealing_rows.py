"""Seal the bundles of a batch, each behind a passphrase of its own, told in one private file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.files.remote_folder import local_path

if TYPE_CHECKING:
    from serguide.batch.checking import Batch
    from serguide.batch.sealing_places import Place

PASSPHRASES: Final = "passphrases.csv"
"""The file's name, beside the clients' folders and pages."""

_HEADINGS: Final = ("client", "page", "passphrase", "manifest")
_PRIVATE: Final = 0o600


def seal_batch(
    batch: Batch, target: str | Path, records: str | Path | None = None
) -> tuple[int, Path]:
    """Seal the bundles of a batch that stand, each behind a passphrase of its own.

    target: the folder or URL that they went to; pages come beside them, as CLIENT.html; what is
    sealed already stays. records: the folder here for the list of passphrases, which only the user
    can read; None for the target, or for a URL the current one. Returns how many were sealed, and
    the list's file. Raises UsageError, BundleError.
    """
    from serguide.batch.sealing_places import LocalPlace, RemotePlace

    folder = local_path(str(target))
    place: Place = RemotePlace(str(target)) if folder is None else LocalPlace(folder)
    home = Path(records) if records is not None else folder or Path()
    return seal_rows(place, (row.client for row in batch.rows), home / PASSPHRASES)


def seal_rows(place: Place, clients: Iterable[str], path: Path) -> tuple[int, Path]:
    """Seal each client's bundle that stands and is not sealed yet; return how many, and the file.

    A page of the same manifest is left as it is, and so is its passphrase. A passphrase is in the
    file before the next page is made. Raises BundleError, UsageError.
    """
    known, sealed = _read(path), 0
    for client in clients:
        manifest = place.manifest(client)
        if manifest is None:
            continue
        before = known.get(client)
        if before and before["manifest"] == manifest and place.has_page(client):
            continue
        phrase = place.seal(client)
        known[client] = dict(
            zip(_HEADINGS, (client, f"{client}.html", phrase, manifest), strict=True)
        )
        _write(path, known)
        sealed += 1
    return sealed, path


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError, csv.Error) as error:
        raise BundleError(f"“{path}” cannot be read: {error}.", "take it elsewhere") from error
    if any(set(row) != set(_HEADINGS) for row in rows):
        raise UsageError(f"“{path}” is not as serguide wrote it; it is left as it is.",
                         "take it elsewhere")  # fmt: skip
    return {row["client"]: row for row in rows}


def _write(path: Path, known: Mapping[str, Mapping[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, _HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(known.values())
    with explained(f"“{path}” cannot be written", BundleError, "name another folder"):
        write_atomically(path, text.getvalue().encode("utf-8"), mode=_PRIVATE)
