from __future__ import annotations

import functools

import numpy as np
import pytest
from hand import tone

from serguide.errors import SoundError
from serguide.player.engine import Engine
from serguide.units import SAMPLERATE

HZ = 220.0
LEVEL = 0.5
STEP = LEVEL * 2 * np.pi * HZ / SAMPLERATE
"""The steepest that the material itself is, from sample to sample."""


class MemorySource:
    def __init__(self, block, broken_at=None):
        self.block = block
        self.frames = len(block)
        self.position = 0
        self.broken_at = broken_at
        self.closed = False

    def seek(self, position):
        self.position = position

    def read(self, frames):
        if self.broken_at is not None and self.position >= self.broken_at:
            raise SoundError("“x.mp3” is damaged at 0:01", "render it again")
        found = self.block[self.position : self.position + frames]
        self.position += len(found)
        return found

    def close(self):
        self.closed = True


@functools.cache
def faded(seconds, hz=HZ):
    """A tone whose own ends are silent, as a rendered track's are."""
    block = tone(round(seconds * SAMPLERATE), hz, LEVEL)
    edge = np.linspace(0, 1, 4800, dtype=np.float32)[:, None]
    block[:4800] *= edge
    block[-4800:] *= edge[::-1]
    return block


@pytest.fixture
def engine(output):
    engine = Engine(MemorySource(faded(60)), MemorySource(faded(2, 110.0)), output)
    engine.start()
    return engine


def steepest(block):
    return np.abs(np.diff(block[:, 0])).max()


def loudest(block):
    return float(np.abs(block).max()) if len(block) else 0.0


def test_nothing_is_heard_before_play(engine, output):
    assert loudest(output.turn(0.5)) == 0.0
    assert not engine.status().running


def test_it_plays_the_material_itself(engine, output):
    engine.play()
    output.turn(3)
    np.testing.assert_array_equal(output.heard[SAMPLERATE:], faded(60)[SAMPLERATE : 3 * SAMPLERATE])
    assert engine.status().position == 3 * SAMPLERATE


def test_a_pause_is_digital_silence_and_goes_on_where_it_was(engine, output):
    engine.play()
    output.turn(2)
    engine.pause()
    output.turn(0.3)
    assert loudest(output.turn(2)) == 0.0
    held = engine.status().position
    engine.play()
    output.turn(1)
    assert engine.status().position == held + SAMPLERATE


@pytest.mark.parametrize(
    "disturb",
    [
        lambda engine: engine.pause(),
        lambda engine: engine.seek(31 * SAMPLERATE + 55),
        lambda engine: engine.set_volume(20),
        lambda engine: engine.mute(),
        lambda engine: engine.ground(),
        lambda engine: engine.stop(),
    ],
    ids=["pause", "seek", "volume", "mute", "ground", "stop"],
)
def test_nothing_that_a_person_does_makes_a_click(engine, output, disturb):
    engine.play()
    output.turn(1.2345)
    disturb(engine)
    output.turn(1.5)
    engine.play()
    engine.set_volume(100)
    output.turn(1)
    # A gain that moves adds a little to the material's own slope; a click would add 10 times it.
    assert steepest(output.heard) < 1.1 * STEP


def test_everything_at_once_makes_no_click_either(engine, output):
    rng = np.random.Generator(np.random.PCG64(11))
    does = [
        engine.play, engine.pause, engine.ground, engine.go_on, engine.mute,
        lambda: engine.seek(int(rng.integers(0, 55 * SAMPLERATE))),
        lambda: engine.set_volume(int(rng.integers(0, 101))),
    ]  # fmt: skip
    engine.play()
    for _ in range(300):
        does[int(rng.integers(len(does)))]()
        output.turn(float(rng.uniform(0.002, 0.4)), period=int(rng.integers(1, 4000)))
    assert steepest(output.heard) < 1.3 * STEP
    assert loudest(output.heard) <= LEVEL + 1e-6


def test_a_seek_lands_on_its_sample(engine, output):
    engine.play()
    output.turn(1)
    engine.seek(20 * SAMPLERATE)
    assert engine.status().position == 20 * SAMPLERATE  # at once, for the screen
    output.turn(1)
    # The fade out took 60 ms; then the material went on from the target.
    assert engine.status().position == 20 * SAMPLERATE + round(0.94 * SAMPLERATE)


def test_a_seek_in_a_pause_stays_silent(engine, output):
    engine.seek(10 * SAMPLERATE)
    assert loudest(output.turn(0.5)) == 0.0
    engine.play()
    output.turn(1)
    assert engine.status().position == 11 * SAMPLERATE


def test_seeks_stay_inside(engine, output):
    engine.seek(-5)
    assert engine.status().position == 0
    engine.seek(10**9)
    engine.play()
    output.turn(0.2)
    assert engine.status().ended


def test_the_end_ends(engine, output):
    engine.seek(59 * SAMPLERATE)
    engine.play()
    output.turn(1.2)
    assert engine.status().ended
    assert loudest(output.turn(1)) == 0.0


def test_ground_comes_within_a_second_and_leads_back(engine, output):
    engine.play()
    output.turn(5)
    assert engine.ground()
    assert engine.status().deck == "ground"
    output.turn(0.95)
    low = output.turn(1)
    # The ground track is heard, and nothing else: 110 Hz crosses zero 220 times a second.
    crossings = np.sum(np.diff(np.signbit(low[:, 0])))
    assert crossings == pytest.approx(220, abs=3)
    output.turn(3)
    status = engine.status()
    assert (status.deck, status.grounded, status.running) == ("session", True, False)
    assert status.position == 5 * SAMPLERATE
    assert loudest(output.turn(1)) == 0.0
    engine.go_on()
    output.turn(1)
    status = engine.status()
    assert (status.grounded, status.running) == (False, True)
    assert status.position == 6 * SAMPLERATE


def test_ground_works_from_a_pause_and_twice(engine, output):
    engine.seek(7 * SAMPLERATE)
    engine.ground()
    output.turn(1)
    engine.ground()
    output.turn(0.5)
    engine.go_on()
    output.turn(1)
    assert engine.status().deck == "session"
    assert 7 * SAMPLERATE < engine.status().position <= 8 * SAMPLERATE


def test_without_a_ground_track_nothing_happens(output):
    engine = Engine(MemorySource(faded(5)), None, output)
    engine.start()
    engine.play()
    assert not engine.ground()
    output.turn(1)
    assert engine.status().deck == "session"


def test_volume_and_mute(engine, output):
    engine.play()
    engine.set_volume(50)
    output.turn(1)
    assert loudest(output.turn(1)) == pytest.approx(LEVEL / 4, rel=1e-3)
    engine.mute()
    output.turn(0.1)
    assert loudest(output.turn(1)) == 0.0
    assert engine.status().muted
    engine.set_volume(140)
    output.turn(0.2)
    assert not engine.status().muted
    assert engine.status().volume == 100
    assert loudest(output.turn(1)) == pytest.approx(LEVEL, rel=1e-3)


def test_stop_fades_and_ends(engine, output):
    engine.play()
    output.turn(2)
    engine.stop()
    assert not engine.status().ended
    output.turn(1)
    assert engine.status().ended
    assert loudest(output.turn(1)) == 0.0


@pytest.mark.parametrize("broken", [SoundError("“x.mp3” is damaged"), RuntimeError("no")])
def test_what_fails_in_the_devices_thread_reaches_the_caller(output, broken):
    source = MemorySource(faded(5))
    engine = Engine(source, None, output)
    engine.start()
    engine.play()
    output.turn(1)

    def read(_frames):
        raise broken

    source.read = read
    assert loudest(output.turn(1)) == 0.0  # and nothing is raised where no one could see it
    with pytest.raises(SoundError):
        engine.status()


def test_closing_lets_go_of_everything(output):
    session, ground = MemorySource(faded(1)), MemorySource(faded(1))
    Engine(session, ground, output).close()
    assert session.closed
    assert ground.closed
    assert output.closed
