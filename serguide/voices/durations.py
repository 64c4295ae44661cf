"""Duration of a sentence: measured on its clip in the cache, estimated otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from serguide.base.units import Samples
from serguide.script.program import Spoken
from serguide.voices.base import LoadsAhead, Voice

if TYPE_CHECKING:
    from serguide.cache.store import Store


class SpeechDurations:
    """Tell a sentence's length in samples, each found out once.

    store: where clips may lie, or None for estimates alone; soon: what is missing there will be
    spoken in a moment, so that a voice may begin to load.
    """

    def __init__(self, store: Store | None, *, soon: bool = False) -> None:
        self._store = store
        self._soon = soon
        self._known: dict[tuple[str, Spoken], tuple[Samples, bool]] = {}

    def of(self, voice: Voice, spoken: Spoken) -> Samples:
        """Return how many samples a voice takes for a sentence."""
        return self._length(voice, spoken)[0]

    def is_measured(self, voice: Voice, spoken: Spoken) -> bool:
        """Tell whether the length is that of a rendered clip."""
        return self._length(voice, spoken)[1]

    def learn(self, voice: Voice, spoken: Spoken, frames: Samples) -> None:
        """Take in the length of a clip that was made meanwhile."""
        self._known[voice.name, spoken] = (frames, True)

    def _length(self, voice: Voice, spoken: Spoken) -> tuple[Samples, bool]:
        key = (voice.name, spoken)
        known = self._known.get(key)
        if known is None:
            frames = _measured(self._store, voice, spoken) if self._store else None
            if frames is None:
                if self._soon and isinstance(voice, LoadsAhead):
                    voice.load_ahead()
                estimated = voice.estimate(spoken.spoken, pace=spoken.pace, sentence=spoken)
                known = (estimated, False)
            else:
                known = (frames, True)
            self._known[key] = known
        return known


def _measured(store: Store, voice: Voice, spoken: Spoken) -> Samples | None:
    # Estimates need none of the libraries that make and read clips.
    from serguide.voices.clips import notes
    from serguide.voices.narrate import clip_key

    key = clip_key(voice, spoken)
    known = _READ.get((store.root, key))
    if known is None:
        clip = store.get(key)
        found = notes(clip) if clip is not None else None
        if found is None:
            return None
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        known = _READ[store.root, key] = found.frames
    return known


_READ: Final[dict[tuple[Path, str], Samples]] = {}
"""Lengths of clips that were read, by store and key: of a thousand sessions that differ in a name,
most sentences are the same."""

_MOST_READ: Final = 65_536
