"""Choose the recorded voice that a therapist reads into, and list what it has of a session."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import ScriptError, SerguideError
from serguide.reading.words import doubt_words, reading_words
from serguide.recordings.recording import Recording, SentenceKey
from serguide.recordings.sentences import ReadingList, Sentence, reading_list
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder
from serguide.studio.shelf.library_places import file_of, stem_of
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.studio import Studio
from serguide.voices.recorded.recorded_folders import VOICES_FOLDER, voice_folders

_NAMED: Final = re.compile(r"^voice:\s*[\"']?recorded:([\w-]+)", re.M)
_FIRST: Final = "my-voice"


def folder_for(studio: Studio, name: str) -> VoiceFolder:
    """Return the voice that a session is read into, there or not.

    It is the session's own recorded voice, else the first of the library, else one named after
    the therapist. It lies in the therapist's own folder.
    """
    own = voice_folders([studio.library])
    with contextlib.suppress(OSError, SerguideError):
        named = _NAMED.search(file_of(studio, name).read_text(encoding="utf-8"))
        if named:
            return own.get(named[1]) or VoiceFolder(studio.library / VOICES_FOLDER / named[1])
    if own:
        return next(iter(own.values()))
    therapist = studio.preferences.therapist
    stem = stem_of(therapist) if therapist else _FIRST
    return VoiceFolder(studio.library / VOICES_FOLDER / stem)


def begin_folder(studio: Studio, folder: VoiceFolder, language: str) -> None:
    """Make a voice's folder where it is missing. Raises RecordingError."""
    if not folder.exists:
        title = studio.preferences.therapist or folder.name.replace("-", " ").capitalize()
        folder.create(VoiceCard(title=title, language=language))


def list_for(studio: Studio, name: str) -> ReadingList:
    """Return what is to be read of a session. Raises UsageError, ScriptError."""
    return reading_list(file_of(studio, name), studio.shelves)


def sentence_id(key: SentenceKey) -> str:
    """Return the id of a sentence in addresses: the same as long as its words are."""
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:16]


def reading_data(studio: Studio, name: str) -> dict[str, Any]:
    """Return a session's sentences with what is recorded. Raises UsageError, ScriptError."""
    folder, reading = folder_for(studio, name), list_for(studio, name)
    index = folder.open_index().recordings if folder.exists else ()
    chosen = folder.chosen() if folder.exists else {}
    readings = Counter(each.key for each in index)
    parts = Counter(each.script for each in reading.sentences)
    titles = {script: _part_title(studio, script) for script in parts}
    passed: Counter[str] = Counter()
    places = []
    for each in reading.sentences:
        passed[each.script] += 1
        places.append(passed[each.script])
    return {
        "name": name,
        "title": reading.title,
        "language": reading.language,
        "voice": {"name": folder.name, "title": _title(folder)},
        "with_values": len(reading.with_values),
        "sentences": [
            {
                "id": sentence_id(each.key),
                "number": each.number,
                "part": {"title": titles[each.script], "n": place, "of": parts[each.script]},
                "text": each.text,
                "language": each.language,
                "characters": len(each.spoken),
                "words": len(each.spoken.split()),
                "guide": each.guide,
                **state_of(chosen.get(each.key), readings[each.key], studio.language),
            }
            for each, place in zip(reading.sentences, places, strict=True)
        ],
    }


def _part_title(studio: Studio, script: str) -> str:
    try:
        return known_source(file_of(studio, script)).model.title
    except (OSError, SerguideError):
        return script.replace("-", " ").capitalize()


def state_of(reading: Recording | None, readings: int = 1, language: str = "en") -> dict[str, Any]:
    """Return how a sentence stands; readings: how often it was read; language: of the interface.

    doubt: what is said of a doubtful one.
    """
    if reading is None:
        return {"state": "unread", "why": "", "doubt": "", "seconds": 0, "readings": 0}
    seconds = round(reading.seconds, 2)
    doubt = doubt_words(reading.why, reading_words(language))
    return {
        "state": reading.state,
        "why": reading.why,
        "doubt": f"{doubt[:1].upper()}{doubt[1:]}." if doubt else "",
        "seconds": seconds,
        "readings": max(1, readings),
    }


def find_sentence(reading: ReadingList, ident: str) -> Sentence | None:
    """Return the sentence of an id, or None."""
    return next((each for each in reading.sentences if sentence_id(each.key) == ident), None)


def sound_of(folder: VoiceFolder, sentence: Sentence) -> Path | None:
    """Return the clip of a sentence's newest reading, doubtful or not; None without one."""
    theirs = [each for each in folder.open_index().recordings if each.key == sentence.key]
    for each in reversed(theirs):
        path = folder.file(each.clip)
        if path.is_file():
            return path
    return None


def _title(folder: VoiceFolder) -> str:
    try:
        return folder.card().title
    except (ScriptError, SerguideError):
        return folder.name
