from __future__ import annotations

import contextlib
from time import sleep

import pytest
from hand import Script, tone, write

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.bundle.words import words_for
from serguide.player.audio.device import DeviceOutput
from serguide.player.audio.engine import FADE_PART
from serguide.player.audio.sample import play_file
from serguide.player.control import TICK, TIMERS, Control, open_engine
from serguide.player.model.bookmark import Bookmark
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.lines import play_lines
from serguide.player.ui.saying import time_left

ENGLISH = words_for("en")


def at(seconds, within=0.5):
    def look(engine, _control):
        assert engine.status().position / SAMPLERATE == pytest.approx(seconds, abs=within)

    return look


def has(**expected):
    def look(engine, _control):
        status = engine.status()
        assert {name: getattr(status, name) for name in expected} == expected

    return look


def test_arrows_and_parts(listen, bundle):
    second = open_playable(bundle).parts[1].start / SAMPLERATE
    listen(
        2, at(2), "forward", 1, at(18), "back", 1, at(4), "next", 1, at(second + 1),
        "previous", 1, at(1), "next", 5, at(second + 5), "previous", 1, at(second + 1),
        "previous", "previous", at(0),
    )  # fmt: skip


def test_volume_and_mute(listen):
    listen(
        1, "softer", "softer", has(volume=90), "louder", has(volume=95),
        "mute", has(volume=95, muted=True), "mute", has(volume=95, muted=False),
        *["louder"] * 3, has(volume=100),
    )  # fmt: skip


def test_speed_goes_from_four_fifths_to_six_fifths(listen):
    listen(
        1, "faster", has(speed=105), *["faster"] * 9, has(speed=120),
        *["slower"] * 3, has(speed=105), *["slower"] * 20, has(speed=80),
    )  # fmt: skip


def test_the_ground_track_can_be_left_early(listen):
    listen(
        4, "ground", 1, has(deck="ground"), "previous", has(deck="ground"), "next",
        has(deck="session"), 1, at(5),
    )  # fmt: skip


def test_the_timer_goes_round(listen):
    seen = []
    look = lambda _engine, control: seen.append(control.timer)  # noqa: E731
    listen(1, *[look, "timer"] * (len(TIMERS) + 1), look)
    assert seen == [None, 5, 15, 30, 60, "part", None, 5]


def test_the_timer_for_a_part_follows_to_another_part(listen, bundle):
    parts = open_playable(bundle).parts

    def ends_with(number):
        def look(engine, _control):
            left = parts[number + 1].start - engine.status().position - FADE_PART
            assert engine.status().timer == pytest.approx(left, abs=2)

        return look

    listen(1, *["timer"] * 5, ends_with(0), 1, "next", 1, ends_with(1))


def test_asleep_it_ends_by_itself(listen, bundle):
    lines = listen(1, *["timer"] * 5, *[0.5] * 100, lambda *_: pytest.fail("still awake"))
    end = open_playable(bundle).parts[1].start
    assert "fades out with this part" in lines
    assert not any(ENGLISH.say("over") in line for line in lines)
    assert not any(line.startswith("Paused") for line in lines)
    assert end  # it had a part to end with


def test_lines_say_everything_that_happens(listen):
    lines = listen(
        6, "pause", 1, 0.1, "pause", 1, "softer", 0.1, "mute", 0.1, "mute", 0.1, "slower", 0.1,
        "timer", 0.1, "ground", 1, 0.1, 4, 0.1, "pause", 0.1, "next", 0.1,
    )  # fmt: skip
    told = "\n".join(lines)
    assert lines[0] == "0:00  — Arriving here"
    for expected in (
        "Paused at 0:06", "Going on", "volume 95 %", "muted", "speed 95 %",
        "fades out after 5 minutes", "Coming back to the room", "You are in the room.",
    ):  # fmt: skip
        assert expected in told
    # To stay is the plain key, to go back one of its own.
    assert told.index("You are in the room.") < told.rindex("Coming back to the room")
    assert told.rindex("Coming back to the room") < told.rindex("Going on")


def test_lines_speak_the_sessions_language(listen):
    lines = listen(6, "pause", 1, 0.1, "ground", 1, 0.1, words=words_for("cs"))
    assert "Pozastaveno v čase 0:06" in lines
    assert "Návrat do místnosti" in lines


def test_sentences_and_breaths_are_told_when_they_come(listen, bundle):
    playable = open_playable(bundle)
    lines = listen(*[0.4] * 300)
    told = [line.partition("  ")[2] for line in lines if "—" not in line]
    breathing = "Breathing: in 4 seconds, out 6 seconds, 3 times"
    assert told.count(breathing) == 1
    over = ENGLISH.say("over")
    assert [line for line in told if line and line != breathing] == [
        caption.text for caption in playable.score.captions
    ]
    assert over in lines


def test_time_left_presses_nobody():
    assert time_left(ENGLISH, 12 * 60 * SAMPLERATE) == "12 minutes left"
    assert time_left(ENGLISH, 12 * 60 * SAMPLERATE + 1) == "13 minutes left"
    assert time_left(ENGLISH, 30 * SAMPLERATE) == "less than a minute left"
    assert time_left(words_for("cs"), 3 * 60 * SAMPLERATE) == "zbývají 3 minuty"


def test_a_place_is_come_back_to_and_forgotten_at_the_end(listen, tmp_path):
    def bookmark():
        return Bookmark(tmp_path, "key")

    listen(20, 0.1, bookmark=bookmark())
    assert bookmark().position / SAMPLERATE == pytest.approx(20, abs=0.2)
    listen(0.1, at(20), 10, 0.1, "ground", 1, 0.1, bookmark=bookmark())
    assert bookmark().position / SAMPLERATE == pytest.approx(30, abs=0.5)
    listen(1, at(1), 0.1, bookmark=bookmark(), from_start=True)
    assert bookmark().position / SAMPLERATE == pytest.approx(30, abs=0.5)
    listen(*[5] * 30, bookmark=bookmark())
    assert bookmark().position == 0


def test_ctrl_c_ends_and_closes(listen, tmp_path):
    def interrupt(_engine, _control):
        raise KeyboardInterrupt

    bookmark = Bookmark(tmp_path, "key")
    with pytest.raises(KeyboardInterrupt):
        listen(20, 0.1, interrupt, bookmark=bookmark)
    assert bookmark.position > 19 * SAMPLERATE


def test_the_null_device_plays_in_real_time(bundle, monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    monkeypatch.setattr("serguide.player.control._PATIENCE", 30)
    with contextlib.closing(open_engine(open_playable(bundle))) as engine:
        engine.start()
        looks = 0

        class Patient:
            def read(self, timeout):
                nonlocal looks
                looks += 1
                sleep(timeout)
                moved = engine.status().position > SAMPLERATE // 4
                return "quit" if moved or looks > 200 else None

        play_lines(Control(open_playable(bundle), engine), Patient(), ENGLISH, str)
        assert looks <= 200
        assert engine.status().ended


def test_an_error_in_the_devices_thread_reaches_the_caller(bundle, monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    output = DeviceOutput()
    with contextlib.closing(open_engine(open_playable(bundle), output)) as engine:

        def broken(_frames):
            raise RuntimeError("out of tune")

        engine.start()
        engine._sources["session"].read = broken
        keys = Script(None, *[lambda: sleep(TICK)] * 500)
        with pytest.raises(SoundError, match="out of tune"):
            play_lines(Control(open_playable(bundle), engine), keys, ENGLISH, str)


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
