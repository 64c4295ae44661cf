"""Back in the room there is something to read, in step with the ground track's own sound."""

from __future__ import annotations

import dataclasses

import pytest
from hand import tone, write
from samples import TrackMaker, contents_of, session, small_session
from textual.widgets import Button

from serguide.base.units import SAMPLERATE
from serguide.bundle.manifest import manifest_json
from serguide.notices.model import Contact
from serguide.player.model.open_bundle import open_playable
from serguide.player.ui.widgets import Pacer

CALL = Contact("crisis", "CZ", "116 123", "Linka první psychické pomoci", "", "2026-01-02", True)
NEAR = 100  # samples after a sentence's beginning


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A bundle whose ground track also breathes, its sound as long as its words."""
    folder = tmp_path_factory.mktemp("bundles") / "the-first-evening"
    folder.mkdir()
    back = (
        TrackMaker("five-to-one", "grounding", bed=False)
        .say("Look around.", "Name five things that you can see.", after=3)
        .breathe(cycles=2, guide=1, in_=2, out=3)
        .say("You are here, in this room.")
        .done()
    )
    contents = contents_of(session(*small_session().tracks, ground=back), ".wav")
    write(folder / "session.wav", tone(contents.audio.frames))
    write(folder / "ground.wav", tone(contents.ground.frames, 330.0))
    (folder / "session.json").write_text(manifest_json(contents), encoding="utf-8")
    return folder


@pytest.fixture
def score(bundle):
    return open_playable(bundle).ground.score


def entering(hand):
    """Come back to the room; its sound begins when the session's has faded out."""
    return hand.press("g")


async def go(hand, position):
    """Go to a sample of what is played, and look."""
    hand.engine.seek(position)
    hand.output.turn(0.2)
    hand.engine.pause()
    await hand.turn(0.5)
    at = hand.engine.status().position
    hand.engine.play()
    return at


@pytest.mark.parametrize("moment", [0.1, 8, 45])
def test_the_sentence_of_the_moment_is_shown(drive, bundle, score, moment):
    async def story(hand):
        await hand.press("space")
        await hand.turn(moment)
        await entering(hand)
        await hand.turn(0.8)
        assert hand.pane == "room"
        assert hand.text("#room-caption") == ""
        for caption in (*score.captions, *score.captions[:2]):
            at = await go(hand, caption.start + NEAR)
            assert hand.text("#room-caption") == caption.text
            said = hand.app.query_one("#room-caption").has_class("-said")
            assert said == (at >= caption.end)
        await hand.press("n")
        await hand.turn(1)
        assert hand.pane == "playing"
        caption = open_playable(bundle).score.caption_at(hand.engine.status().position)
        assert hand.text("#caption") == (caption.text if caption else "")

    drive(story)


def test_a_sentence_stays_until_the_next_begins(drive, score):
    async def story(hand):
        await entering(hand)
        await hand.turn(0.8)
        await go(hand, score.captions[1].start - SAMPLERATE // 2)
        assert hand.text("#room-caption") == "Look around."
        assert hand.app.query_one("#room-caption").has_class("-said")

    drive(story)


def test_the_circle_is_driven_by_the_samples_of_the_ground_track(drive, score):
    async def story(hand):
        await entering(hand)
        await hand.turn(0.8)
        pacer = hand.app.query_one("#room-pacer", Pacer)
        assert not pacer.display
        for breath in (score.breaths[0], score.breaths[3], score.breaths[1]):
            at = await go(hand, (breath.start + breath.end) // 2)
            assert pacer.display
            assert pacer.fullness == breath.fullness(at)
            word = {"in": "Breathe in", "out": "Breathe out"}[breath.phase]
            assert hand.text("#room-phase") == f"{word} · {breath.seconds_left(at)}"
        await go(hand, score.breaths[2].start + NEAR)
        assert hand.text("#room-caption") == ""  # “Breathe out” led the breath before
        await go(hand, score.captions[-1].start + NEAR)
        assert not pacer.display
        assert hand.text("#room-phase") == ""

    drive(story)


def test_with_reduced_motion_the_room_has_words_only(drive, score):
    async def story(hand):
        await entering(hand)
        await hand.turn(0.8)
        await go(hand, score.breaths[0].start + NEAR)
        assert not hand.app.query_one("#room-pacer").display
        assert hand.text("#room-phase").startswith("Breathe in · ")
        assert hand.text("#room-caption") == "Breathe in"

    drive(story, still=True)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (200, 60)])
def test_words_and_ways_on_fit_into_every_terminal(drive, score, size):
    async def story(hand):
        await entering(hand)
        await hand.turn(0.8)
        await go(hand, score.breaths[0].start + NEAR)
        await hand.pilot.pause(0.1)
        names = ("room-title", "room-caption", "room-phase", "voice", "go-on", "stop", "contacts")
        regions = [hand.app.query_one(f"#{name}").region for name in names]
        panes = hand.app.query_one("#panes").region
        for name, region in zip(names, regions, strict=True):
            assert region.area > 0, name
            assert panes.contains_region(region), name
        assert not any(one.overlaps(other) for one in regions for other in regions if one != other)
        assert hand.app.screen.region.contains_region(hand.app.query_one("#room-button").region)

    drive(story, size=size, changes={"contacts": (CALL, CALL, CALL)})


def test_entered_again_it_begins_again(drive):
    async def story(hand):
        await entering(hand)
        await hand.turn(6)
        assert hand.text("#room-caption") == "Name five things that you can see."
        await hand.press("g")
        await hand.turn(0.8)
        assert hand.text("#room-caption") == ""
        await hand.turn(1.5)
        assert hand.text("#room-caption") == "Look around."

    drive(story)


def test_lines_say_the_sentences_and_breaths_of_the_room(listen, score):
    lines = listen(6, "ground", *[0.3] * 100, "pause", 0.1)
    start = lines.index("Coming back to the room") + 1
    end = lines.index("You are in the room.")
    breathing = "Breathing: in 2 seconds, out 3 seconds, 2 times"
    texts = [caption.text for caption in score.captions]
    assert lines[start].startswith("You can stay as long as you like: space pauses the voice")
    assert lines[start + 1 : end] == [*texts[:3], breathing, *texts[3:]]


def test_lines_go_back_to_the_sentences_of_the_session(listen, bundle):
    captions = open_playable(bundle).score.captions
    middle = captions[0].start / SAMPLERATE + 1
    lines = listen(middle, 0.1, "ground", *[0.3] * 8, "next", *[0.3] * 30)
    told = [line.partition("  ")[2] for line in lines]
    # Whoever comes back into the middle of a sentence is told it once more.
    assert told.count(captions[0].text) == 2
    assert told.index(captions[1].text) > lines.index("Look around.")


def test_lines_begin_again_when_the_room_is_entered_again(listen):
    lines = listen(1, "ground", *[0.3] * 8, "ground", *[0.3] * 8)
    assert lines.count("Look around.") == 2


def test_a_session_that_is_mixed_as_it_plays_has_the_way_back_too(drive, bundle):
    """Its ground track has no file of its own; the button stands there all the same."""
    ground = open_playable(bundle).ground

    async def story(hand):
        assert hand.app.query_one("#room-button", Button).display

    drive(story, changes={"ground": dataclasses.replace(ground, path=None)})
