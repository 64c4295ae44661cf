from __future__ import annotations

import functools

import numpy as np
import pytest
from hand import HandOutput, tone

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.player.audio.device import PERIOD_MS, PERIODS
from serguide.player.audio.engine import FADE_PART, FADE_SLEEP, Engine

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
        lambda engine: engine.set_speed(85),
        lambda engine: engine.sleep_after(100),
    ],
    ids=["pause", "seek", "volume", "mute", "ground", "stop", "speed", "timer"],
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
        lambda: engine.set_speed(int(rng.integers(16, 25)) * 5),
        lambda: engine.sleep_after(int(rng.integers(0, 9000))),
        lambda: engine.sleep_at(int(rng.integers(0, 60 * SAMPLERATE))),
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


@pytest.mark.parametrize(
    "command",
    [
        lambda engine: engine.pause(),
        lambda engine: engine.seek(31 * SAMPLERATE),
        lambda engine: engine.set_volume(20),
        lambda engine: engine.mute(),
        lambda engine: engine.ground(),
        lambda engine: engine.stop(),
    ],
    ids=["pause", "seek", "volume", "mute", "ground", "stop"],
)
def test_what_a_key_does_is_heard_within_fifty_milliseconds(command):
    """The device asks for a period at a time, and some of them wait in it: all that counts."""
    period = SAMPLERATE * PERIOD_MS // 1000
    rng = np.random.Generator(np.random.PCG64(2))
    noise = (0.1 * rng.standard_normal((8 * SAMPLERATE, 2))).astype(np.float32)
    noise = np.concatenate([noise] * 5)

    def played(act):
        output = HandOutput()
        engine = Engine(MemorySource(noise), MemorySource(noise[::-1]), output)
        engine.start()
        engine.play()
        output.turn(2, period)
        if act:
            command(engine)
        return output.turn(1, period)

    changed = np.flatnonzero(np.any(played(act=True) != played(act=False), axis=1))[0]
    # Worst: the key came when a period had just been made, and PERIODS of them are not yet heard.
    assert PERIOD_MS * (PERIODS + 1) + changed / SAMPLERATE * 1000 <= 50


def test_a_speed_counts_from_the_next_sample_on(engine, output):
    engine.play()
    output.turn(2)
    engine.set_speed(80)
    before = engine.status().position
    output.turn(0.01)
    assert engine.status().position - before == 480 * 80 // 100


@pytest.mark.parametrize(
    ("before", "command"),
    [
        (False, lambda engine: engine.play()),
        (True, lambda engine: engine.pause()),
        (True, lambda engine: engine.seek(5 * SAMPLERATE)),
        (True, lambda engine: engine.set_volume(0)),
        (True, lambda engine: engine.mute()),
        (True, lambda engine: engine.ground()),
        (True, lambda engine: engine.stop()),
    ],
    ids=["play", "pause", "seek", "volume", "mute", "ground", "stop"],
)
def test_every_change_takes_at_least_thirty_milliseconds(output, before, command):
    """Measured on a constant, so that the output samples are the gain itself."""
    constant = np.full((60 * SAMPLERATE, 2), 0.5, np.float32)
    engine = Engine(MemorySource(constant), MemorySource(constant), output)
    engine.start()
    if before:
        engine.play()
    output.turn(1)
    command(engine)
    gain = output.turn(2)[:, 0] / 0.5
    # Half a cosine over 30 ms is nowhere steeper than this, whatever the size of the blocks.
    assert np.abs(np.diff(gain)).max() <= 1.01 * np.pi / 2 / (0.03 * SAMPLERATE)
    moving = np.flatnonzero(np.diff(gain))
    assert len(moving) >= 0.029 * SAMPLERATE


def test_the_speed_changes_the_time_and_not_the_tone(engine, output):
    engine.play()
    output.turn(2)
    engine.set_speed(80)
    output.turn(0.1)
    before = engine.status().position
    block = output.turn(5)
    assert engine.status().speed == 80
    assert engine.status().position - before == pytest.approx(4 * SAMPLERATE, abs=1)
    assert np.sum(np.diff(np.signbit(block[:, 0]))) / 2 / 5 == pytest.approx(HZ, rel=0.002)
    engine.set_speed(500)
    assert engine.status().speed == 120


def test_the_timer_fades_slowly_into_a_pause(engine, output):
    engine.play()
    output.turn(1)
    engine.sleep_after(3 * SAMPLERATE)
    output.turn(2)
    assert engine.status().timer == SAMPLERATE
    output.turn(1.01)
    status = engine.status()
    assert (status.drowsy, status.asleep, status.timer) == (True, False, None)
    output.turn(FADE_SLEEP / SAMPLERATE / 2)
    assert 0.05 < loudest(output.turn(0.1)) < LEVEL
    output.turn(FADE_SLEEP / SAMPLERATE / 2)
    assert loudest(output.turn(1)) == 0.0
    status = engine.status()
    assert (status.asleep, status.ended, status.running) == (True, False, False)
    assert status.position == pytest.approx(4 * SAMPLERATE + FADE_SLEEP, abs=1)
    seconds = np.abs(output.heard[: 34 * SAMPLERATE, 0]).reshape(-1, SAMPLERATE).max(axis=1)
    assert np.abs(np.diff(seconds[2:])).max() < LEVEL * 0.06  # never fast


def test_the_timer_waits_in_a_pause(engine, output):
    engine.play()
    engine.sleep_after(5 * SAMPLERATE)
    output.turn(1)
    engine.pause()
    output.turn(30)
    assert not engine.status().drowsy
    assert engine.status().timer > 3 * SAMPLERATE


def test_a_key_while_it_fades_wakes_it(engine, output):
    engine.play()
    engine.sleep_after(SAMPLERATE)
    output.turn(20)
    assert engine.status().drowsy
    engine.play()
    output.turn(0.5)
    assert not engine.status().drowsy
    assert loudest(output.turn(0.5)) == pytest.approx(LEVEL, rel=1e-3)


@pytest.mark.parametrize("speed", [80, 100, 120])
def test_the_timer_for_a_part_is_silent_at_its_end(engine, output, speed):
    engine.set_speed(speed)
    engine.play()
    engine.sleep_at(20 * SAMPLERATE)
    output.turn(FADE_PART / SAMPLERATE)
    assert not engine.status().drowsy
    output.turn(30)
    assert engine.status().asleep
    assert engine.status().position == pytest.approx(20 * SAMPLERATE, abs=0.1 * SAMPLERATE)


@pytest.fixture
def with_cue(output):
    engine = Engine(
        MemorySource(faded(5)), MemorySource(faded(2, 110.0)), output, MemorySource(faded(3, 440.0))
    )
    engine.start()
    engine.play()
    return engine


def test_a_cue_ends_the_session(with_cue, output):
    output.turn(5.1)
    status = with_cue.status()
    assert (status.deck, status.finished, status.ended) == ("end", True, False)
    cue = output.turn(1)
    assert np.sum(np.diff(np.signbit(cue[:, 0]))) / 2 == pytest.approx(440, abs=3)
    output.turn(3)
    assert with_cue.status().ended
    assert steepest(output.heard) < 2.2 * STEP


@pytest.mark.parametrize(
    "sleepy",
    [
        lambda engine: engine.sleep_after(60 * SAMPLERATE),
        lambda engine: engine.sleep_after(2 * SAMPLERATE),
        lambda engine: engine.sleep_at(5 * SAMPLERATE),
    ],
    ids=["set", "fading", "part"],
)
def test_no_cue_wakes_whoever_set_the_timer(with_cue, output, sleepy):
    sleepy(with_cue)
    output.turn(5)
    assert loudest(output.turn(5)) == 0.0
    assert with_cue.status().ended


def test_ground_is_there_after_the_end_too(with_cue, output):
    output.turn(5.5)
    assert with_cue.ground()
    output.turn(1)
    assert with_cue.status().deck == "ground"
    output.turn(3)
    assert with_cue.status().grounded
    with_cue.go_on()
    output.turn(10)
    assert with_cue.status().ended
    assert with_cue.ground()
    assert loudest(output.turn(1)) > 0.1


def test_closing_lets_go_of_everything(output):
    session, ground = MemorySource(faded(1)), MemorySource(faded(1))
    Engine(session, ground, output).close()
    assert session.closed
    assert ground.closed
    assert output.closed
