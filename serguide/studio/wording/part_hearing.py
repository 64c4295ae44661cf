"""A part to be heard from a sentence on: what comes in which order, and each sentence spoken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from serguide.base.errors import UsageError
from serguide.base.units import SAMPLERATE
from serguide.script.program import Breathing, Chapter, Pause, Rest, SessionProgram, Sound, Spoken
from serguide.script.resolve import Overrides, resolve
from serguide.studio.studio import Studio
from serguide.studio.wording.cue_lines import read_cues
from serguide.studio.wording.draft_findings import cue_at
from serguide.voices.narrate import narrate
from serguide.voices.select import VoiceSelection
from serguide.voices.speakable_names import KNOWN


def heard_from(studio: Studio, path: Path, cue: int) -> list[dict[str, Any]]:
    """Return what is heard from a cue on: `say` by its place in the program, else silences.

    Raises ScriptError with every problem.
    """
    program = _program(studio, path)
    file = read_cues(studio.files.read(path).text, str(path))
    found: list[dict[str, Any]] = []
    here = -1
    for index, item in enumerate(program.tracks[0].items):
        own = cue_at(file, path, item.origin)
        # What an include brings in is heard where it stands.
        here = own if own is not None else _included(file.cues, here)
        if here < cue or isinstance(item, Chapter):
            continue
        if isinstance(item, Spoken):
            found.append({"kind": "say", "item": index, "cue": here})
        elif isinstance(item, Sound):
            found.append({"kind": "sound", "name": item.name, "cue": here})
        elif isinstance(item, Breathing):
            length = float(item.cycle_length) * item.cycles
            found.append({"kind": "silence", "seconds": length, "cue": here})
        elif isinstance(item, Pause | Rest):
            found.append({"kind": "silence", "seconds": float(item.length), "cue": here})
    return found


def _included(cues: tuple[Any, ...], here: int) -> int:
    """Return the cue of what another file says: the include behind the one that was heard last."""
    following = range(max(here, 0), len(cues))
    return next((n for n in following if "include" in dict(cues[n].value)), here)


def sentence_sound(studio: Studio, path: Path, item: int) -> bytes:
    """Return a spoken sentence of a part as a WAV file. Raises VoiceError, UsageError."""
    import soundfile

    program = _program(studio, path)
    items = program.tracks[0].items
    spoken = items[item] if 0 <= item < len(items) else None
    if not isinstance(spoken, Spoken):
        raise UsageError("This sentence is not there any more.", "Listen once more.")
    voices = VoiceSelection(program)
    clip = narrate([spoken], voices.voice_of, studio.store).clip_of(spoken)
    file = BytesIO()
    soundfile.write(file, clip.samples, SAMPLERATE, "PCM_16", format="WAV")
    return file.getvalue()


def _program(studio: Studio, path: Path) -> SessionProgram:
    return resolve(path, studio.shelves, KNOWN, Overrides())
