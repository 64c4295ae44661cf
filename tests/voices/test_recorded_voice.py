"""Mixed sessions: recorded sentences are heard as they are, the others at the same level."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from sound_signals import ebur128

sys.path.append(str(Path(__file__).parent.parent / "recordings"))
from readings import record

from serguide import api
from serguide.base.errors import VoiceError
from serguide.cache.store import Store
from serguide.recordings.clip import read_clip
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder
from serguide.render.request import RenderRequest
from serguide.script.program import Origin, Spoken
from serguide.voices.credits import credits_of
from serguide.voices.narrate import clip_key, narrate
from serguide.voices.registry import describe_voice, open_voice

SCRIPT = """
    title: The chair
    kind: grounding
    about: A chair.
    language: en
    values: {name: ""}
    cues:
      - say: Here is a chair, and it holds you well. Let it hold you for a while.
        pace: 0.8
      - say: "{name}, good."
      - breathe: {in: 4s, out: 6s, cycles: 4, guide: words, guide_cycles: 2}
      - say: Perhaps a little warmth is there.
"""
READ = ("Here is a chair, and it holds you well.", "In.", "You are here.")
DOUBTFUL = "Perhaps a little warmth is there."


def said(text, **more):
    return Spoken(text, text, "en", Origin("chair.yaml", 8), 1, **more)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    base = tmp_path_factory.mktemp("library")
    folder = VoiceFolder(base / "voices" / "ana")
    folder.create(VoiceCard(title="Ana", otherwise="espeak"))
    record(folder, base, READ)
    record(folder, base, [DOUBTFUL], state="doubtful")
    (base / "scripts").mkdir()
    import textwrap

    (base / "scripts" / "chair.yaml").write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    return base


@pytest.fixture
def voice(library):
    return open_voice("recorded:ana", "en", (library,))


def test_a_recorded_sentence_is_the_clip_and_others_are_spoken(voice):
    reading = voice.reading_of(READ[0])
    clip = read_clip(voice.folder.file(reading.clip))
    assert np.array_equal(voice.speak(READ[0]).samples, clip.samples)
    assert np.array_equal(voice.speak(f" {READ[0]} ", pace=0.5).samples, clip.samples)
    other = "This was never read."
    assert voice.speak(other).frames == voice.otherwise.speak(other).frames
    assert voice.otherwise.name.startswith("espeak:en")


def test_both_are_at_the_same_level_within_1_lu(voice):
    texts = (
        *READ[:1],
        "Let it hold you for a while.",
        "Somewhere between the two is a wall.",
        READ[2],
    )
    found = [ebur128(voice.speak(text).samples) for text in texts]
    loudness = [each["I"] for each in found]
    assert max(loudness) - min(loudness) < 1.0
    assert max(each["true_peak"] for each in found) <= -1.4


def test_a_doubtful_reading_is_spoken_otherwise_until_it_is_kept(library, voice):
    assert voice.state_of(DOUBTFUL) == "doubtful"
    assert voice.reading_of(DOUBTFUL) is None
    (entry,) = [e for e in voice.folder.open_index().recordings if e.text == DOUBTFUL]
    voice.folder.add([dataclasses.replace(entry, state="good", why="")])
    try:
        assert open_voice("recorded:ana", "en", (library,)).reading_of(DOUBTFUL) is not None
    finally:
        voice.folder.add([entry])


def test_identity_follows_the_clip_and_pace_does_not_count_for_it(voice):
    key = clip_key(voice, said(READ[0]))
    assert clip_key(voice, said(READ[0], pace=0.7)) == key
    assert clip_key(voice, said(READ[2])) != key
    other = "This was never read."
    assert clip_key(voice, said(other, pace=0.7)) != clip_key(voice, said(other))
    assert dict(voice.otherwise.identity()).items() <= dict(voice.identity(said(other))).items()
    path = voice.folder.file(voice.reading_of(READ[0]).clip)
    before = path.read_bytes()
    path.write_bytes(before + b"\0")
    try:
        assert clip_key(voice, said(READ[0])) != key
    finally:
        path.write_bytes(before)


def test_the_length_is_known_before_it_is_spoken(voice):
    assert voice.estimate(READ[0], pace=0.5) == pytest.approx(voice.speak(READ[0]).frames, abs=2)


def test_a_lost_clip_is_made_again_and_a_lost_original_is_told(voice, tmp_path):
    reading = voice.reading_of(READ[2])
    path, original = voice.folder.file(reading.clip), voice.folder.file(reading.original)
    before = path.read_bytes()
    path.unlink()
    voice.speak(READ[2])
    assert path.read_bytes() == before
    path.unlink()
    aside = original.rename(tmp_path / "aside")
    try:
        with pytest.raises(VoiceError, match="lost or damaged"):
            voice.speak(READ[2])
    finally:
        aside.rename(original)
        voice.speak(READ[2])


def test_a_quick_reading_is_not_taken_for_a_lost_one(library, voice, tmp_path):
    """A recording does not follow the pace, so it is not judged by it either."""
    store = Store(tmp_path / "cache")
    slow = said(READ[0], pace=0.5)
    narration = narrate([slow], lambda _: voice, store)
    assert narration.frames_of(slow) == voice.speak(READ[0]).frames


def write_card(base, text):
    folder = base / "voices" / "eva"
    folder.mkdir(parents=True)
    (folder / "voice.yaml").write_text(text, encoding="utf-8")
    return (base,)


def test_otherwise_is_the_best_natural_voice_where_the_card_says_nothing(tmp_path, monkeypatch):
    roots = write_card(tmp_path, "title: Eva\nlanguage: en\n")
    monkeypatch.setattr("serguide.voices.natural.best_natural", lambda language: "tone")
    assert open_voice("recorded:eva", "en", roots).otherwise.name == "tone"
    monkeypatch.setattr("serguide.voices.natural.best_natural", lambda language: None)
    assert open_voice("recorded:eva", "en", roots).otherwise.name == "espeak:en-us"


def test_otherwise_is_as_the_card_says(tmp_path):
    roots = write_card(tmp_path, "title: Eva\nlanguage: en\notherwise: espeak:en-gb\n")
    assert open_voice("recorded:eva", "en", roots).otherwise.name == "espeak:en-gb"
    assert open_voice("recorded:eva", "cs", roots).otherwise.name == "espeak:cs"


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ("title: Eva\notherwise: recorded:eva\n", "is a recorded voice"),
        ("title: Eva\notherwise: espeek\n", "espeek"),
        ("title: [Eva]\n", "voice.yaml:1"),
        ("name: Eva\n", "voice.yaml:1"),
    ],
)
def test_a_card_that_cannot_be_used_is_told(card, words, tmp_path):
    with pytest.raises(VoiceError) as caught:
        open_voice("recorded:eva", "en", write_card(tmp_path, card))
    assert words in caught.value.message
    assert caught.value.hint


def test_an_online_otherwise_never_gets_a_value_unasked(tmp_path):
    roots = write_card(tmp_path, "title: Eva\notherwise: gtts\n")
    voice = open_voice("recorded:eva", "en", roots)
    assert "Google" in voice.sends_to
    with pytest.raises(VoiceError, match="Zoë"):
        narrate([said("Zoë, good.", private=True)], lambda _: voice, Store(tmp_path / "cache"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("recorded:anna", "Did you mean `ana`"), ("recorded:zzz", "ana"), ("recorded:", "variant")],
)
def test_a_voice_that_nobody_recorded_gets_the_nearest(library, name, words):
    with pytest.raises(VoiceError) as caught:
        open_voice(name, "en", (library,))
    assert words in caught.value.hint


def test_the_only_voice_needs_no_name_and_its_library_is_needed(library):
    assert open_voice("recorded", "en", (library,)).name == "recorded:ana"
    with pytest.raises(VoiceError, match="recorded"):
        open_voice("recorded:ana", "en")


def test_recorded_voices_are_described(library):
    found = describe_voice("recorded", (library,))
    assert [(v.name, v.language) for v in found.variants] == [("ana", "en")]
    assert found.installed("ana")
    assert not describe_voice("recorded").installed()


def request(library, tmp_path, **more):
    return RenderRequest(
        "chair",
        tmp_path / "out",
        (library,),
        "recorded:ana",
        soundscape="none",
        format_name="wav",
        **more,
    )


def test_a_mixed_session_is_counted_and_named(library, tmp_path):
    found = api.prepare(request(library, tmp_path, values={"name": "Zoë"}))
    (share,) = found.recorded
    assert (share.voice, share.otherwise) == ("recorded:ana", "espeak:en-us")
    others = {each.text: (each.state, each.private) for each in share.others}
    assert READ[0] not in others
    assert "In." not in others
    assert others["Out."] == ("missing", False)
    assert others["Zoë, good."] == ("missing", True)
    assert others[DOUBTFUL] == ("doubtful", False)
    assert "five-to-one" in {each.script for each in share.others}, "the ground track counts"
    assert share.recorded + len(others) == share.sentences
    assert f"{share.recorded} of {share.sentences}" in share.told()


def test_who_really_speaks_is_credited(library, tmp_path):
    program = api.prepare(request(library, tmp_path)).program
    names = [each.name for each in credits_of(program)]
    assert names == ["recorded:ana", "espeak:en-us"]


def test_a_strict_voice_refuses_with_the_list(library, tmp_path):
    with pytest.raises(VoiceError) as caught:
        api.render(request(library, tmp_path, strict_voice=True))
    assert "“Out.” (it is not recorded)" in caught.value.message
    assert f"“{DOUBTFUL}” (its reading is doubtful)" in caught.value.message
    assert READ[0] not in caught.value.message
    assert not (tmp_path / "out").exists()


def test_what_is_rendered_holds_the_recording_where_its_caption_is(library, tmp_path, voice):
    import soundfile

    wanted = request(library, tmp_path)
    store = Store(tmp_path / "cache")
    api.render(wanted, store=store)
    manifest = json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))[
        "serguide"
    ]
    assert manifest["voice"] == "recorded:ana"
    sound, _rate = soundfile.read(tmp_path / "out" / manifest["audio"], always_2d=True)
    events = {each["text"]: each for each in manifest["events"] if each["kind"] == "say"}
    for text in (READ[0], "In."):
        clip = voice.speak(text).samples[:, 0]
        event = events[text]
        heard = sound[event["start"] : event["end"], 0]
        assert len(heard) == len(clip)
        assert np.corrcoef(heard, clip)[0, 1] > 0.999
    # Levels of both in the mix, by a meter that is not ours.
    spoken = [READ[0], "Let it hold you for a while."]
    levels = [
        ebur128(sound[events[t]["start"] : events[t]["end"], :1].astype(np.float32))["I"]
        for t in spoken
    ]
    assert abs(levels[0] - levels[1]) < 1.0
    assert api.unchanged(wanted, store=store) is not None
    (reading,) = [e for e in voice.folder.open_index().recordings if e.text == DOUBTFUL]
    voice.folder.add([dataclasses.replace(reading, state="good", why="")])
    try:
        assert api.unchanged(wanted, store=store) is None, "another reading is another session"
    finally:
        voice.folder.add([reading])
