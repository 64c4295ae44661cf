"""Narrate sentences into clips, each spoken once and then kept in the store.

What is played is always what was read back from the store, so that a first rendering and every
later one are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from serguide.audio.loudness.meter import Energies
from serguide.audio.types import Clip
from serguide.base.errors import NetworkError, VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.base.units import SAMPLERATE, Samples
from serguide.cache.store import Store, key_of
from serguide.cache.versions import stamp
from serguide.script.program import Spoken
from serguide.voices.base import BoundedVoice, OwnPaceVoice, Voice
from serguide.voices.clips import Notes, notes, packed, unpacked
from serguide.voices.finish.quality import quality_problem
from serguide.voices.speaking_order import speaking_order
from serguide.voices.speaking_pools import SpeakingPools

_SHOWN: Final = 3  # sentences that a message about many of them quotes


@dataclass(frozen=True, slots=True)
class _Kept:
    """Say where a sentence's clip is; spoken: the first sentence that it was made for."""

    voice: Voice
    spoken: Spoken
    key: str
    notes: Notes


class Narration:
    """Know every sentence's length, and read its clip from the store when it is asked for."""

    def __init__(self, store: Store, kept: dict[Spoken, _Kept]) -> None:
        """Take what `narrate` has made."""
        self._store = store
        self._kept = kept

    def holds(self, spoken: Spoken) -> bool:
        """Tell whether a sentence is narrated."""
        return spoken in self._kept

    def take_in(self, other: Narration) -> None:
        """Take in what was narrated besides."""
        self._kept.update(other._kept)

    def frames_of(self, spoken: Spoken) -> Samples:
        """Return a narrated sentence's exact length, in frames at SAMPLERATE."""
        return self._kept[spoken].notes.frames

    def energies_of(self, spoken: Spoken) -> Energies:
        """Return the energies of a narrated sentence's clip; see serguide.voices.clips.Notes."""
        return self._kept[spoken].notes.energies

    def key_of(self, spoken: Spoken) -> str:
        """Return the key of a narrated sentence's clip."""
        return self._kept[spoken].key

    def clip_of(self, spoken: Spoken) -> Clip:
        """Return a narrated sentence's clip: shape (frames, 1), float32, at SAMPLERATE.

        A clip that was damaged or removed since is made again. Raises VoiceError when that
        fails, StoreError when the store cannot be used.
        """
        kept = self._kept[spoken]
        clip = _read(self._store, kept)
        if clip is None:
            payload = _speak(kept.voice, kept.spoken)
            self._store.put(kept.key, payload, private=spoken.private)
            clip = unpacked(payload)
        if clip is None or clip.frames != kept.notes.frames:
            raise _error(
                spoken,
                f"{kept.voice.name} spoke it {clip.frames if clip else 0} frames long where it "
                f"was {kept.notes.frames} before",
                "The stored clip was lost meanwhile. Render again.",
            )
        return clip


def narrate(
    spoken: Iterable[Spoken],
    open_voice: Callable[[Spoken], Voice],
    store: Store,
    *,
    progress: ProgressReporter | None = None,
    cancel: Cancel | None = None,
    allow_cloud: bool = False,
    jobs: int = 1,
) -> Narration:
    """Speak every sentence that the store does not hold yet.

    open_voice: returns the voice of a sentence; called once for each voice and language.
    progress: told of each sentence; cancel: ends it between two sentences.
    allow_cloud: sentences that hold filled-in values may be sent to an online voice.
    jobs: sentences at once; a voice that is serial takes one at a time all the same.

    Raises VoiceError, before anything is spoken, when a filled-in value would leave the machine
    unasked; VoiceError, naming the cue, when a voice fails or gives a clip that is empty,
    silent, too short, damaged or clipped: what was finished until then stays in the store.
    Raises StoreError, Cancelled.
    """
    progress, cancel = progress or ProgressReporter(), cancel or Cancel()
    sentences = list(spoken)
    progress.begin("speaking", len(sentences))
    voices: dict[tuple[str | None, str], Voice] = {}
    for sentence in sentences:
        name = (sentence.voice, sentence.language)
        if name not in voices:
            try:
                voices[name] = open_voice(sentence)
            except VoiceError as error:
                raise _located(sentence, error) from error
    if not allow_cloud:
        _refuse_to_send(
            [(line, voices[line.voice, line.language]) for line in sentences if line.private]
        )

    failed: list[BaseException] = []

    private: set[str] = set()

    def keep(voice: Voice, sentence: Spoken, key: str) -> _Kept:
        cancel.check()
        if failed:
            raise CancelledError
        try:
            return _keep(store, voice, sentence, key, private=key in private)
        except BaseException as error:
            failed.append(error)
            raise

    kept: dict[Spoken, _Kept] = {}
    with SpeakingPools(jobs) as pools:
        try:
            futures: dict[str, Future[_Kept]] = {}
            keys = []
            for sentence in sentences:
                voice = voices[sentence.voice, sentence.language]
                keys.append(key := clip_key(voice, sentence))
                if sentence.private:
                    private.add(key)
            for sentence, key in _in_order(sentences, keys, voices, jobs):
                voice = voices[sentence.voice, sentence.language]
                if key not in futures:
                    futures[key] = pools.submit(voice, partial(keep, voice, sentence, key))
            for sentence, key in zip(sentences, keys, strict=True):
                kept[sentence] = futures[key].result()
                progress.add("speaking", 1, Path(sentence.origin.path).stem)
        except CancelledError:  # of one that was not begun, because another had failed
            raise failed[0] from None
        except BaseException as error:
            failed.append(error)
            raise
    return Narration(store, kept)


def _in_order(
    sentences: list[Spoken],
    keys: list[str],
    voices: Mapping[tuple[str | None, str], Voice],
    jobs: int,
) -> list[tuple[Spoken, str]]:
    """Return sentences with their keys in the order in which they are begun."""
    first: dict[str, Spoken] = {}
    for sentence, key in zip(sentences, keys, strict=True):
        first.setdefault(key, sentence)
    pairs = [(sentence, key) for key, sentence in first.items()]
    bounds = [each.seconds_at_once for each in voices.values() if isinstance(each, BoundedVoice)]
    if not bounds or jobs < 2:
        return pairs
    seconds = [
        voices[each.voice, each.language].estimate(each.spoken, pace=each.pace, sentence=each)
        / SAMPLERATE
        for each, _ in pairs
    ]
    return [pairs[at] for at in speaking_order(seconds, min(bounds), jobs)]


def clip_key(voice: Voice, spoken: Spoken) -> str:
    """Return the store's key of a sentence's clip: all that changes its sound, and no more."""
    sounds = [[each.start, each.end, each.ipa] for each in spoken.sounds]
    return key_of(
        {
            "what": "clip",
            **stamp("clip"),
            "voice": dict(voice.identity(spoken)),
            "language": spoken.language,
            "text": spoken.spoken,
            "pace": _pace(voice, spoken),
            **({"sounds": sounds, **stamp("ipa")} if sounds else {}),
        }
    )


def _keep(store: Store, voice: Voice, spoken: Spoken, key: str, *, private: bool) -> _Kept:
    """Return where a sentence's clip is, speaking it if the store does not hold it."""
    if private:
        store.mark_private(key)
    found = _whole(store, key)
    if found is None:
        with store.sole(key):
            found = _whole(store, key)  # another process may have been first
            if found is None:
                payload = _speak(voice, spoken)
                store.put(key, payload, private=private)
                found = notes(payload)  # the store may be gone by now
    assert found is not None
    return _Kept(voice, spoken, key, found)


def _whole(store: Store, key: str) -> Notes | None:
    """Return the notes of a stored clip, or None, having set aside what is no clip."""
    payload = store.get(key)
    if payload is None:
        return None
    found = notes(payload)
    if found is None:
        store.set_aside(key)
    return found


def _speak(voice: Voice, spoken: Spoken) -> bytes:
    """Return the payload of a sentence, spoken and checked. Raises VoiceError."""
    try:
        clip = voice.speak(spoken.spoken, pace=spoken.pace, sentence=spoken)
    except VoiceError as error:
        raise _located(spoken, error) from error
    problem = _flaw(clip, voice, spoken)
    if problem:
        raise _error(
            spoken,
            f"{voice.name} {problem}",
            Hint(
                "Try again, word the sentence differently, or choose another voice.",
                Remedy("voice"),
            ),
        )
    return packed(clip)


def _flaw(clip: Clip, voice: Voice, spoken: Spoken) -> str | None:
    pace = _pace(voice, spoken)
    estimate = voice.estimate(spoken.spoken, pace=pace, sentence=spoken)
    return quality_problem(clip, spoken.spoken, pace=pace, estimate=estimate)


def _pace(voice: Voice, spoken: Spoken) -> float:
    """Return the pace at which a sentence really comes."""
    return voice.pace_of(spoken) if isinstance(voice, OwnPaceVoice) else spoken.pace


def _read(store: Store, kept: _Kept) -> Clip | None:
    """Return the stored clip, or None, having set it aside, unless it is sound."""
    payload = store.get(kept.key)
    if payload is None:
        return None
    clip = unpacked(payload)
    if clip is not None and _flaw(clip, kept.voice, kept.spoken) is None:
        return clip
    store.set_aside(kept.key)
    return None


def _refuse_to_send(private: Iterable[tuple[Spoken, Voice]]) -> None:
    """Raise VoiceError when one of the sentences would leave this machine."""
    by_receiver: dict[str, dict[str, None]] = {}
    for spoken, voice in private:
        if voice.sends_to is not None:
            by_receiver.setdefault(voice.sends_to, {})[spoken.spoken] = None
    if not by_receiver:
        return
    parts = []
    for receiver, texts in by_receiver.items():
        quoted = ", ".join(f"“{text}”" for text in list(texts)[:_SHOWN])
        more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
        parts.append(f"to {receiver}: {quoted}{more}")
    raise VoiceError(
        f"What is filled in, such as a client's name, would be sent {'; '.join(parts)}. "
        "Nothing was sent.",
        Hint(
            "Use an offline voice, which keeps them on this machine, or allow it.",
            Remedy("voice", "espeak"),
            Remedy("allow_cloud"),
        ),
    )


def _located(spoken: Spoken, error: VoiceError) -> VoiceError:
    """Return the same error, saying which cue it is about."""
    kind = NetworkError if isinstance(error, NetworkError) else VoiceError
    return kind(_where(spoken, error.message), error.hint)


def _error(spoken: Spoken, what: str, hint: str) -> VoiceError:
    return VoiceError(_where(spoken, f"{what}."), hint)


def _where(spoken: Spoken, message: str) -> str:
    return f"{spoken.origin.path}:{spoken.origin.line}: “{spoken.text}”: {message}"
