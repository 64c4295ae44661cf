"""A part as it is listened to: what was spoken, as stems, from any place; as it is rendered."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest

from serguide.audio.mix import TrackMix, speech_gain
from serguide.base.tasks.cancel import Cancel
from serguide.studio.listening.held_layout import GROUND, HeldLayout, place_in
from serguide.studio.listening.live_part import LivePart
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


def part_of(room, studio, number=0, name="short", **where):
    return LivePart(room.laid(name), number, studio.store, OpenBeds(studio.store), **where)


def heard(part):
    """Return all that a part gives while it is spoken: (place in the plan, samples) in order."""
    found = []
    for narration in part.speak(Cancel()):
        part.take_in(narration)
        found += list(part.certain())
    return found + list(part.certain())


def samples_of(pieces):
    joined = b"".join(samples for _, samples in pieces)
    return np.frombuffer(joined, "<i2").reshape(-1, 4) / 32767


def read(response):
    """Return the lines of JSON of a stream, and its samples: (frames, 4)."""
    lines, samples, rest = [], [], response.content
    while rest:
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
        count = lines[-1].get("bytes", 0)
        samples.append(rest[:count])
        rest = rest[count:]
    return lines, np.frombuffer(b"".join(samples), "<i2").reshape(-1, 4)


def sound_in(lines):
    return next(line["sound"] for line in lines if "sound" in line)


def test_what_is_spoken_makes_the_plan_exact(short, studio):
    assert not short.laid("short").exact
    part = part_of(short, studio)
    assert part.unspoken == 3
    heard(part)
    laid = short.laid("short")
    assert laid.exact
    assert laid.timeline.tracks[0].frames == part.track.frames
    assert part_of(short, studio).unspoken == 0


def test_the_stems_add_up_to_the_mix_from_any_place(short, studio):
    heard(part_of(short, studio))
    track = short.laid("short").timeline.tracks[0]
    part = part_of(short, studio)
    (narration,) = part.speak(Cancel())
    bed = OpenBeds(studio.store).of("quiet-drone", short.laid("short").libraries)
    mix = TrackMix(track, narration.clip_of, narration.energies_of, bed)
    whole = np.concatenate(list(mix.blocks(speech_gain(mix.voice_energies()), 0.5)))
    for start in (0, 1000, 100_000, track.frames - 5000):
        found = samples_of(heard(part_of(short, studio, at=start)))
        assert len(found) == track.frames - start
        both = found[:, :2] + found[:, 2:]
        assert np.abs(both - whole[start:]).max() < 3 / 32767
    speech = track.placed[0]
    middle = (speech.start + speech.end) // 2
    stems = samples_of(heard(part_of(short, studio, at=middle)))[:4800]
    assert np.abs(stems[:, 0]).max() > 10 * np.abs(stems[:, 2]).max(), "the voice is in front"


@pytest.mark.parametrize("length", ["", "length: 25s\n"], ids=["as written", "fitted"])
def test_the_first_sentence_is_heard_before_the_others_are_spoken(short, studio, length):
    path = studio.library / "scripts" / "sessions" / "short.yaml"
    path.write_text(SESSION + length, encoding="utf-8")
    part = part_of(short, studio)
    speaking = part.speak(Cancel())
    part.take_in(next(speaking))
    first = list(part.certain())
    said = part.track.placed[0]
    assert first[0][0] == 0
    frames = sum(len(samples) for _, samples in first) // 8
    assert said.end < frames + 48_000, "all of the first sentence, but for the limiter's block"
    assert not part.over
    for narration in speaking:
        part.take_in(narration)
    found = samples_of([*first, *part.certain()])
    assert part.over
    assert len(found) == part.track.frames

    # As if all had been spoken before; the voice's level is found by the first sentence alone.
    again = part_of(short, studio)
    if not length:
        assert again.track.frames == part.track.frames
        whole = samples_of(heard(again))
        assert np.abs(found[:, 2:] - whole[:, 2:]).max() < 3 / 32767, "the soundscape has no seam"
        loud = np.abs(whole[:, 0]) > 0.05
        ratio = found[loud, 0] / whole[loud, 0]
        assert np.std(ratio) < 0.01
        assert 0.7 < np.mean(ratio) < 1.4
    voiced = [placed for placed in part.track.placed if placed.events[0].spoken]
    for placed in voiced:
        inside = np.abs(found[placed.start : placed.end, 0])
        assert inside.max() > 0.05, "each sentence is where the layout has it"


def test_no_rest_that_was_heard_moves_when_lengths_are_learnt(short, studio):
    path = studio.library / "scripts" / "sessions" / "short.yaml"
    path.write_text(SESSION + "length: 25s\n", encoding="utf-8")
    laid = short.laid("short")
    layout, before = HeldLayout(laid, 0), laid.timeline.tracks[0]
    assert layout.track.events == before.events
    rest = next(each for each in layout.track.placed if each.events[0].kind == "rest")
    last = layout.track.placed[-1]
    assert layout.learn(last.item, last.end - last.start + 48_000)
    layout.lay()
    moved = layout.track.events
    assert moved[:-1] == before.events[:-1]
    assert moved[-1].end - moved[-1].start == last.end - last.start + 48_000
    assert place_in(layout.track, before, rest.start + 7) == rest.start + 7


def test_a_stream_begins_at_a_line_and_says_what_it_is(client, short, studio):
    first = client.post("/api/listening", json={"name": "short", "part": 0})
    lines, samples = read(first)
    assert lines[0]["speaking"] == [0, 3]
    assert [line["speaking"] for line in lines if "speaking" in line][-1] == [3, 3]
    assert sound_in(lines)["spoken"] == 3
    assert sound_in(lines)["level"] == -24
    plan = client.get("/api/sessions/short").json()
    assert plan["exact"]
    assert len(samples) == plan["parts"][0]["frames"]
    third = plan["parts"][0]["lines"].index(
        next(line for line in plan["parts"][0]["lines"] if "third" in line.get("text", ""))
    )
    lines, samples = read(
        client.post("/api/listening", json={"name": "short", "part": 0, "line": third})
    )
    assert not any("speaking" in line for line in lines)
    assert sound_in(lines)["from"] == plan["parts"][0]["lines"][third]["at"]
    assert np.abs(samples[: 48_000 // 4, :2]).max() > 300, "it begins with the sentence"


def test_what_is_begun_with_is_made_ready_beforehand(client, short, studio):
    assert client.post("/api/listening/warm", json={"name": "short"}).json()["ready"]
    assert part_of(short, studio).unspoken == 2, "the first sentence is spoken already"


def test_the_way_back_is_heard_too_and_what_is_not_there_is_told(client, short, studio):
    track = part_of(short, studio, GROUND).track
    assert track.program.step == "five-to-one"
    last = list(track.speech())[-1]
    asked = {"name": "short", "part": GROUND, "at": last.start}
    lines, samples = read(client.post("/api/listening", json=asked))
    assert sound_in(lines)["from"] == last.start
    assert np.abs(samples[: last.end - last.start, :2]).max() > 300
    lines, _ = read(client.post("/api/listening", json={"name": "short", "part": 7}))
    assert "not there" in lines[-1]["problem"]["message"]


def test_an_end_of_listening_ends_the_speaking(short, studio):
    from serguide.studio.listening.listening_stream import part_stream

    ended = threading.Event()
    part = part_of(short, studio)

    def speak(cancel):
        yield part._narrated(part._unspoken[:1], cancel)
        while not cancel.cancelled:
            ended.wait(0.01)
        ended.set()

    part.speak = speak
    stream = part_stream(lambda: part, str, Cancel())
    assert json.loads(next(stream)) == {"speaking": [0, 3]}
    assert json.loads(next(stream)) == {"speaking": [1, 3]}
    stream.close()
    assert ended.wait(10)


def test_a_part_that_lacks_a_sentence_is_not_waited_for(short, studio):
    """Its thread would stay for as long as the studio runs."""
    from serguide.studio.listening.listening_stream import part_stream

    part = part_of(short, studio)
    part._unspoken.pop()
    found: list[bytes] = []
    reader = threading.Thread(
        target=lambda: found.extend(part_stream(lambda: part, str, Cancel())), daemon=True
    )
    reader.start()
    reader.join(60)
    assert not reader.is_alive()
    assert "problem" in json.loads(found[-1])
