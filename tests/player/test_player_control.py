from __future__ import annotations

import contextlib
import io
from time import sleep

import pytest
from hand import HandOutput, tone, write
from rich.console import Console

from serguide.errors import SoundError
from serguide.player.control import Control, open_engine, play_file
from serguide.player.output import DeviceOutput
from serguide.player.playable import open_playable
from serguide.player.screen import GROUNDED, LineScreen, NoScreen, live_screen, time_left
from serguide.units import SAMPLERATE


class Script:
    """A keyboard that plays a script of keys and seconds; time passes by turning the output."""

    def __init__(self, output, *script):
        self.output = output
        self.script = list(script)
        self.seen = []

    def read(self, timeout):
        if not self.script:
            return "quit"
        step = self.script.pop(0)
        if isinstance(step, str):
            return step
        if callable(step):
            step()
        else:
            self.output.turn(step)
        return None


@pytest.fixture
def listen(bundle, monkeypatch):
    """Play the bundle with a script of keys; return (engine, lines)."""
    monkeypatch.setattr("serguide.player.control._PATIENCE", 0)  # nobody turns the output then

    def listen_(*script, screen=None):
        playable, output, lines = open_playable(bundle), HandOutput(), []
        with contextlib.closing(open_engine(playable, output)) as engine:
            script = [
                (lambda step=step: step(engine)) if callable(step) else step for step in script
            ]
            screen = screen or LineScreen(playable, lines.append)
            Control(playable, engine, Script(output, *script), screen).run()
        assert output.closed
        return lines

    return listen_


def at(seconds, within=0.5):
    def look(engine):
        assert engine.status().position / SAMPLERATE == pytest.approx(seconds, abs=within)

    return look


def test_arrows_and_parts(listen, bundle):
    second = open_playable(bundle).parts[1].start / SAMPLERATE
    listen(
        2, at(2), "forward", 1, at(18), "back", 1, at(4), "next", 1, at(second + 1),
        "previous", 1, at(1), "next", 5, at(second + 5), "previous", 1, at(second + 1),
        "previous", "previous", at(0),
    )  # fmt: skip


def test_volume_and_mute(listen):
    def volume(percent, muted=False):
        def look(engine):
            status = engine.status()
            assert (status.volume, status.muted) == (percent, muted)

        return look

    listen(
        1, "softer", "softer", volume(90), "louder", volume(95), "mute", volume(95, True),
        "mute", volume(95), *["louder"] * 3, volume(100),
    )  # fmt: skip


def test_the_ground_track_can_be_left_early(listen):
    def deck(name):
        def look(engine):
            assert engine.status().deck == name

        return look

    listen(
        4, "ground", 1, deck("ground"), "previous", deck("ground"), "next", deck("session"),
        1, at(5),
    )  # fmt: skip


def test_lines_say_everything_that_happens(listen):
    lines = listen(
        6, "pause", 1, 0.1, "pause", 1, "softer", 0.1, "mute", 0.1, "mute", 0.1,
        "ground", 1, 0.1, 4, 0.1, "pause", 0.1,
    )  # fmt: skip
    told = "\n".join(lines)
    assert lines[0] == "0:00  — Arriving here"
    for expected in (
        "Paused at 0:06", "Going on", "Volume 95%", "Muted", "Sound is on",
        "Coming back to the room", GROUNDED,
    ):  # fmt: skip
        assert expected in told
    assert told.index(GROUNDED) < told.rindex("Going on")


def test_sentences_are_printed_when_they_are_spoken(listen, bundle):
    playable = open_playable(bundle)
    lines = listen(*[0.4] * 300)
    spoken = [line for line in lines if "—" not in line]
    assert [line.partition("  ")[2] for line in spoken] == [c.text for c in playable.captions]


def test_the_living_screen_shows_place_words_and_time(bundle, monkeypatch):
    playable = open_playable(bundle)
    console = Console(file=io.StringIO(), force_terminal=True, width=90, color_system=None)
    monkeypatch.setattr("serguide.player.control._PATIENCE", 0)
    output = HandOutput()
    with (
        contextlib.closing(open_engine(playable, output)) as engine,
        live_screen(playable, console) as screen,
    ):
        Control(playable, engine, Script(output, 9, "pause", 0.3, "ground", 1), screen).run()
    shown = console.file.getvalue()
    assert "space pause" in shown
    assert "The first evening  1/" in shown
    assert "2 minutes left" in shown or "less than a minute left" in shown
    assert playable.captions[0].text[:40] in shown
    assert "paused" in shown
    assert "Coming back to the room …" in shown


def test_time_left_presses_nobody():
    assert time_left(12 * 60 * SAMPLERATE) == "12 minutes left"
    assert time_left(12 * 60 * SAMPLERATE + 1) == "13 minutes left"
    assert time_left(30 * SAMPLERATE) == "less than a minute left"
    assert time_left(-1) == "less than a minute left"


def test_ctrl_c_ends_and_closes(bundle, monkeypatch):
    playable, output = open_playable(bundle), HandOutput()
    monkeypatch.setattr("serguide.player.control._PATIENCE", 0)

    def interrupt():
        raise KeyboardInterrupt

    with contextlib.closing(open_engine(playable, output)) as engine:
        control = Control(playable, engine, Script(output, 1, interrupt), NoScreen())
        with pytest.raises(KeyboardInterrupt):
            control.run()
    assert output.closed


def test_the_null_device_plays_in_real_time(bundle, monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    with contextlib.closing(open_engine(open_playable(bundle))) as engine:
        looks = 0

        class Patient:
            def read(self, timeout):
                nonlocal looks
                looks += 1
                sleep(timeout)
                moved = engine.status().position > SAMPLERATE // 4
                return "quit" if moved or looks > 200 else None

        Control(open_playable(bundle), engine, Patient(), NoScreen()).run()
        assert looks <= 200
        assert engine.status().ended


def test_an_error_in_the_devices_thread_reaches_the_caller(bundle, monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    output = DeviceOutput()
    with contextlib.closing(open_engine(open_playable(bundle), output)) as engine:

        def broken(_frames):
            raise RuntimeError("out of tune")

        engine._sources["session"].read = broken
        keys = Script(None, *[lambda: sleep(0.02)] * 500)
        with pytest.raises(SoundError, match="out of tune"):
            Control(open_playable(bundle), engine, keys, NoScreen()).run()


def test_a_short_file_plays_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    play_file(write(tmp_path / "short.wav", tone(12_000)))


def test_no_device_says_what_else_works(bundle, monkeypatch):
    import miniaudio

    def none(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.delenv("SERGUIDE_AUDIO_BACKEND", raising=False)
    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    with pytest.raises(SoundError, match="no audio device") as caught:
        open_engine(open_playable(bundle))
    assert "index.html" in caught.value.hint
