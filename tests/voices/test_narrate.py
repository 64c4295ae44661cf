from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from serguide.audio.types import Clip
from serguide.base.errors import NetworkError, VoiceError
from serguide.base.hints import Remedy, remedies_of
from serguide.base.tasks.progress import ProgressReporter
from serguide.base.units import SAMPLERATE, Decibels
from serguide.cache.store import Store
from serguide.script.program import Origin, Spoken
from serguide.voices.base import Voice
from serguide.voices.narrate import Narration, clip_key, narrate
from serguide.voices.registry import open_voice
from serguide.voices.tone import ToneVoice

TEXTS = (
    "If you like, close your eyes, or rest them on one spot.",
    "Either is fine.",
    "Let the breath come and go by itself.",
)


def sentence(text: str = TEXTS[0], line: int = 7, **more) -> Spoken:
    return Spoken(
        text=text,
        spoken=more.pop("spoken", text),
        language=more.pop("language", "en"),
        origin=Origin("scripts/relaxation/arriving-here.yaml", line),
        cue=line,
        **more,
    )


SENTENCES = tuple(sentence(text, line) for line, text in enumerate(TEXTS, start=7))


@dataclass
class ChangedTone(ToneVoice):
    """The tone voice, whose clip of one text comes out wrong."""

    language: str = "en"
    spoil: Callable[[Clip], Clip] = lambda clip: clip
    spoilt: str = TEXTS[1]
    sends_to: str | None = None
    changed: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def identity(self, sentence=None):
        return {**super().identity(), **self.changed}

    def speak(self, text: str, *, pace: float = 1.0, sentence=None) -> Clip:
        self.asked.append(text)
        clip = super().speak(text, pace=pace)
        return self.spoil(clip) if text == self.spoilt else clip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def opener(voice: Voice) -> Callable[[Spoken], Voice]:
    return lambda spoken: voice


def bits(narration: Narration, sentences=SENTENCES) -> list[bytes]:
    return [narration.clip_of(spoken).samples.tobytes() for spoken in sentences]


def entries(store: Store) -> list[Path]:
    return [path for path in (store.root / "objects").rglob("*") if path.is_file()]


def test_lengths_and_clips_agree(store: Store) -> None:
    narration = narrate(SENTENCES, opener(ToneVoice.open(None, "en")), store)
    for spoken in SENTENCES:
        clip = narration.clip_of(spoken)
        assert clip.samples.dtype == np.float32
        assert clip.samples.shape == (narration.frames_of(spoken), 1)
        assert clip.samplerate == SAMPLERATE
        assert clip.frames == ToneVoice.open(None, "en").estimate(spoken.spoken)


def test_what_is_heard_is_what_the_voice_said_to_16_bits(store: Store) -> None:
    voice = open_voice("espeak", "en")
    narration = narrate(SENTENCES, opener(voice), store)
    for spoken in SENTENCES:
        difference = narration.clip_of(spoken).samples - voice.speak(spoken.spoken).samples
        assert np.abs(difference).max() <= 0.5001 / 32768


def test_a_second_time_is_the_same_to_the_bit_and_says_nothing(store: Store) -> None:
    cold = bits(narrate(SENTENCES, opener(open_voice("espeak", "en")), store))

    class Silenced(ChangedTone):
        def identity(self, sentence=None):
            return open_voice("espeak", "en").identity()

        def estimate(self, text, *, pace=1.0, sentence=None):
            return open_voice("espeak", "en").estimate(text, pace=pace)

    silenced = Silenced()
    assert bits(narrate(SENTENCES, opener(silenced), store)) == cold
    assert not silenced.asked
    elsewhere = Store(store.root.parent / "another")
    assert bits(narrate(SENTENCES, opener(open_voice("espeak", "en")), elsewhere)) == cold


def test_the_same_sentence_is_spoken_once(store: Store) -> None:
    voice = ChangedTone()
    again = [replace(spoken, origin=Origin("other.yaml", 1), cue=99) for spoken in SENTENCES]
    narration = narrate([*SENTENCES, *again, *SENTENCES], opener(voice), store)
    assert voice.asked == list(TEXTS)
    assert bits(narration, again) == bits(narration)


def test_progress_counts_every_sentence(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    doubled = [*SENTENCES, *SENTENCES]
    voice = ToneVoice.open(None, "en")
    progress = ProgressReporter(lambda each: seen.append((each.done, each.total)))
    narrate(doubled, opener(voice), store, progress=progress)
    assert seen == [(number, 6) for number in range(1, 7)]


def test_nothing_to_say_is_fine(store: Store) -> None:
    assert isinstance(narrate([], opener(ToneVoice.open(None, "en")), store), Narration)


@pytest.mark.parametrize(
    "change",
    [
        {"spoken": "Something else."},
        {"pace": 0.95},
        {"language": "en-GB"},
    ],
)
def test_what_changes_the_sound_changes_the_key(change: dict) -> None:
    voice = ToneVoice.open(None, "en")
    assert clip_key(voice, replace(SENTENCES[0], **change)) != clip_key(voice, SENTENCES[0])


@pytest.mark.parametrize(
    "change",
    [
        {"text": "As it is written."},
        {"volume_db": Decibels(-6.0)},
        {"origin": Origin("elsewhere.yaml", 123)},
        {"cue": 55},
        {"beats": ("permission",)},
        {"private": True},
        {"voice": "tone"},
    ],
)
def test_what_does_not_change_the_sound_does_not_change_the_key(change: dict) -> None:
    voice = ToneVoice.open(None, "en")
    assert clip_key(voice, replace(SENTENCES[0], **change)) == clip_key(voice, SENTENCES[0])


@pytest.mark.parametrize("spec", ["espeak:en-us", "tone"])
def test_each_part_of_a_voices_identity_changes_the_key(spec: str) -> None:
    identity = open_voice(spec, "en").identity()
    keys = {clip_key(ChangedTone(changed=dict(identity)), SENTENCES[0])}
    for name in identity:
        keys.add(clip_key(ChangedTone(changed={**identity, name: "other"}), SENTENCES[0]))
    assert len(keys) == len(identity) + 1


def test_voices_do_not_share_clips(store: Store) -> None:
    def opened(spoken: Spoken) -> Voice:
        return open_voice(spoken.voice or "tone", spoken.language)

    two = (sentence(TEXTS[0]), sentence(TEXTS[0], voice="espeak:en-gb"))
    narration = narrate(two, opened, store)
    assert len(set(bits(narration, two))) == 2


def cut(clip: Clip) -> Clip:
    return Clip(clip.samples[: clip.frames // 8], SAMPLERATE)


def silence(clip: Clip) -> Clip:
    return Clip(np.zeros_like(clip.samples), SAMPLERATE)


def empty(clip: Clip) -> Clip:
    return Clip(clip.samples[:0], SAMPLERATE)


def not_a_number(clip: Clip) -> Clip:
    samples = clip.samples.copy()
    samples[100] = np.nan
    return Clip(samples, SAMPLERATE)


def too_loud(clip: Clip) -> Clip:
    return Clip(clip.samples * 30, SAMPLERATE)


@pytest.mark.parametrize("spoil", [cut, silence, empty, not_a_number, too_loud])
def test_a_clip_that_has_lost_words_names_its_cue(store: Store, spoil) -> None:
    with pytest.raises(VoiceError) as caught:
        narrate(SENTENCES, opener(ChangedTone(spoil=spoil)), store)
    assert "scripts/relaxation/arriving-here.yaml:8" in caught.value.message
    assert TEXTS[1] in caught.value.message
    assert caught.value.hint
    # What was finished before is kept, and what was wrong is not.
    assert len(entries(store)) == 1
    voice = ChangedTone()
    narrate(SENTENCES, opener(voice), store)
    assert voice.asked == list(TEXTS[1:])


@pytest.mark.parametrize("kind", [VoiceError, NetworkError])
def test_a_voices_own_error_gets_its_place(store: Store, kind: type[VoiceError]) -> None:
    def fail(_: Clip) -> Clip:
        raise kind("It refused.", "Try later.")

    with pytest.raises(kind) as caught:
        narrate(SENTENCES, opener(ChangedTone(spoil=fail)), store)
    assert type(caught.value) is kind
    assert caught.value.message.startswith("scripts/relaxation/arriving-here.yaml:8: ")
    assert caught.value.hint == "Try later."


def test_a_voice_that_does_not_exist_is_said_with_its_place(store: Store) -> None:
    lines = [*SENTENCES, sentence(line=44, voice="espaek")]
    with pytest.raises(VoiceError, match=r"arriving-here\.yaml:44: .*espaek"):
        narrate(lines, lambda spoken: open_voice(spoken.voice or "tone", "en"), store)


def test_a_damaged_clip_is_made_again(store: Store) -> None:
    narration = narrate(SENTENCES, opener(ToneVoice.open(None, "en")), store)
    before = bits(narration)
    for path in entries(store):
        path.write_bytes(path.read_bytes()[:-10])
    assert bits(narration) == before
    assert len(list((store.root / "damaged").iterdir())) == len(SENTENCES)


def test_a_removed_clip_is_made_again(store: Store) -> None:
    narration = narrate(SENTENCES, opener(ToneVoice.open(None, "en")), store)
    before = bits(narration)
    store.clear()
    assert bits(narration) == before


@pytest.mark.parametrize("payload", [b"", b"RIFF not a sound", b"fLaC" + b"\0" * 60])
def test_an_entry_that_is_no_clip_is_made_again(store: Store, payload: bytes) -> None:
    voice = ToneVoice.open(None, "en")
    for spoken in SENTENCES:
        store.put(clip_key(voice, spoken), payload)
    narration = narrate(SENTENCES, opener(voice), store)
    assert narration.frames_of(SENTENCES[0]) == voice.estimate(TEXTS[0])
    assert len(bits(narration)) == len(SENTENCES)


def test_a_clip_that_comes_out_of_another_length_is_not_taken(store: Store) -> None:
    voice = ChangedTone(spoilt="")
    narration = narrate(SENTENCES, opener(voice), store)
    store.clear()
    voice.spoil, voice.spoilt = lambda clip: Clip(clip.samples[:-5], SAMPLERATE), TEXTS[1]
    with pytest.raises(VoiceError, match="Render again"):
        narration.clip_of(SENTENCES[1])


PRIVATE = tuple(
    sentence(f"Ana, this is sentence {number}.", number, private=True) for number in range(1, 6)
)


def test_private_values_are_not_sent_unasked(store: Store) -> None:
    voice = ChangedTone(sends_to="Example's speech service")
    with pytest.raises(VoiceError) as caught:
        narrate([*SENTENCES, *PRIVATE], opener(voice), store)
    assert not voice.asked
    assert "Example's speech service" in caught.value.message
    assert "Ana, this is sentence 1." in caught.value.message
    assert "2 more" in caught.value.message
    assert Remedy("allow_cloud") in remedies_of(caught.value.hint)


def test_private_values_are_sent_when_allowed(store: Store) -> None:
    voice = ChangedTone(sends_to="Example's speech service")
    narrate(PRIVATE, opener(voice), store, allow_cloud=True)
    assert len(voice.asked) == len(PRIVATE)


def test_private_values_may_go_to_a_voice_on_this_machine(store: Store) -> None:
    narrate(PRIVATE, opener(ChangedTone()), store)


def test_what_is_not_private_may_be_sent(store: Store) -> None:
    narrate(SENTENCES, opener(ChangedTone(sends_to="Example's speech service")), store)


def test_one_voice_is_opened_for_each_name_and_language(store: Store) -> None:
    opened: list[Spoken] = []

    def open_and_count(spoken: Spoken) -> Voice:
        opened.append(spoken)
        return ToneVoice.open(None, spoken.language)

    lines = [*SENTENCES, *(replace(spoken, language="cs") for spoken in SENTENCES)]
    narration = narrate(lines, open_and_count, store)
    assert [spoken.language for spoken in opened] == ["en", "cs"]
    assert narration.frames_of(lines[0]) == narration.frames_of(lines[3])


@dataclass
class TakesTurns(ChangedTone):
    """Say how many sentences were spoken at a time."""

    name: str = "turns"
    serial: bool = True
    speaking: int = 0
    most: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def identity(self, sentence=None):
        return {"engine": self.name}

    def speak(self, text: str, *, pace: float = 1.0, sentence=None) -> Clip:
        with self.guard:
            self.speaking += 1
            self.most = max(self.most, self.speaking)
        time.sleep(0.02)
        with self.guard:
            self.speaking -= 1
        return ToneVoice.speak(self, text, pace=pace)


def test_a_serial_engine_takes_one_sentence_at_a_time_and_others_as_many_as_jobs(store) -> None:
    serial, parallel = TakesTurns(), TakesTurns(name="parallel", serial=False)
    lines = [
        sentence(f"Sentence {number}.", number, voice=name)
        for number in range(8)
        for name in ("turns", "parallel")
    ]
    narrate(lines, lambda each: serial if each.voice == "turns" else parallel, store, jobs=4)
    assert serial.most == 1
    assert 2 <= parallel.most <= 4


def test_one_job_is_one_job_whatever_the_engines(store) -> None:
    voice = TakesTurns(serial=False)
    narrate([sentence(f"Sentence {n}.", n) for n in range(6)], opener(voice), store, jobs=1)
    assert voice.most == 1


def test_of_two_engines_the_one_that_fails_is_told(store) -> None:
    """The other has sentences before it that were never begun."""

    def fail(_: Clip) -> Clip:
        raise VoiceError("It refused.", "Try later.")

    serial, failing = TakesTurns(), ChangedTone(spoil=fail)
    lines = [sentence(f"Sentence {n}.", n, voice="turns") for n in range(40)]
    lines.append(sentence(TEXTS[1], 99))
    with pytest.raises(VoiceError, match="It refused"):
        narrate(lines, lambda each: serial if each.voice else failing, store, jobs=2)


class Reader(ChangedTone):
    """A voice whose takes differ from place to place, as recordings do."""

    def identity(self, sentence=None):
        assert sentence is not None
        return {"engine": "reader", "take": f"{sentence.origin.path}:{sentence.origin.line}"}

    def speak(self, text: str, *, pace: float = 1.0, sentence=None) -> Clip:
        assert sentence is not None
        clip = super().speak(text, pace=pace)
        return Clip(clip.samples * np.float32(sentence.origin.line / 10), SAMPLERATE)


def test_the_same_words_in_two_places_may_be_two_recordings(store: Store) -> None:
    two = [sentence(TEXTS[0], 4), sentence(TEXTS[0], 8)]
    narration = narrate(two, opener(Reader()), store)
    soft, loud = (np.abs(narration.clip_of(each).samples).max() for each in two)
    assert loud == pytest.approx(2 * soft, rel=0.01)
    assert narration.key_of(two[0]) != narration.key_of(two[1])
