"""Every change of sound moves a number in the one table, and nothing else does."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import golden
import numpy as np
import pytest
from samples import TrackMaker
from sound_samples import SAMPLES, alike, print_of, signal

import serguide
from serguide.cache import versions
from serguide.cache.versions import STEPS, stamp
from serguide.encode.formats import FORMATS
from serguide.render.track_cache import TrackKeys
from serguide.script.program import Origin, Spoken
from serguide.soundscapes.layers.generators import GENERATORS
from serguide.soundscapes.loop import LoopBed
from serguide.voices.narrate import clip_key
from serguide.voices.registry import open_voice

RECORDED = golden.recorded()


@pytest.mark.parametrize("step", SAMPLES)
def test_a_sample_that_changed_has_a_new_number(step):
    now = golden.heard(step)
    told = golden.complaint(step, now, RECORDED)
    if told and step in RECORDED and not alike(now, RECORDED[step]["print"]):
        then = RECORDED[step]
        if then["where"] not in ("anywhere", golden.HERE):
            pytest.skip(f"recorded on {then['where']}; this is {golden.HERE}")
        if then["libraries"] != golden.libraries_of(step):
            pytest.skip(f"recorded with {then['libraries']}: keys have followed by themselves")
    assert not told, told


def test_every_step_has_a_sample_and_every_sample_a_step():
    ours = {*STEPS, *(f"layer {name}" for name in GENERATORS)}
    assert ours == set(SAMPLES) == set(RECORDED)
    assert {used for step in STEPS.values() for used in step.uses} <= set(STEPS)


@pytest.mark.parametrize(
    ("name", "value", "step", "place"),
    [
        ("serguide.audio.duck.LIFT_DB", 5.9, "duck", "`duck` in serguide/cache/versions.py"),
        ("serguide.audio.limiter._RELEASE", 2e-4, "limiter", "`limiter`"),
        ("serguide.voices.finish.trim.TAIL_MS", 13, "trim", "`trim`"),
        ("serguide.voices.espeak.espeak_text._LONGEST_RUN", 59, "espeak text", "`espeak text`"),
        ("serguide.encode.mp3.encoder._QUALITY", 4, "mp3", "`mp3`"),
        ("serguide.audio.mix.SPEECH_LUFS", -18.5, "speech gain", "`speech gain`"),
        ("serguide.render.track.speech_gain", lambda voice: 0.5, "track", "`track`"),
        (
            "serguide.soundscapes.layers.drone._PARTIALS", ((1.0, 0.0), (2.0, -3.0)),
            "layer drone", "Drone.VERSION in serguide/soundscapes/layers/drone.py",
        ),
    ],
)  # fmt: skip
def test_the_number_to_raise_is_named(monkeypatch, name, value, step, place):
    monkeypatch.setattr(name, value)
    told = golden.complaint(step, golden.heard(step), RECORDED)
    assert f"raise {place}" in told
    monkeypatch.setattr(golden, "number_of", lambda _: 99)
    raised = golden.complaint(step, golden.heard(step), RECORDED)
    assert golden.RECORD in raised
    assert "was raised" in raised


def test_what_a_step_stands_on_is_named_before_it(monkeypatch):
    monkeypatch.setattr("serguide.audio.duck.LIFT_DB", 3.0)
    told = golden.complaint("mix", golden.heard("mix"), RECORDED)
    assert told == "“mix” sounds different because duck does: see there"


@pytest.mark.parametrize("apart", [1.0, 1.0 + 1e-6])
def test_last_digits_are_no_change(apart):
    sound = signal(40_000, 2)
    assert alike(print_of(sound * np.float64(apart)), print_of(sound))


@pytest.mark.parametrize(
    "change",
    [
        lambda sound: sound * 0.999,
        lambda sound: np.roll(sound, 1, axis=0),
        lambda sound: sound[:, ::-1],
        lambda sound: sound + 1e-4,
        lambda sound: sound[:-1],
        lambda sound: np.concatenate((sound[:30_000], 0.9 * sound[30_000:])),
    ],
    ids=["softer", "later", "sides", "offset", "shorter", "its end softer"],
)
def test_small_changes_of_sound_are_changes(change):
    sound = signal(40_000, 2)
    assert not alike(print_of(change(sound)), print_of(sound))


KEYS = """
import json
from serguide.cache.versions import STEPS, stamp
from serguide.script.program import Origin, Spoken
from serguide.soundscapes.layers.generators import GENERATORS
from serguide.soundscapes.loop import LoopBed
from serguide.voices.narrate import clip_key
from serguide.voices.registry import open_voice
said = Spoken("Rest.", "Rest.", "en", Origin("x.yaml", 1), 1)
print(json.dumps([
    stamp(*STEPS),
    [clip_key(open_voice(name, "en"), said) for name in ("espeak", "gtts", "tone")],
    [LoopBed([GENERATORS[name](sound=name)]).identity() for name in GENERATORS],
]))
"""


def test_a_comment_changes_no_key(tmp_path):
    package = tmp_path / "serguide"
    shutil.copytree(
        Path(serguide.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__")
    )

    def keys() -> list:
        done = subprocess.run(
            [sys.executable, "-B", "-c", KEYS], cwd=tmp_path, check=True, capture_output=True,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )  # fmt: skip
        return json.loads(done.stdout)

    before = keys()
    for path in package.rglob("*.py"):
        path.write_text(path.read_text(encoding="utf-8") + "\n# A comment.\n", encoding="utf-8")
    assert keys() == before


def raised(monkeypatch, step: str) -> None:
    number = STEPS[step].number + 1
    monkeypatch.setitem(STEPS, step, dataclasses.replace(STEPS[step], number=number))


SAID = Spoken("Rest.", "Rest.", "en", Origin("x.yaml", 1), 1)

IN_CLIPS = {
    "espeak": {"espeak text", "espeak speech", "trim", "polish", "clip", "meter"},
    "tone": {"tone voice", "clip", "meter"},
    "gtts": {"gtts text", "gtts speech", "trim", "clip", "meter"},
}
ALWAYS = {"track", "mix", "limiter", "true peak", "speech gain", "meter"}


def track_key(format_name: str, *, bed=True, sound=False, tone=False) -> str:
    made = TrackMaker("x", bed=bed).say("Here.").rest(3)
    made = made.sound() if sound else made
    made = made.breathe(cycles=1, guide=0, in_=2, out=2) if tone else made
    keys = TrackKeys(made.done(), {"bed": "b"}, FORMATS[format_name], lambda spoken: spoken.text)
    return keys.whole()


@pytest.mark.parametrize("engine", IN_CLIPS)
def test_a_clips_key_names_what_shapes_the_clip(monkeypatch, engine):
    voice = open_voice(engine, "en")
    before = clip_key(voice, SAID)
    moved = set()
    for step in STEPS:
        with monkeypatch.context() as patch:
            raised(patch, step)
            if clip_key(voice, SAID) != before:
                moved.add(step)
    assert moved == IN_CLIPS[engine]


@pytest.mark.parametrize(
    ("format_name", "holds", "more"),
    [
        ("wav", {"bed": False}, {"wav"}),
        ("mp3", {"bed": False}, {"mp3", "splice"}),
        ("wav", {"bed": True}, {"wav", "duck", "fades"}),
        ("opus", {"bed": False, "sound": True}, {"opus", "one-shots"}),
        ("m4a", {"bed": False, "tone": True}, {"m4a", "guide tone"}),
    ],
)
def test_a_tracks_key_names_what_shapes_the_track(monkeypatch, format_name, holds, more):
    before = track_key(format_name, **holds)
    moved = set()
    for step in STEPS:
        with monkeypatch.context() as patch:
            raised(patch, step)
            if track_key(format_name, **holds) != before:
                moved.add(step)
    assert moved == ALWAYS | more


def test_loops_and_clips_follow_their_libraries(monkeypatch):
    here = versions.installed

    def known(name, changed):
        return "0" if name == changed else here(name)

    voice, bed = open_voice("espeak", "en"), LoopBed([GENERATORS["rain"](sound="rain")])
    clip, loops = clip_key(voice, SAID), bed.identity()
    for library, moves in (
        ("pedalboard", "clip"), ("soxr", "clip"), ("pydub", "clip"), ("espeakng-loader", "clip"),
        ("numpy", "both"), ("lameenc", "none"),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(versions, "installed", lambda name, of=library: known(name, of))
            assert (clip_key(voice, SAID) != clip) == (moves in ("clip", "both")), library
            assert (bed.identity() != loops) == (moves == "both"), library


def test_a_stamp_is_flat_and_whole():
    made = stamp("limiter", "trim")
    assert made["limiter"] == STEPS["limiter"].number
    assert "true peak" in made  # it stands on it
    assert made["library numpy"] == np.__version__
    with pytest.raises(KeyError):
        stamp("no such step")
