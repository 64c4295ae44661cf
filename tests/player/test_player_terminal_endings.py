"""The terminal player's endings, and what is odd: long cautions, markup, a sound that fails."""

from __future__ import annotations

import dataclasses
import json

import pytest
from textual.widgets import Button

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.player.model.open_bundle import open_playable
from serguide.player.model.score import Score
from serguide.player.ui.widgets import SessionBar


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_it_fades_before_it_closes(drive, key):
    async def story(hand):
        await hand.press("space")
        await hand.turn(2)
        await hand.press(key)
        await hand.pilot.pause(0.2)
        assert hand.app.is_running
        hand.output.turn(1)
        await hand.pilot.pause(0.5)
        assert not hand.app.is_running

    assert drive(story).interrupted == (key == "ctrl+c")


def test_an_alert_ending_has_a_cue_and_words(drive):
    async def story(hand):
        await hand.press("space")
        hand.engine.seek(hand.engine.status().frames - SAMPLERATE)
        await hand.turn(1.5)
        assert hand.engine.status().deck == "end"
        assert hand.pane == "over"
        assert not hand.app.screen.has_class("-dark")
        await hand.turn(30)
        assert hand.pane == "over"
        assert hand.engine.status().ended
        await hand.press("q")
        await hand.pilot.pause(0.5)
        assert not hand.app.is_running

    drive(story)


def test_a_sleep_ending_stays_dark_and_silent(drive):
    async def story(hand):
        await hand.press("space")
        hand.engine.seek(hand.engine.status().frames - SAMPLERATE)
        await hand.turn(1.5)
        assert hand.engine.status().ended
        assert hand.app.screen.has_class("-dark")
        assert not hand.output.turn(5).any()
        await hand.look()
        assert hand.app.is_running

    drive(story, changes={"ending": "sleep"})


def test_one_goes_on_where_one_was(drive, tmp_path):
    async def first(hand):
        assert len(hand.app.query("#from-start")) == 0
        await hand.press("space")
        await hand.turn(30)
        await hand.press("q")
        await hand.turn(1)

    async def second(hand):
        assert "0:30" in str(hand.app.query_one("#begin", Button).label)
        await hand.press("space")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(32, abs=1)

    async def third(hand):
        await hand.pilot.click("#from-start")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(1, abs=0.1)

    for story in (first, second, third):
        drive(story)
    assert json.loads((tmp_path / "key.json").read_text())["position"] > 30 * SAMPLERATE


def test_the_way_is_marked_with_its_parts(drive, bundle):
    playable = open_playable(bundle)

    async def story(hand):
        await hand.press("space")
        hand.engine.seek(hand.engine.status().frames // 2)
        await hand.turn(0.2)
        line = hand.app.query_one(SessionBar).render().plain
        assert len(line) == hand.app.query_one(SessionBar).size.width
        assert line.index("●") == pytest.approx(len(line) / 2, abs=1)
        marks = sum(line.count(mark) for mark in "╋┼┷┴")
        assert marks == len(playable.parts) - 1

    drive(story)


@pytest.mark.parametrize(
    ("language", "begin", "ground"),
    [
        ("cs", "Začít", "Návrat do místnosti"),
        ("de", "Beginnen", "Zurück in den Raum"),
        ("sk", "Začať", "Návrat do miestnosti"),
        ("hu", "Begin", "Come back to the room"),
    ],
)
def test_it_speaks_the_sessions_language(drive, language, begin, ground):
    async def story(hand):
        assert str(hand.app.query_one("#begin", Button).label) == begin
        assert ground in str(hand.app.query_one("#room-button", Button).label)

    drive(story, words=language)


def test_markup_in_a_script_is_only_text(drive, bundle):
    caption = dataclasses.replace(
        open_playable(bundle).score.captions[0], text="[red]Either[/] is [fine"
    )

    async def story(hand):
        await hand.press("space")
        await hand.turn((caption.start + 100) / SAMPLERATE)
        assert hand.text("#caption") == "[red]Either[/] is [fine"

    drive(story, changes={"score": Score((caption,)), "title": "[b]Title[/x"})


def test_what_goes_wrong_while_playing_ends_it_with_a_message(drive):
    async def story(hand):
        await hand.press("space")
        await hand.turn(1)

        def broken(_frames):
            raise SoundError("“x.mp3” is damaged at 0:01", "render it again")

        hand.engine._sources["session"].read = broken
        hand.output.turn(0.1)
        await hand.pilot.pause(0.3)
        assert not hand.app.is_running

    assert "damaged" in str(drive(story).failure)


def test_long_cautions_scroll_and_the_button_stays(drive):
    cautions = tuple(f"Caution {number}. " + "Let it be easy. " * 8 for number in range(6))

    async def story(hand):
        begin, told = hand.app.query_one("#begin"), hand.app.query_one("#told")
        assert hand.app.screen.region.contains_region(begin.region)
        assert told.scroll_y == 0
        await hand.press("down", "pagedown")
        await hand.pilot.pause()
        assert told.scroll_y == 6
        await hand.press("up")
        await hand.pilot.pause()
        assert told.scroll_y == 5
        assert hand.engine.status().volume == 100

    drive(story, changes={"cautions": cautions}, size=(60, 20))


def test_a_word_that_guided_another_breath_is_gone(drive, bundle):
    breaths = open_playable(bundle).score.breaths

    async def story(hand):
        await hand.press("space")
        hand.engine.seek(breaths[2].start + 100)  # the third phase; only the first two are guided
        await hand.turn(0.3)
        assert hand.text("#caption") == ""

    drive(story)
