from __future__ import annotations

import dataclasses
import json
import re

import pytest
from samples import contents_of, small_session

from serguide.bundle.contact_list import countries_of
from serguide.bundle.manifest import manifest_json
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.page.html import page_templates
from serguide.bundle.page.page_text import danger_line, urgent_numbers
from serguide.bundle.transcript import transcript_txt
from serguide.bundle.words import words_for
from serguide.notices.contacts import contacts_for, elsewhere
from serguide.notices.model import Notices


def contacts(notices, words):
    return (
        page_templates()
        .get_template("contacts.html")
        .render(
            say=words.say,
            countries=countries_of(notices, words),
            elsewhere=elsewhere(words.language),
        )
    )


@pytest.fixture
def austrian():
    notices = Notices("de-AT", contacts_for("de-AT"), ("Breathe lightly.",), "Dr. Eva Novák")
    return dataclasses.replace(contents_of(small_session()), notices=notices)


def test_numbers_stand_by_country_with_date_and_source():
    (country,) = countries_of(Notices("cs-CZ", contacts_for("cs-CZ")), words_for("en"))
    assert (country.code, country.name) == ("CZ", "Czechia")
    assert [line.number for line in country.lines] == ["112", "116 123", "222 580 697", "116 111"]
    assert country.lines[0].for_whom == "emergency"
    assert country.lines[1].for_whom == "Linka první psychické pomoci, someone to talk to"
    assert country.lines[0].source == "checked 2026-11-20, published source"


def test_hours_cost_and_languages_stand_with_a_number():
    (country,) = countries_of(Notices("cs-CZ", contacts_for("cs-CZ")), words_for("cs"))
    assert [line.terms for line in country.lines] == [
        "",
        "",  # not day and night: nothing is claimed
        "za běžnou cenu hovoru, ve dne v noci",
        "ve dne v noci",
    ]
    (country,) = countries_of(Notices("de-CH", contacts_for("de-CH")), words_for("en"))
    assert country.lines[1].terms == "day and night, in German, in French, in Italian"


@pytest.mark.parametrize("language", ["en", "de", "cs", "sk"])
@pytest.mark.parametrize("locale", ["en", "de", "en-AU", "de-CH", "hu"])
def test_no_doubt_is_printed_to_a_person_in_distress(language, locale):
    words, notices = words_for(language), Notices(locale, contacts_for(locale))
    shown = contacts(notices, words) + str(urgent_numbers(notices, words))
    assert all(contact.published for contact in notices.contacts)
    assert "please make sure" not in shown
    assert words.say("published", date="2026-11-20")[:7] in shown


def test_where_the_country_is_known_its_numbers_come_at_once():
    shown = contacts(Notices("de-AT", contacts_for("de-AT")), words_for("de"))
    assert re.findall(r'href="tel:(\d+)"', shown) == ["112", "142"]
    assert "<details>" not in shown


def test_where_it_is_not_known_112_comes_first_and_countries_are_one_tap_away():
    shown = contacts(Notices("en", contacts_for("en")), words_for("en"))
    before, _, behind = shown.partition("<details>")
    assert re.findall(r'href="tel:(\d+)"', before) == ["112"]
    assert "in most other countries" in before
    assert re.findall(r'href="tel:(\d+)"', behind)[:3] == ["911", "988", "988"]
    assert "<h3>United Kingdom</h3>" in behind


@pytest.mark.parametrize(("locale", "number"), [("en", "112"), ("en-US", "911"), ("en-GB", "999")])
def test_the_line_for_who_is_in_danger_names_the_number_that_works_there(locale, number):
    shown = danger_line(Notices(locale, contacts_for(locale)), words_for("en"))
    assert f'<strong dir="ltr">{number}</strong> now.' in shown


def test_a_note_says_what_to_press():
    american = countries_of(Notices("en-US", contacts_for("en-US")), words_for("en"))[0]
    assert american.lines[-1].for_whom == "Veterans Crisis Line, then press 1, for veterans"


def test_an_unknown_country_is_told_112_once():
    (country,) = countries_of(Notices("ja-JP", contacts_for("ja-JP")), words_for("ja"))
    assert [(line.number, line.for_whom) for line in country.lines] == [("112", "emergency")]


def test_the_transcript_tells_before_the_first_technique(austrian):
    before, _, after = transcript_txt(austrian).partition("\nArriving here\n===")
    assert after
    for told in (
        "not while driving or using machines",
        "You can stop at any time",
        "Breathe lightly.",
        "Prepared for you by Dr. Eva Novák.",
        "you will find numbers to call under “Someone to call”",
    ):
        assert told in before


def test_whom_to_call_stands_right_below_the_way_back(austrian):
    text = transcript_txt(austrian)
    ground, _, call = text.partition("\nSomeone to call\n===============\n")
    assert "\nCome back to the room\n=====" in ground
    lines = call.splitlines()
    start = lines.index("Austria:")
    assert lines[start + 1] == "112  emergency (checked 2026-11-20, published source)"
    assert lines[start + 2] == (
        "142  TelefonSeelsorge, someone to talk to; free, day and night, in German "
        "(checked 2026-11-21, published source)"
    )
    last, credit = [line for line in lines if line][-2:]
    assert last.startswith("In another country")
    assert credit.startswith("Read by a synthetic voice")


def test_the_manifest_carries_them_and_players_read_them(austrian, tmp_path):
    (tmp_path / "session.json").write_text(manifest_json(austrian), encoding="utf-8")
    notices = read_manifest(tmp_path).serguide.notices
    assert notices.locale == "de-AT"
    assert [contact.number for contact in notices.contacts] == ["112", "142"]
    assert [contact.published for contact in notices.contacts] == [True, True]
    assert [contact.free for contact in notices.contacts] == [None, True]
    assert notices.contacts[1].languages == ("de",)
    assert notices.cautions == ("Breathe lightly.",)
    assert notices.supervised_by == "Dr. Eva Novák"


def test_an_older_bundle_without_notices_is_read(small, tmp_path):
    data = json.loads(manifest_json(small))
    del data["serguide"]["notices"]
    (tmp_path / "session.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_manifest(tmp_path).serguide.notices.contacts == ()
