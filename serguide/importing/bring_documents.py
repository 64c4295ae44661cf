"""Import documents into a library; a function of serguide.api.

Like there, what it needs is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serguide.cache.store import Store
    from serguide.importing.assumptions import Assumptions
    from serguide.importing.importer import Imported, Settle


def import_documents(
    sources: Iterable[str | Path],
    library: str | Path,
    assumptions: Assumptions | None = None,
    *,
    settle: Settle | None = None,
    libraries: Iterable[str | Path] = (),
    store: Store | None = None,
    by_meaning: bool = True,
) -> Imported:
    """Import documents as scripts into a library: all of them, or nothing is written.

    assumptions: what writers leave open, None for the defaults; settle: asked once for the
    lengths that are open; libraries, store, by_meaning: for the check that follows. Raises
    DocumentError for what cannot be read, UsageError for a name that is taken.
    """
    from serguide.importing.assumptions import Assumptions
    from serguide.importing.importer import import_documents as run

    return run(
        [Path(source) for source in sources],
        Path(library),
        assumptions or Assumptions(),
        settle=settle,
        libraries=libraries,
        store=store,
        by_meaning=by_meaning,
    )
