"""One's own voice, heard: what was read sounds as it was read, and another voice says the rest."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
import soundfile
from chromium import chromium, faultless_page, microphone, until
from reading_aloud import spoken

from serguide.base.units import SAMPLERATE
from serguide.cache.store import Store
from serguide.reading.prompter.prompter import Take
from serguide.reading.prompter.take_keeper import keep_take
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder

PART = """\
title: By the window
kind: relaxation
language: en
soundscape: {name: quiet-drone, level: -30dB}
values: {name: ""}
cues:
  - say: If you like, listen to the rain. [1s] Or to nothing at all.
  - rest: 3s
  - say: And let it carry you for a while.
  - say: "{name}, that was all of it."
"""
SESSION = """\
title: Rain for someone
language: en
voice: recorded:ana
values: {name: Zoë}
steps: [by-the-window]
"""
READ = 2
"""Sentences of the part that are recorded; a man's voice reads them, espeak's own says the rest."""


@pytest.fixture(scope="module")
def readings(tmp_path_factory):
    """The part's sentences as somebody else than the standing-in voice reads them."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "by-the-window.yaml").write_text(PART, encoding="utf-8")
    return spoken("by-the-window", folder, Store(folder / "store"), voice="espeak:en-gb-scotland")


def furnish(library):
    for folder, name, text in (
        ("relaxation", "by-the-window", PART),
        ("sessions", "rain", SESSION),
    ):
        path = library / "scripts" / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def begin_voice(library):
    folder = VoiceFolder(library / "voices" / "ana")
    folder.create(VoiceCard(title="Ana", language="en"))
    return folder


def read_aloud(folder, readings):
    """Keep sentences in a voice's folder as takes are kept; return their clips."""
    clips = []
    for text, samples in readings:
        quiet = np.random.default_rng(5).normal(0, 3e-4, SAMPLERATE)
        whole = np.concatenate([quiet, samples, quiet]).astype(np.float32)[:, None]
        take = Take(whole, 0.8, len(whole) / SAMPLERATE - 0.2, False)
        entry = keep_take(folder, Sentence(0, "", 0, text, text, "en", 0.0), take)
        assert entry.good, entry.why
        clips.append(soundfile.read(folder.file(entry.clip))[0])
    return clips


def like(heard, clip):
    """Return how much a stretch of sound is a clip, whatever its level: 1 for the same."""
    frames = min(len(heard), len(clip))
    best = 0.0
    for shift in range(0, max(1, len(heard) - frames + 1), 480):
        part = heard[shift : shift + frames]
        norm = np.linalg.norm(part) * np.linalg.norm(clip[:frames])
        best = max(best, abs(float(part @ clip[:frames])) / norm if norm else 0.0)
    return best


def samples_in(content):
    found, rest = [], content
    while rest:
        line, _, rest = rest.partition(b"\n")
        count = json.loads(line).get("bytes", 0)
        found.append(rest[:count])
        rest = rest[count:]
    return np.frombuffer(b"".join(found), "<i2").reshape(-1, 4) / 32767


def test_the_session_is_heard_in_it_and_says_how_much(client, studio, readings):
    furnish(studio.library)
    clips = read_aloud(begin_voice(studio.library), readings[:READ])
    answer = client.post("/api/listening", json={"name": "rain", "part": 0})
    heard = samples_in(answer.content)[:, 0]
    plan = client.get("/api/sessions/rain").json()
    assert plan["voice"]["kind"] == "own"
    said = [line for line in plan["parts"][0]["lines"] if line["kind"] == "say"]
    assert len(said) == 4
    for line, clip in zip(said[:READ], clips, strict=True):
        assert line["end"] - line["at"] == len(clip), "a recording has its own length"
        assert like(heard[line["at"] : line["end"]], clip) > 0.98
    for line, (_, samples) in zip(said[READ:3], readings[READ:3], strict=True):
        other = heard[line["at"] : line["end"]]
        assert np.abs(other).max() > 0.05, "somebody says it"
        assert like(other, samples) < 0.5, "and that is not the reader"
    details = client.get("/api/sessions/rain/details").json()
    (own,) = details["readings"]
    assert (own["recorded"], own["unread"], own["values"]) == (READ, own["sentences"] - READ - 1, 1)


def test_one_more_reading_is_heard_the_next_time(client, studio, readings):
    furnish(studio.library)
    folder = begin_voice(studio.library)
    read_aloud(folder, readings[:1])
    before = samples_in(client.post("/api/listening", json={"name": "rain", "part": 0}).content)
    (clip,) = read_aloud(folder, readings[1:2])
    heard = samples_in(client.post("/api/listening", json={"name": "rain", "part": 0}).content)
    lines = client.get("/api/sessions/rain").json()["parts"][0]["lines"]
    second = [each for each in lines if each["kind"] == "say"][1]
    assert like(heard[second["at"] : second["end"], 0], clip) > 0.98
    assert len(before) != len(heard)


def test_the_words_are_heard_in_the_voice_of_their_session(client, studio, readings):
    furnish(studio.library)
    clips = read_aloud(begin_voice(studio.library), readings[:READ])
    part = "/api/parts/by-the-window"
    asked = {"cue": 0, "session": "rain"}
    heard = client.post(f"{part}/hearing", json=asked).json()["heard"]
    said = [each["item"] for each in heard if each["kind"] == "say"]
    for item, clip in zip(said[:READ], clips, strict=True):
        sound = client.get(f"{part}/hearing/{item}?session=rain")
        assert like(soundfile.read(io.BytesIO(sound.content))[0], clip) > 0.98
    alone = client.get(f"{part}/hearing/{said[0]}")
    assert like(soundfile.read(io.BytesIO(alone.content))[0], clips[0]) < 0.5


def test_a_session_in_words_lasts_what_it_lasts_in_the_session(client, studio, readings):
    furnish(studio.library)
    read_aloud(begin_voice(studio.library), readings[:READ])
    (studio.library / "scripts" / "sessions" / "rain.yaml").write_text(
        SESSION + "length: 40s\n", encoding="utf-8"
    )
    plan = client.get("/api/sessions/rain").json()
    there = client.get("/api/parts/by-the-window?session=rain").json()
    assert there["seconds"] == plan["parts"][0]["frames"] / plan["rate"]
    assert client.get("/api/parts/by-the-window").json()["seconds"] != there["seconds"]


HEARING = """() => {
  window.loudest = 0;
  const real = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) {
      const meter = new AnalyserNode(this.context, { fftSize: 2048 });
      const values = new Float32Array(2048);
      real.call(this, meter);
      setInterval(() => {
        meter.getFloatTimeDomainData(values);
        window.loudest = Math.max(window.loudest, ...values.map(Math.abs));
      }, 20);
    }
    return real.call(this, to, ...more);
  };
}"""


@pytest.mark.slow
def test_it_is_chosen_heard_and_counted_in_a_browser(desk, readings):
    furnish(desk.library)
    path = desk.library / "scripts" / "sessions" / "rain.yaml"
    path.write_text(SESSION.replace("recorded:ana", "espeak"), encoding="utf-8")
    read_aloud(begin_voice(desk.library), readings[:READ])
    with chromium(*microphone()) as browser, faultless_page(browser, desk.address) as page:
        page.goto(f"{desk.base}session#rain")
        page.wait_for_selector(".part")
        page.evaluate(HEARING)
        until(page, lambda: page.get_by_role("radio", name="Your own").is_enabled())
        page.locator("label", has_text="Your own").click()
        until(page, lambda: "recorded:ana" in path.read_text(encoding="utf-8"))
        told = page.locator(".setting.voice p")
        until(page, lambda: f"Ana, {READ} of" in told.inner_text())
        assert "spoken by another voice" in told.inner_text()
        page.get_by_role("button", name="Hear from here: If you like").click()
        until(page, lambda: page.evaluate("window.loudest") > 0.02)
        # And in its words, which were opened from there.
        page.goto(f"{desk.base}words#by-the-window")
        page.wait_for_selector(".say")
        page.evaluate(HEARING)
        with page.expect_response(lambda each: "/hearing/0?session=rain" in each.url) as sound:
            page.get_by_role("button", name="Listen from here").click()
        assert sound.value.status == 200
        until(page, lambda: page.evaluate("window.loudest") > 0.02)
        assert "in this session" in page.locator(".lasts").inner_text()
