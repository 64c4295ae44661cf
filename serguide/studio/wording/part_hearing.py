"""A part to be heard from a sentence on: what comes in which order, and each sentence spoken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from serguide.base.errors import UsageError
from serguide.base.units import SAMPLERATE
from serguide.script.program import Sound, Spoken
from serguide.studio.studio import Studio
from serguide.studio.wording.cue_lines import read_cues
from serguide.studio.wording.draft_findings import cue_at
from serguide.studio.wording.part_in_session import heard_part
from serguide.voices.narrate import narrate


def heard_from(studio: Studio, path: Path, cue: int, session: str = "") -> list[dict[str, Any]]:
    """Return what is heard from a cue on: `say` by its place in the part, else silences.

    session: that the part was opened from, whose voice and lengths it has then. Raises
    ScriptError with every problem.
    """
    part = heard_part(studio, path, session)
    file = read_cues(studio.files.read(path).text, str(path))
    found: list[dict[str, Any]] = []
    here = -1
    for index, each in enumerate(part.items):
        own = cue_at(file, path, each.item.origin)
        # What an include brings in is heard where it stands.
        here = own if own is not None else _included(file.cues, here)
        if here < cue:
            continue
        if isinstance(each.item, Spoken):
            found.append({"kind": "say", "item": index, "cue": here})
        elif isinstance(each.item, Sound):
            found.append({"kind": "sound", "name": each.item.name, "cue": here})
        else:
            found.append({"kind": "silence", "seconds": each.seconds, "cue": here})
    return found


def _included(cues: tuple[Any, ...], here: int) -> int:
    """Return the cue of what another file says: the include behind the one that was heard last."""
    following = range(max(here, 0), len(cues))
    return next((n for n in following if "include" in dict(cues[n].value)), here)


def sentence_sound(studio: Studio, path: Path, item: int, session: str = "") -> bytes:
    """Return a spoken sentence of a part as a WAV file. Raises VoiceError, UsageError."""
    import soundfile

    part = heard_part(studio, path, session)
    spoken = part.items[item].item if 0 <= item < len(part.items) else None
    if not isinstance(spoken, Spoken):
        raise UsageError("This sentence is not there any more.", "Listen once more.")
    clip = narrate([spoken], part.voices.voice_of, studio.store).clip_of(spoken)
    file = BytesIO()
    soundfile.write(file, clip.samples, SAMPLERATE, "PCM_16", format="WAV")
    return file.getvalue()
