"""What a therapist ticks: what files are called, what leads back to the room, what is kept."""

from __future__ import annotations

import pytest

from serguide.base.errors import UsageError
from serguide.bundle.sealed.passphrase import made
from serguide.studio.handover.handover_ways import Ways, require_passphrase, stem_for
from serguide.studio.preferences import Preferences


@pytest.mark.parametrize(
    ("name", "who", "title", "stem"),
    [
        ("a-rainy-evening", "Zoë", "A rainy evening", "a-rainy-evening"),
        ("a-rainy-evening-2", "Zoë", "A rainy evening", "a-rainy-evening"),
        ("the-first-evening-12", "", "For a friend", "the-first-evening"),
        ("room-2", "", "Room 2", "room-2"),
        ("breath-4-7-8", "", "Counting", "breath-4-7-8"),
        ("zoe-2", "Zoë", "Zoë", "session"),
    ],
)
def test_a_copy_s_number_stands_in_no_file_s_name(name, who, title, stem):
    assert stem_for(name, who, title) == stem


@pytest.mark.parametrize(
    ("ways", "given"),
    [
        (Ways(page=True, sound=True), "page"),
        (Ways(page=False, sound=True, website=True), "page"),
        (Ways(page=False, sound=True), "sound"),
    ],
)
def test_a_handout_knows_what_goes_along(ways, given):
    assert ways.given == given


def test_the_preview_s_handout_names_what_is_ticked(counter):
    def handout(given):
        asked = {"name": "a-rainy-evening", "given": given}
        address = counter.post("/api/handovers/preview", asked)["address"]
        return counter.client.get(f"{address}handout.html").text

    assert "“Come back to the room”" in handout("page")
    assert "stop the sound" in handout("sound")
    assert "ground.mp3" not in handout("page") + handout("sound")


def test_words_that_were_made_before_stand():
    assert require_passphrase("graves cult sinner unloved casket prison").startswith("graves")


def test_words_of_the_list_that_are_known_count_for_nothing_too():
    """They may be the session's own, or the client's."""
    with pytest.raises(UsageError, match="too easily guessed"):
        require_passphrase("rainy evening rainy evening window garden", ["rainy", "evening"])
    for _ in range(20):
        phrase = made()
        assert require_passphrase(phrase, phrase.split()[:1]) == phrase


def test_the_kind_of_sound_that_was_given_last_is_offered_next(counter):
    def forms():
        return counter.get("/api/handovers/forms?name=a-rainy-evening")["ways"]

    assert forms()["kind"] == "m4b"
    fresh = counter.post(
        "/api/handovers", {"name": "a-rainy-evening", "ways": {"sound": True, "kind": "mp3"}}
    )
    counter.client.delete(f"/api/handovers/{fresh['id']}")
    assert forms()["kind"] == "mp3"
    assert Preferences.read(counter.studio.state).sound == "mp3"
    assert "sound" not in forms(), "whether it is given is asked for each person"


def test_what_lies_in_the_bin_and_says_a_name_is_told_when_it_is_forgotten(counter):
    fresh = counter.post("/api/handovers", {"name": "a-rainy-evening", "ways": {"handout": True}})
    counter.made(fresh["id"])
    assert counter.post("/api/shelf/bin", {"name": "a-rainy-evening"})["title"]
    done = counter.post(f"/api/handovers/people/{fresh['person']}/forget")
    assert done["left_in_bin"] == ["A rainy evening"]
    assert done["left"] == []


def test_who_is_forgotten_is_told_of_files_that_have_the_same_name(counter, library):
    """What was removed is removed by then."""
    fresh = counter.post("/api/handovers", {"name": "a-rainy-evening", "ways": {"handout": True}})
    counter.made(fresh["id"])
    path = next(library.rglob("a-rainy-evening.yaml"))
    other = path.parent / "other" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    done = counter.post(f"/api/handovers/people/{fresh['person']}/forget")
    assert done["left"] == ["a-rainy-evening"]
