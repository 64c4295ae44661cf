"""A part as it is listened to: what was spoken, as stems, from any place; as it is rendered."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from serguide.audio.mix import speech_gain
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.studio.listening.live_part import GROUND, ready_part
from serguide.studio.listening.open_beds import OpenBeds
from serguide.studio.session.session_routes import room_of

SCRIPT = """\
title: A minute
kind: relaxation
language: en
soundscape: {name: quiet-drone, level: -24dB}
cues:
  - say: Here is a first sentence. Here is a second one.
  - rest: {for: 4s, min: 2s, max: 8s}
  - say: And a third, which is the last.
"""

SESSION = "title: Short\nlanguage: en\nvoice: espeak\nsteps: [a-minute]\n"


@pytest.fixture
def short(studio):
    for folder, name, text in (
        ("sessions", "short", SESSION), ("relaxation", "a-minute", SCRIPT)
    ):  # fmt: skip
        path = studio.library / "scripts" / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return room_of(studio)


def part_of(room, studio, number=0):
    return ready_part(
        room.laid("short"), number, studio.store, OpenBeds(studio.store),
        ProgressReporter(), Cancel(),
    )  # fmt: skip


def read(response):
    """Return the lines of JSON before the samples, and these: (frames, 4)."""
    lines, rest = [], response.content
    while not (lines and ("sound" in lines[-1] or "problem" in lines[-1])):
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
    return lines, np.frombuffer(rest, "<i2").reshape(-1, 4)


def test_what_is_spoken_makes_the_plan_exact(short, studio):
    assert not short.laid("short").exact
    part = part_of(short, studio)
    assert part.spoken == 3
    laid = short.laid("short")
    assert laid.exact
    assert laid.timeline.tracks[0].frames == part.track.frames
    assert part_of(short, studio).spoken == 0


def test_the_stems_add_up_to_the_mix_from_any_place(short, studio):
    part = part_of(short, studio)
    gain = speech_gain(part.mix.voice_energies())
    whole = np.concatenate(list(part.mix.blocks(gain, 0.5)))
    for start in (0, 1000, 100_000, part.track.frames - 5000):
        found = np.frombuffer(b"".join(part.stems(start)), "<i2").reshape(-1, 4) / 32767
        assert len(found) == part.track.frames - start
        both = found[:, :2] + found[:, 2:]
        assert np.abs(both - whole[start:]).max() < 3 / 32767
    speech = part.track.placed[0]
    middle = (speech.start + speech.end) // 2
    stems = np.frombuffer(b"".join(part.stems(middle)), "<i2").reshape(-1, 4)[:4800]
    assert np.abs(stems[:, 0]).max() > 10 * np.abs(stems[:, 2]).max(), "the voice is in front"


def test_a_stream_begins_at_a_line_and_says_what_it_is(client, short, studio):
    first = client.post("/api/listening", json={"name": "short", "part": 0})
    lines, samples = read(first)
    assert lines[0]["speaking"][1] == 3
    assert lines[-1]["sound"]["spoken"] == 3
    assert lines[-1]["sound"]["level"] == -24
    assert len(samples) == lines[-1]["sound"]["frames"]
    plan = client.get("/api/sessions/short").json()
    assert plan["exact"]
    third = plan["parts"][0]["lines"].index(
        next(line for line in plan["parts"][0]["lines"] if "third" in line.get("text", ""))
    )
    lines, samples = read(
        client.post("/api/listening", json={"name": "short", "part": 0, "line": third})
    )
    assert lines[-1]["sound"]["from"] == plan["parts"][0]["lines"][third]["at"]
    assert np.abs(samples[: 48_000 // 4, :2]).max() > 300, "it begins with the sentence"


def test_the_way_back_is_heard_too_and_what_is_not_there_is_told(client, short, studio):
    assert part_of(short, studio, GROUND).track.program.step == "five-to-one"
    lines, _ = read(client.post("/api/listening", json={"name": "short", "part": 7}))
    assert "not there" in lines[-1]["problem"]["message"]


def test_an_end_of_listening_ends_the_speaking(short, studio):
    from serguide.studio.listening.listening_stream import part_stream

    cancels = []

    def ready(progress, cancel):
        cancels.append(cancel)
        progress.begin("speaking", 3)
        progress.add("speaking", 1)
        while not cancel.cancelled:
            time.sleep(0.01)
        cancel.check()

    stream = part_stream(ready, lambda part: 0, str, Cancel())
    assert json.loads(next(stream))["speaking"] == [1, 3]
    stream.close()
    assert cancels[0].cancelled
