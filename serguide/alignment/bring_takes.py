"""Add recordings to a recorded voice; a function of serguide.api.

Like there, what it needs is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter, Report, silent

if TYPE_CHECKING:
    from serguide.alignment.adding import Added


def add_recordings(
    files: Iterable[str | Path],
    folder: str | Path,
    what: str | Path,
    libraries: Iterable[str | Path] = (),
    *,
    keep: Iterable[int] = (),
    dry_run: bool = False,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Added:
    """Find a script's sentences in recordings and add them to a recorded voice's folder.

    files: sound of any kind, up to two hours each; folder: the voice's, `LIBRARY/voices/NAME`,
    made where it is missing; what: script or session by name or path; keep: numbers of doubtful
    sentences that count as good; dry_run: nothing is written; report, cancel: as for `render`.
    Each file is added whole or not at all. Raises RecordingError, UsageError, ScriptError,
    Cancelled.
    """
    from serguide.alignment.adding import add_files
    from serguide.recordings.sentences import sentences_of
    from serguide.recordings.voice_folder import VoiceFolder
    from serguide.script.library import open_libraries

    return add_files(
        [Path(file) for file in files],
        VoiceFolder(Path(folder)),
        sentences_of(what, open_libraries(libraries)),
        set(keep),
        ProgressReporter(report),
        cancel or Cancel(),
        dry_run=dry_run,
    )
