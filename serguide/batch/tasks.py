"""Tasks of a batch, and their results: plain data that crosses to other processes and machines.

A client's values, and the folder that bears a client's name, travel in a task's arguments alone:
no repr shows them, and what Dask makes of a task's key is random.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from serguide.render.request import RenderRequest

State = Literal["made", "unchanged", "failed", "shared", "cancelled", "not begun"]
"""What became of a task; shared: a track that others will fetch is made."""


@dataclass(frozen=True, slots=True)
class BatchTask:
    """Ask for one bundle, or for one track that several bundles share.

    index: of the request among all; track: its number, None for the whole bundle; store_url: of
    the store that all share, None for the user's own; stop_key: an entry of that store which,
    once it is there, ends the work; versions: of all that shapes sound, where the batch was begun;
    voices: marks of those that speak there, empty where nobody looked; twin: a finished bundle of
    the same kind, whose equal files may be shared; output_url: where the bundle goes, under the
    name of the request's folder, None for that folder itself; inputs: the key of what it is made
    from, for there.
    """

    index: int
    request: RenderRequest = field(repr=False)
    track: int | None = None
    store_url: str | None = field(default=None, repr=False)
    stop_key: str = field(default="", repr=False)
    versions: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    voices: Mapping[str, str] = field(default_factory=dict, repr=False)
    twin: Path | None = field(default=None, repr=False)
    output_url: str | None = field(default=None, repr=False)
    inputs: str = field(default="", repr=False)

    def __dask_tokenize__(self) -> str:
        """Return a random word: a hash of a name tells the name to whoever tries some."""
        return os.urandom(16).hex()


@dataclass(frozen=True, slots=True)
class TaskResult:
    """Tell what became of a task.

    reason, hint: why it failed, in words; transient: it may do better when tried again;
    refused: what of the worker's versions or voices differs, by name; seconds: of the clock;
    processor: seconds of it; frames: samples of the session; bytes: of the bundle; shared: bytes
    of it that another bundle's file also is; warnings: codes; full_at: the worker whose disk is
    full.
    """

    index: int
    state: State
    reason: str = field(default="", repr=False)
    hint: str = field(default="", repr=False)
    transient: bool = False
    refused: str = ""
    seconds: float = 0.0
    processor: float = 0.0
    frames: int = 0
    bytes: int = 0
    shared: int = 0
    warnings: tuple[str, ...] = ()
    tries: int = 1
    full_at: str = ""


Work = Callable[[BatchTask], TaskResult]
"""Does one task in any process; raises nothing that a result can tell."""

LOST: Final = ("BrokenProcessPool", "BrokenExecutor", "KilledWorker", "CommClosedError")
"""Names of what executors raise when the process that did a task is gone."""
