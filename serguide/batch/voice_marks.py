"""Tell by marks whether two machines speak a session with the same voices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Final

from serguide.base.errors import SerguideError
from serguide.recordings.voice_folder import INDEX
from serguide.script.program import SessionProgram, spoken_of
from serguide.voices.base import Voice
from serguide.voices.recorded.recorded_voice import RecordedVoice
from serguide.voices.select import VoiceSelection


class OtherVoices(SerguideError):  # noqa: N818  (as Cancelled is)
    """A machine would speak a session with other voices than the one that began the batch."""


_LENGTH: Final = 16  # hexadecimal digits: told apart, not proven


def voice_marks(program: SessionProgram) -> dict[str, str]:
    """Return, by the name of each voice of a session, a mark of all that shapes its sound.

    Weights, recordings, settings and versions of libraries are in it, and nothing that is said: all
    sessions of a kind have the same. Raises VoiceError.
    """
    selection = VoiceSelection(program)
    voices = {selection.voice_of(spoken) for spoken in spoken_of(program)}
    named: dict[str, list[str]] = {}
    for voice in voices:
        named.setdefault(voice.name, []).append(_mark(voice))
    return {name: "+".join(sorted(marks)) for name, marks in named.items()}


def require_same_voices(there: Mapping[str, str], program: SessionProgram | None) -> None:
    """Raise OtherVoices where a session would be spoken otherwise than where a batch was begun.

    there: marks from there, empty where nobody looked.
    """
    if not there or program is None:
        return
    here = voice_marks(program)
    if here.keys() != there.keys():
        raise OtherVoices(f"{_named(here)} would speak, where it is {_named(there)} here")
    other = [name for name in here if here[name] != there[name]]
    if other:
        raise OtherVoices(f"the voice {_named(other)} is another than here")


def _mark(voice: Voice) -> str:
    found = sha256(json.dumps(dict(voice.identity()), sort_keys=True).encode())
    if isinstance(voice, RecordedVoice):
        with suppress(OSError):
            found.update((voice.folder.path / INDEX).read_bytes())
    return found.hexdigest()[:_LENGTH]


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in sorted(names)) or "nobody"
