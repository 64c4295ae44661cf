"""A recorded voice: sentences as a person read them, and another voice for all others."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from serguide.base.errors import RecordingError, VoiceError
from serguide.base.units import SAMPLERATE, Samples
from serguide.cache.versions import stamp
from serguide.recordings.recording import Recording, chosen, sentence_key
from serguide.recordings.voice_folder import VoiceFolder
from serguide.voices.base import Voice

if TYPE_CHECKING:
    from serguide.audio.types import Clip
    from serguide.script.program import Spoken

SentenceState = Literal["good", "doubtful", "missing"]


class RecordedVoice:
    """Speak recorded sentences as they are; see serguide.voices.base.Voice.

    A sentence is found by its spoken text and language, whichever script says it. Only a good
    reading is heard: a doubtful one counts once it is kept or read again. Everything else is
    spoken by `otherwise`, at the same level.
    """

    def __init__(
        self, folder: VoiceFolder, readings: Iterable[Recording], language: str, otherwise: Voice
    ) -> None:
        """Take a folder, the readings of its index in order, and who speaks in its place."""
        self.name = f"recorded:{folder.name}"
        self.language = language
        self.folder = folder
        self.otherwise = otherwise
        self.sends_to = otherwise.sends_to
        self.serial = otherwise.serial
        self._readings = chosen(readings)

    def reading_of(self, text: str) -> Recording | None:
        """Return the good recording of a sentence, or None."""
        found = self._readings.get(sentence_key(text, self.language))
        return found if found is not None and found.good else None

    def state_of(self, text: str) -> SentenceState:
        """Tell whether a sentence is recorded, and whether well."""
        found = self._readings.get(sentence_key(text, self.language))
        return found.state if found is not None else "missing"

    def pace_of(self, sentence: Spoken) -> float:
        """Return the pace at which a sentence comes: a recording's is what it is."""
        return 1.0 if self.reading_of(sentence.spoken) else sentence.pace

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return the clip's hash for a recorded sentence, else what makes the other's sound."""
        found = self.reading_of(sentence.spoken) if sentence is not None else None
        if found is None:
            return {**self.otherwise.identity(sentence), **stamp("level beside recordings")}
        made = _hash_of(self.folder.path / found.clip)
        if made is None:  # it will be made again from the original
            return {"engine": "recorded", "original": repr(found.same_reading()[1:])}
        return {"engine": "recorded", "clip": made}

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return the recording, or what the other voice says: (frames, 1), float32, SAMPLERATE.

        Raises VoiceError.
        """
        found = self.reading_of(text)
        if found is not None:
            return self._recorded(found)
        from serguide.audio.types import Clip
        from serguide.recordings.clip_level import levelled

        clip = self.otherwise.speak(text, pace=pace, sentence=sentence)
        return Clip(levelled(clip.samples), clip.samplerate)

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return the recording's length, or about what the other voice would take."""
        found = self.reading_of(text)
        if found is not None:
            return Samples(round(found.seconds * SAMPLERATE))
        return self.otherwise.estimate(text, pace=pace, sentence=sentence)

    def _recorded(self, found: Recording) -> Clip:
        from serguide.recordings.clip import read_clip
        from serguide.recordings.clips_again import make_clips

        path = self.folder.path / found.clip
        clip = read_clip(path)
        if clip is None:
            try:
                make_clips(self.folder, [found])
            except RecordingError as error:
                raise VoiceError(
                    f"its recording is lost or damaged: {error.message}.",
                    "Bring the voice's folder back from a backup, or read the sentence again.",
                ) from error
            clip = read_clip(path)
        if clip is None:
            raise VoiceError(f"its clip {path} cannot be read.", "Look whether the disk is well.")
        return clip


def _hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None for one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return _hashed(path, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=8192)
def _hashed(path: Path, _changed: int, _size: int) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
