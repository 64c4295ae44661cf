"""Seal the bundles of a batch, each behind a passphrase of its own, told in one private file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained

if TYPE_CHECKING:
    from serguide.batch.checking import Batch
    from serguide.batch.rows import BatchRow

PASSPHRASES: Final = "passphrases.csv"
"""The file's name, beside the clients' folders and pages."""

_HEADINGS: Final = ("client", "page", "passphrase", "manifest")
_PRIVATE: Final = 0o600

Seal = Callable[[Path, Path], str]
"""Seals a bundle into a page; returns the passphrase."""


def seal_batch(batch: Batch, target: str | Path) -> tuple[int, Path]:
    """Seal the bundles of a batch that stand in a folder, each behind a passphrase of its own.

    Pages lie beside the folders, as CLIENT.html; what is sealed already stays. Returns how many
    were sealed, and the file that lists the passphrases, which only the user can read. Raises
    UsageError, BundleError.
    """
    from serguide.bundle.handing_over import seal
    from serguide.bundle.inventory import sha256_of
    from serguide.bundle.model import MANIFEST

    return seal_rows(
        Path(target),
        batch.rows,
        lambda bundle: sha256_of(bundle / MANIFEST).hex(),
        lambda bundle, page: seal(bundle, page)[1],
    )


def seal_rows(
    target: Path, rows: Iterable[BatchRow], manifest_of: Callable[[Path], str], seal: Seal
) -> tuple[int, Path]:
    """Seal each row's bundle that stands and is not sealed yet; return how many, and the file.

    manifest_of: returns the hash of a bundle's manifest: a page of the same is left as it is, and
    so is its passphrase. A passphrase is in the file before the next page is made, so that no
    page is ever without. Raises BundleError, UsageError.
    """
    path = target / PASSPHRASES
    known, sealed = _read(path), 0
    for row in rows:
        bundle, page = target / row.client, target / f"{row.client}.html"
        if not bundle.is_dir():
            continue
        manifest = manifest_of(bundle)
        before = known.get(row.client)
        if before and before["manifest"] == manifest and page.is_file():
            continue
        phrase = seal(bundle, page)
        known[row.client] = dict(
            zip(_HEADINGS, (row.client, page.name, phrase, manifest), strict=True)
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
