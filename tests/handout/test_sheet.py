"""What a handout says of a bundle."""

from __future__ import annotations

import json

import pytest
from handout_cases import PRACTICE, all_cautions, usual

from serguide.base.errors import UsageError
from serguide.bundle.manifest_reading import read_manifest
from serguide.handout.sheet import sheet_of
from serguide.handout.transcript_pages import spoken_parts
from serguide.handout.words import handout_words
from serguide.notices.contacts import contacts_for
from serguide.notices.model import Contact, Practice


def sheet(folder, *args, **options):
    return sheet_of(read_manifest(folder), *args, **options)


def test_it_says_for_whom_how_long_and_what_is_in_it(written):
    found = sheet(written(made_for="Zoë", supervised_by="Ana"))
    assert (found.title, found.made_for) == ("The first evening", "For Zoë, from Ana")
    assert found.facts == "2 minutes · ends awake"
    assert found.parts == ("Arriving here", "Easy six")
    assert "2 minutes" in found.how[0]
    assert any("ground.mp3" in line for line in found.how)
    assert len(found.room) == 5


@pytest.mark.parametrize("language", ["en", "de", "cs", "sk"])
@pytest.mark.parametrize("given", ["page", "sound"])
def test_no_file_is_named_that_was_not_given(written, language, given):
    found = sheet(written(language), given=given)
    assert not any("ground.mp3" in line for line in found.how)
    assert any(found.words.say("ground") in line for line in found.how) is (given == "page")


def test_a_session_for_sleep_is_told_so(written):
    awake, asleep = sheet(written()).how[0], sheet(written(ending="sleep")).how[0]
    assert awake != asleep
    assert "bed" in asleep


def test_the_cautions_are_those_that_the_session_owes(written):
    owed = all_cautions("cs")[4:6]
    assert sheet(written("cs", cautions=owed)).cautions == owed
    assert sheet(written("cs")).cautions == ()


def test_one_countrys_numbers_stand_with_hours_and_cost_and_the_first_above_all(written):
    calls = sheet(written("cs", **usual("cs"))).calls
    assert calls.danger == "112"
    assert [row.number for row in calls.rows] == ["116 123", "222 580 697", "116 111"]
    assert "za běžnou cenu hovoru, ve dne v noci" in calls.rows[1].text
    assert calls.checked == "ověřeno 2026-11-20"
    assert not calls.several


def test_several_countries_are_named_each_with_its_own_emergency_number(written):
    calls = sheet(written("en")).calls
    firsts = {row.country: row.number for row in calls.rows if row.country}
    assert firsts["United States"] == "911"
    assert firsts["Australia"] == "000"
    assert calls.several


def test_what_nobody_verified_is_not_shown(written):
    doubtful = Contact("crisis", "DE", "0800 1110222", "", "", "2026-11-21", published=False)
    folder = written("de", contacts=(*contacts_for("de-DE"), doubtful))
    assert doubtful.number not in [row.number for row in sheet(folder).calls.rows]


def test_a_bundle_without_numbers_gets_those_of_its_locale(written):
    assert sheet(written("sk", contacts=(), locale="sk-SK")).calls.rows[0].number == "0800 500 333"


def test_another_country_can_be_asked_for(written):
    folder = written("de", **usual("de"))
    assert sheet(folder, locale="AT").calls.rows[0].number == "142"
    with pytest.raises(UsageError, match="no locale"):
        sheet(folder, locale="austria?")


def test_the_practice_is_the_bundles_unless_another_is_given(written):
    folder = written(practice=Practice("By the River", "Brno"))
    assert sheet(folder).practice.name == "By the River"
    assert sheet(folder, PRACTICE).practice == PRACTICE


def test_a_language_that_nobody_wrote_is_named(written):
    found = sheet(written("fr"))
    assert "French" in found.note
    assert found.words.language == "en"
    assert sheet(written("de-AT")).note == ""


def test_of_a_long_about_whole_sentences_stand(written):
    sentence = "It is for the evening after a session. "
    about = sheet(written(about=sentence * 30)).about
    assert 100 < len(about) <= 320
    assert about == (sentence * 30)[: len(about)]
    assert about.endswith(".")
    one = "word " * 100 + "end."
    assert sheet(written(about=one)).about == one, "one sentence stands whole"


def test_a_contact_of_a_later_kind_does_not_stop_it(written):
    folder = written("en", locale="en-US")
    manifest = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    contacts = manifest["serguide"]["notices"]["contacts"]
    contacts.append({**contacts[1], "kind": "neighbours", "number": "5"})
    contacts.append({**contacts[1], "languages": ["tlh"], "number": "6"})
    (folder / "session.json").write_text(json.dumps(manifest), encoding="utf-8")
    numbers = [row.number for row in sheet(folder).calls.rows]
    assert "5" not in numbers
    assert "6" in numbers


def test_the_transcript_has_every_spoken_word_and_breathing_in_words(written):
    manifest = read_manifest(written())
    parts = spoken_parts(manifest, handout_words("en"))
    titles = [(part.level, part.title) for part in parts]
    assert titles == [
        (1, "Arriving here"),
        *[each for each in titles if each[0] == 2 and each[1] != "On its own"],
        (1, "Easy six"),
        (2, "On its own"),
        (1, "Come back to the room"),
    ]
    text = "\n".join(paragraph for part in parts for paragraph in part.paragraphs)
    details = manifest.serguide
    for event in (*details.events, *details.ground_events):
        if event.kind == "say" and not event.text.startswith("Breathe "):
            assert " ".join(event.text.split()) in text
    assert "Breathing: in 4 seconds, out 6 seconds, 3 times" in text
    assert "Breathe in" not in text, "guide words stand for the breathing they guide"
