"""Keep a take: the sound itself first, then its entry in the index and its clip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import RecordingError
from serguide.base.files.failures import explained
from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name
from serguide.base.units import SAMPLERATE
from serguide.cache.private import CLOSED
from serguide.reading.prompter.prompter import Take
from serguide.reading.prompter.take_check import SILENT, check_take
from serguide.recordings.clip import clip_name
from serguide.recordings.clips_again import make_clips
from serguide.recordings.recording import Recording
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_folder import VoiceFolder


def keep_take(folder: VoiceFolder, sentence: Sentence, take: Take) -> Recording | None:
    """Keep what was read of one sentence; return its entry, good or doubtful.

    None: nothing was read when reading ended. Raises RecordingError; an original that was kept
    by then stays.
    """
    samples = take.samples
    check = check_take(samples, sentence.spoken, take.turn, take.key)
    if take.last and check.why in SILENT:
        return None
    original = _keep_original(folder, samples)
    entry = Recording(
        sentence.spoken,
        sentence.language,
        original,
        round(check.start, 3),
        round(check.end, 3),
        clip_name(sentence.spoken, sentence.language, original, check.start, check.end),
        "doubtful" if check.why else "good",
        check.why,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    if check.why not in SILENT:
        make_clips(folder, [entry])
    folder.add([entry])
    return entry


def keep_doubtful(folder: VoiceFolder, entry: Recording) -> Recording:
    """Count a doubtful reading as good, because the person says so. Raises RecordingError."""
    kept = replace(entry, state="good", why="")
    folder.add([kept])
    return kept


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Give a folder within a voice's, closed to others."""
    folder.mkdir(parents=True, exist_ok=True)
    with owned(folder / f".{new_name()}.tmp") as temp:
        temp.mkdir(CLOSED)
        yield temp


def _keep_original(folder: VoiceFolder, samples: Block) -> str:
    import soundfile

    flac = io.BytesIO()
    soundfile.write(flac, np.clip(samples, -1.0, 1.0), SAMPLERATE, format="FLAC", subtype="PCM_24")
    # In the folder, which removes what a killed program left: a voice is nothing to leave about.
    with (
        explained("the recording cannot be kept", RecordingError, "free the disk"),
        _temporary(folder.path) as temp,
    ):
        file = temp / "take.flac"
        file.write_bytes(flac.getvalue())
        return folder.keep_original(file)
