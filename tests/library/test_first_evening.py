"""The main job, whole: the first evening as a client gets it, measured on the decoded sound."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise

import mutagen
import numpy as np
import pytest
import webvtt
from needed import program
from rendering import bundled
from sound_signals import decode, ebur128

from serguide.base.units import SAMPLERATE
from serguide.cache.store import Store
from serguide.catalogue import outline
from serguide.script.library import open_libraries
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evening")
    libraries = open_libraries([])
    program = resolve(libraries.locate("the-first-evening"), libraries, KNOWN)
    return bundled(program, folder / "out", libraries, Store(folder / "cache"))


@pytest.fixture(scope="module")
def sound(evening):
    return decode(evening.session)


def says(evening):
    return [event for event in evening.events if event["kind"] == "say"]


def test_twenty_minutes_to_the_sample(evening, sound):
    assert len(sound) == evening.frames
    assert abs(evening.frames - 1200 * SAMPLERATE) <= 5 * 1152


def test_loudness_and_true_peak(evening, sound):
    found = ebur128(sound)
    stated = evening.manifest["serguide"]["loudness"]
    assert found["true_peak"] <= -1.5
    assert stated["speech"] == pytest.approx(-18, abs=0.5)
    assert stated["integrated"] == pytest.approx(found["I"], abs=0.2)


def test_tracks_begin_and_end_in_digital_silence(evening, sound):
    for track in evening.tracks:
        assert not sound[track["start"] : track["start"] + 1152].any()
        assert not sound[track["end"] - 1152 : track["end"]].any()


def test_every_caption_begins_with_its_words(evening, sound):
    """Onset: where 10 ms are 8 dB over the soundscape before them; within 60 ms."""
    captions = list(webvtt.read(evening.folder / "captions.vtt"))
    assert len(captions) == len(says(evening))
    before, late = 0, {}
    for caption, event in zip(captions, says(evening), strict=True):
        hours, minutes, seconds = caption.start.split(":")
        start = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        at = round(start * SAMPLERATE)
        if event["start"] - before > SAMPLERATE // 4:
            bed = np.sqrt((sound[at - 9600 : at - 480] ** 2).mean())
            window = (sound[at - 4800 : at + 9600] ** 2).mean(axis=1).reshape(-1, 480)
            onset = int(np.argmax(np.sqrt(window.mean(axis=1)) > 2.5 * bed)) * 480 - 4800
            if abs(onset) > 0.06 * SAMPLERATE:
                late[event["text"]] = onset / SAMPLERATE
        before = event["end"]
    assert late == {}


def test_every_sentence_is_in_the_transcript(evening):
    transcript = " ".join((evening.folder / "transcript.txt").read_text("utf-8").split())
    assert says(evening)
    assert [e["text"] for e in says(evening) if e["text"] not in transcript] == []


def test_chapters_by_mutagen(evening):
    tags = mutagen.File(evening.session).tags
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert len(chapters) >= 5
    assert chapters[0].start_time == 0
    assert abs(chapters[-1].end_time - evening.frames / 48) < 1
    assert all(a.end_time == b.start_time for a, b in pairwise(chapters))
    assert tags.getall("CTOC")
    assert str(tags["TIT2"]) == "The first evening"


def test_ffprobe_agrees(evening):
    program("ffprobe", package="ffmpeg")
    done = subprocess.run(
        ["ffprobe", "-v", "warning", "-show_format", "-show_chapters", "-of", "json",
         str(evening.session)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    data = json.loads(done.stdout)
    assert float(data["format"]["duration"]) == pytest.approx(1200, abs=0.1)
    assert len(data["chapters"]) >= 5


def test_the_estimate_was_right(evening):
    libraries = open_libraries([])
    path = libraries.locate("the-first-evening")
    shown = outline(path, libraries).fit.natural
    speech = sum(event["end"] - event["start"] for event in says(evening))
    rendered_says = [e for t in outline(path, libraries).tracks for e in t.speech()]
    estimated = sum(event.end - event.start for event in rendered_says)
    assert estimated == pytest.approx(speech, rel=0.05)
    assert shown == pytest.approx(1200 * SAMPLERATE, rel=0.1)
