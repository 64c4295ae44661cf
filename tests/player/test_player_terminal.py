"""The terminal player, key by key, with time that is turned by hand."""

from __future__ import annotations

import pytest
from textual.widgets import Button

from serguide.base.units import SAMPLERATE
from serguide.notices.model import Contact
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.widgets import Bar, Pacer

CALL = Contact("crisis", "CZ", "116 123", "Linka první psychické pomoci", "", "2026-01-02", True)


def test_before_the_first_sound_there_is_a_word_on_safety_and_one_button(drive):
    async def story(hand):
        assert hand.pane == "before"
        told = " ".join(str(widget.content) for widget in hand.app.query("#before .line"))
        assert "The first evening" in told
        assert "not while driving" in told
        assert "You can stop at any time" in told
        assert hand.app.focused.id == "begin"
        await hand.turn(1)
        assert hand.seconds == 0
        await hand.press("enter")
        await hand.turn(2)
        assert hand.pane == "playing"
        assert hand.seconds == 2

    drive(story)


def test_captions_parts_and_time_follow_the_sound(drive, bundle):
    playable = open_playable(bundle)

    async def story(hand):
        await hand.press("space")
        for caption in playable.score.captions[:3]:
            await hand.turn((caption.start + 100) / SAMPLERATE - hand.seconds)
            assert hand.text("#caption") == caption.text
            assert not hand.app.query_one("#caption").has_class("-said")
        await hand.turn((caption.end + 100) / SAMPLERATE - hand.seconds)
        assert hand.app.query_one("#caption").has_class("-said")
        assert hand.text("#part") == "The first evening · Arriving here"
        assert "minutes left" in hand.text("#place") or "less than a minute" in hand.text("#place")
        await hand.press("n")
        await hand.turn(0.1)
        assert hand.text("#part").endswith(f" · {playable.parts[1].title}")

    drive(story)


def test_every_key(drive, bundle):
    second = open_playable(bundle).parts[1].start / SAMPLERATE

    async def story(hand):
        status = hand.engine.status
        await hand.press("space")
        await hand.turn(2)
        await hand.press("space")
        await hand.turn(1)
        assert not status().running
        assert "paused" in hand.text("#place")
        await hand.press("space")
        await hand.turn(1)
        assert status().running
        await hand.press("right")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(19.1, abs=0.6)
        await hand.press("left")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(5, abs=0.6)
        await hand.press("n")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(second + 1, abs=0.2)
        await hand.press("p")
        await hand.turn(1)
        assert hand.seconds == pytest.approx(1, abs=0.2)
        await hand.press("down", "down", "up")
        await hand.look()
        assert "volume 95 %" in hand.text("#place")
        await hand.press("m")
        await hand.look()
        assert "muted" in hand.text("#place")
        await hand.press("m", "up", "shift+up", "greater_than_sign")
        await hand.look()
        assert "speed 110 %" in hand.text("#place")
        await hand.press("shift+down", "less_than_sign", "less_than_sign")
        await hand.look()
        assert "speed 95 %" in hand.text("#place")

    drive(story)


def test_the_sleep_timer_goes_round_and_leaves_the_dark(drive):
    async def story(hand):
        await hand.press("space")
        await hand.turn(1)
        for minutes in (5, 15, 30, 60):
            await hand.press("t")
            await hand.look()
            assert f"fades out after {minutes} minutes" in hand.text("#place")
        await hand.press("t")
        await hand.look()
        assert "fades out with this part" in hand.text("#place")
        await hand.turn(60)
        assert hand.engine.status().asleep
        assert hand.app.screen.has_class("-dark")
        await hand.press("space")
        await hand.turn(1)
        assert not hand.app.screen.has_class("-dark")
        assert hand.engine.status().running

    drive(story)


def test_the_pacer_is_driven_by_the_samples(drive, bundle):
    breaths = open_playable(bundle).score.breaths

    async def story(hand):
        await hand.press("space")
        assert not hand.app.query_one("#pacer").display
        for breath in (breaths[0], breaths[1], breaths[4], breaths[1]):
            for way in (0.25, 0.75):
                place = breath.start + round((breath.end - breath.start) * way)
                hand.engine.seek(place - 4800)
                hand.output.turn(0.5)
                hand.engine.pause()
                await hand.turn(0.5)
                at = hand.engine.status().position
                now = open_playable(bundle).score.breath_at(at)
                pacer = hand.app.query_one(Pacer)
                assert pacer.display
                assert pacer.fullness == now.fullness(at)
                word = {"in": "Breathe in", "out": "Breathe out"}[now.phase]
                assert hand.text("#phase") == f"{word} · {now.seconds_left(at)}"
                hand.engine.play()
        rows = [pacer.render_line(y) for y in range(pacer.size.height)]
        assert {strip.cell_length for strip in rows} == {pacer.size.width}
        assert any("▀" in strip.text for strip in rows)

    drive(story)


def test_the_circle_grows_with_the_breath(drive):
    async def story(hand):
        pacer = hand.app.query_one(Pacer)
        await hand.press("space")
        hand.engine.seek(open_breath(hand))
        await hand.turn(0.3)
        inked = []
        for fullness in (0.0, 0.5, 1.0):
            pacer.show(fullness)
            rows = [pacer.render_line(y).text for y in range(pacer.size.height)]
            inked.append(sum(row.count("▀") for row in rows))
        assert inked[0] < inked[1] < inked[2]

    drive(story)


def open_breath(hand):
    return hand.app._playable.score.breaths[0].start + 1000


def test_with_reduced_motion_only_words_move(drive):
    async def story(hand):
        await hand.press("space")
        hand.engine.seek(open_breath(hand))
        await hand.turn(0.5)
        assert not hand.app.query_one("#pacer").display
        assert hand.text("#phase").startswith("Breathe in · ")
        assert hand.app.animation_level == "none"
        assert hand.app.query_one("#playing").styles.opacity == 1.0

    drive(story, still=True)


def test_without_colours_the_pacer_is_a_line(drive, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(hand):
        await hand.press("space")
        hand.engine.seek(open_breath(hand))
        await hand.turn(0.5)
        bar = hand.app.query_one("#pacer", Bar)
        bar.show(0.0)
        short = str(bar.content)
        bar.show(1.0)
        assert 3 <= len(short) < len(str(bar.content))

    drive(story)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (200, 60)])
def test_caption_and_the_way_back_fit_into_every_terminal(drive, size):
    async def story(hand):
        await hand.press("space")
        hand.engine.seek(open_breath(hand))
        await hand.turn(0.6)
        for name in ("#caption", "#phase", "#progress", "#place", "#room-button"):
            region = hand.app.query_one(name).region
            assert region.area > 0, name
            assert hand.app.screen.region.contains_region(region), name

    drive(story, size=size)


def label(hand, name):
    return str(hand.app.query_one(name, Button).label)


@pytest.mark.parametrize(("only_grounds", "said"), [(False, True), (True, False)])
def test_who_feels_much_is_told_of_the_room_but_where_all_is_the_room(drive, only_grounds, said):
    async def story(hand):
        told = " ".join(str(line.content) for line in hand.app.query("#told .line"))
        assert ("the room can come first: press g" in told) is said
        assert "For Zoë, from Ana" in told
        await hand.press("space")
        await hand.turn(1)
        assert hand.pane == "playing"  # nobody is stopped

    drive(story, changes={"grounding_only": only_grounds, "made_for": "Zoë", "giver": "Ana"})


@pytest.mark.parametrize("key", ["g", "escape"])
def test_come_back_to_the_room(drive, key):
    async def story(hand):
        await hand.press("space")
        await hand.turn(5)
        await hand.press(key)
        await hand.turn(1)
        assert hand.pane == "room"
        assert hand.text("#room-title") == "Coming back to the room"
        assert "116 123" in hand.text("#contacts .line")
        assert "Linka první psychické pomoci" in hand.text("#contacts .line")
        assert hand.app.focused.id == "voice"  # staying is the main thing
        assert label(hand, "#voice") == "Pause the voice"
        await hand.press("enter")
        await hand.turn(0.5)
        assert hand.pane == "room"
        assert not hand.engine.status().running
        assert label(hand, "#voice") == "Let the voice go on"
        await hand.press("space")
        await hand.turn(4)
        assert hand.text("#room-title") == "You are in the room."
        assert not hand.engine.status().running
        assert label(hand, "#voice") == "Once more"
        await hand.press("enter")
        await hand.turn(1)
        assert hand.pane == "room"
        assert hand.text("#room-title") == "Coming back to the room"
        assert label(hand, "#go-on") == "n   Back to the session"
        await hand.press("n")
        await hand.turn(1)
        assert hand.pane == "playing"
        assert hand.seconds == pytest.approx(6, abs=0.5)

    drive(story, changes={"contacts": (CALL,)})


def test_the_room_can_be_come_back_to_before_anything_and_by_hand(drive):
    async def story(hand):
        await hand.press("g")
        await hand.turn(1)
        assert hand.pane == "room"
        await hand.press("n")
        await hand.turn(1)
        assert hand.pane == "playing"
        await hand.pilot.click("#room-button")
        await hand.turn(1)
        assert hand.pane == "room"
        await hand.pilot.click("#stop")
        await hand.turn(1)
        assert hand.engine.status().ended

    drive(story)


def test_without_a_ground_track_nothing_promises_one(drive):
    async def story(hand):
        assert not hand.app.query_one("#room-button").display
        await hand.press("space", "g")
        await hand.turn(1)
        assert hand.pane == "playing"

    drive(story, changes={"ground": None})
