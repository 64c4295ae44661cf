"""Know a bundle that is already what a request would make, without laying anything out.

What was rendered is kept under the key of all its inputs: the hash of its manifest, which has the
hashes of all other files. Whoever finds this very manifest, and every file as it says, has
nothing to do. Nothing of a session's words can be read from it: it holds hashes, three levels
and the codes of warnings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serguide.base.errors import Problem
from serguide.bundle.model import MANIFEST
from serguide.bundle.target import check_target
from serguide.cache.store import Store
from serguide.render.measures import SessionLoudness


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Hold what is known of a bundle that needs no rendering.

    manifest: what its session.json says; loudness: as it was measured; warnings: codes of what
    was warned of when it was rendered, each once.
    """

    folder: Path
    manifest: dict[str, Any]
    loudness: SessionLoudness
    warnings: tuple[str, ...]


def stands(target: Path) -> bool:
    """Tell whether something with a manifest is at a target; for all else there is no question."""
    try:
        return (target / MANIFEST).is_file()
    except OSError:  # a name that no disk takes: the render says so
        return False


def look_for(
    key: str, target: Path, store: Store, *, keep_others: bool = False
) -> Unchanged | None:
    """Return the bundle at `target` if it is what inputs of a key give; None if it must be made.

    Raises as check_target does.
    """
    kept = store.get(key)
    if kept is None:
        return None
    told = json.loads(kept)
    try:
        content = (target / MANIFEST).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != told["manifest"]:
        return None
    if not check_target(target, keep_others=keep_others).as_rendered:
        return None
    loudness, warnings = SessionLoudness(**told["loudness"]), tuple(told["warnings"])
    return Unchanged(target, json.loads(content), loudness, warnings)


def remember(
    key: str,
    target: Path,
    store: Store,
    loudness: SessionLoudness,
    warnings: Iterable[Problem],
    *,
    private: bool,
) -> None:
    """Keep what inputs gave: the bundle that now stands at `target`.

    private: a client's values are among the inputs.
    """
    told = {
        "manifest": hashlib.sha256((target / MANIFEST).read_bytes()).hexdigest(),
        "loudness": {
            "integrated": loudness.integrated,
            "speech": loudness.speech,
            "true_peak": loudness.true_peak,
        },
        "warnings": sorted({problem.code for problem in warnings}),
    }
    store.put(key, json.dumps(told).encode("ascii"), private=private)
