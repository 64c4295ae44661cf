"""Add long recordings to a recorded voice: find the sentences, keep the original, cut clips.

A file's readings enter the index together, after its original and all of its clips are kept: who
breaks off keeps the files that are done, and nothing half-made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from serguide.alignment.aligned import FoundReading
from serguide.alignment.find import find_readings
from serguide.alignment.take_sound import decode_take
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter, Stage
from serguide.recordings.clip import clip_name
from serguide.recordings.clips_again import make_clips
from serguide.recordings.recording import Recording
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_folder import VoiceFolder

_STEP: Final = 1.0  # seconds of sound between two events


@dataclass(frozen=True, slots=True)
class AddedReading:
    """Hold what a file had of one sentence, and its entry in the index; None for a dry run."""

    file: Path
    sentence: Sentence
    found: FoundReading
    entry: Recording | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Hold what was found in files; missing: sentences that none of them holds."""

    readings: tuple[AddedReading, ...]
    missing: tuple[Sentence, ...]


def add_files(
    files: Sequence[Path],
    folder: VoiceFolder,
    sentences: Sequence[Sentence],
    keep: Collection[int],
    progress: ProgressReporter,
    cancel: Cancel,
    *,
    dry_run: bool,
) -> Added:
    """Find sentences in files and add them to a voice's folder.

    keep: numbers of sentences that count as good although they are doubtful. Raises
    RecordingError for a file that cannot be read, Cancelled.
    """
    readings: list[AddedReading] = []
    for file in files:
        found = _found(file, sentences, progress, cancel)
        kept = [_settled(each, keep) for each in found]
        if kept and not dry_run:
            folder.create()
            kept = _kept(folder, kept, progress, cancel)
        readings += kept
    heard = {each.sentence.key for each in readings}
    missing = tuple(each for each in sentences if each.key not in heard)
    return Added(tuple(sorted(readings, key=lambda each: each.sentence.number)), missing)


def _found(
    file: Path, sentences: Sequence[Sentence], progress: ProgressReporter, cancel: Cancel
) -> list[AddedReading]:
    """Return what one file holds, language by language."""
    tell = _Told("decoding", file.name, progress, cancel)
    with decode_take(file, tell) as sound:
        readings: list[AddedReading] = []
        for language in dict.fromkeys(each.language for each in sentences):
            spoken = [each for each in sentences if each.language == language]
            tell = _Told("finding", file.name, progress, cancel, sound.seconds)
            found = find_readings(
                sound, [each.spoken for each in spoken], language, tell, lambda _: cancel.check()
            )
            tell(sound.seconds)
            readings += [AddedReading(file, spoken[each.sentence], each) for each in found]
    return readings


class _Told:
    """Turn seconds that are done into events of a stage, and end the work when asked."""

    def __init__(
        self,
        stage: Stage,
        name: str,
        progress: ProgressReporter,
        cancel: Cancel,
        seconds: float | None = None,
    ) -> None:
        """Take a stage; seconds: its length, None where that shows only as it goes on."""
        self._stage: Stage = stage
        self._name, self._progress, self._cancel = name, progress, cancel
        self._open, self._done = seconds is None, 0
        progress.begin(stage, round(seconds or 0.0))

    def __call__(self, seconds: float) -> None:
        self._cancel.check()
        more = int(seconds / _STEP) - self._done
        if more > 0:
            if self._open:
                self._progress.begin(self._stage, more)
            self._progress.add(self._stage, more, self._name)
            self._done += more


def _settled(each: AddedReading, keep: Collection[int]) -> AddedReading:
    if each.sentence.number not in keep or each.found.state == "good":
        return each
    return replace(each, found=replace(each.found, state="good", why=""))


def _kept(
    folder: VoiceFolder, found: list[AddedReading], progress: ProgressReporter, cancel: Cancel
) -> list[AddedReading]:
    """Keep a file's original, clips and entries, in this order; all of them or none."""
    there = folder.originals()
    original = folder.keep_original(found[0].file)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    added = []
    for each in found:
        start, end = round(each.found.start, 3), round(each.found.end, 3)
        text, language = each.sentence.spoken, each.sentence.language
        clip = clip_name(text, language, original, start, end)
        entry = Recording(
            text, language, original, start, end, clip, each.found.state, each.found.why, now
        )
        added.append(AddedReading(each.file, each.sentence, each.found, entry))
    entries = [each.entry for each in added if each.entry is not None]
    progress.begin("cutting", len(entries))
    try:
        make_clips(
            folder, entries, made=lambda made: progress.add("cutting", 1, made.text), cancel=cancel
        )
        folder.add(entries)
    except BaseException:
        folder.drop([each.clip for each in entries] + [original] * (original not in there))
        raise
    # Another program that added the same file and was ended may have dropped it meanwhile.
    folder.keep_original(found[0].file)
    return added
