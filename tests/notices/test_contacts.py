from __future__ import annotations

import json
from datetime import date
from importlib import resources

import pytest

from serguide.base.errors import UsageError
from serguide.base.hints import Remedy, remedies_of
from serguide.bundle.contact_list import country_called
from serguide.bundle.words import _shipped, words_for
from serguide.notices.contacts import (
    all_published,
    contacts_for,
    elsewhere,
    is_guessed,
    locale_of,
    system_country,
    unverified_for,
)

DATA = json.loads(
    (resources.files("serguide.notices") / "contacts.json").read_text(encoding="utf-8")
)


def numbers(locale, kind="crisis"):
    return [contact.number for contact in contacts_for(locale) if contact.kind == kind]


@pytest.mark.parametrize(
    ("locale", "emergency", "crisis", "youth", "published"),
    [
        ("en-US", "911", "988", None, True),
        ("en-CA", "911", "988", None, True),
        ("cs-CZ", "112", "116 123", "116 111", True),
        ("sk-SK", "112", "0800 500 333", "116 111", True),
        ("de-CH", "112", "143", None, True),
        ("de-DE", "112", "0800 1110111", None, True),
        ("hu-HU", "112", "116 123", None, True),
        ("en-GB", "999", "116 123", None, True),
        ("en-IE", "112", "116 123", None, True),
        ("en-AU", "000", "13 11 14", None, True),
        ("fr-FR", "112", "3114", None, True),
        ("es-ES", "112", "024", None, True),
        ("de-AT", "112", "142", None, True),
    ],
)
def test_a_country_has_its_numbers_the_emergency_number_first(
    locale, emergency, crisis, youth, published
):
    contacts = contacts_for(locale)
    assert {contact.country for contact in contacts} == {locale[-2:]}
    assert contacts[0].kind == "emergency"
    assert contacts[0].number == emergency
    assert numbers(locale)[0] == crisis
    assert numbers(locale, "youth") == ([youth] if youth else [])
    for line in contacts:
        assert line.published is published
        assert line.name or line.kind == "emergency"


def test_second_lines_are_there():
    assert numbers("cs-CZ") == ["116 123", "222 580 697"]
    assert numbers("sk-SK") == ["0800 500 333", "0800 800 566"]


def test_what_nobody_verified_is_shown_to_nobody_and_told_to_the_therapist():
    left_out = {(each.country, each.kind, each.number) for each in unverified_for()}
    assert {
        ("DE", "crisis", "0800 1110222"), ("DE", "youth", "116 111"), ("AT", "youth", "147"),
        ("CH", "youth", "147"), ("CH", "emergency", "144"),
    } == left_out  # fmt: skip
    assert [each.number for each in unverified_for("de-AT")] == ["147"]
    assert unverified_for("de") == ()  # nobody knows which country is meant
    shown = {(each.country, each.kind, each.number) for each in all_published()}
    assert not left_out & shown


def test_terms_are_data():
    (line,) = (each for each in contacts_for("cs-CZ") if each.number == "222 580 697")
    assert (line.hours, line.free, line.languages) == ("24/7", False, ("cs",))
    first = contacts_for("cs-CZ")[1]
    assert (first.number, first.hours) == ("116 123", "")  # it is not there day and night
    for country in DATA["countries"].values():
        for contact in country["contacts"]:
            assert contact.get("hours", "24/7") == "24/7"
            assert contact.get("free") in (None, True, False)
            assert contact["kind"] == "emergency" or contact["languages"]


@pytest.mark.parametrize(
    ("language", "asked", "guessed"),
    [("en", None, True), ("cs", None, True), ("en-GB", None, False), ("en", "CZ", False)],
)
def test_a_language_alone_is_a_guess(language, asked, guessed):
    assert is_guessed(language, asked) is guessed


def test_veterans_are_told_what_to_press():
    (line,) = (contact for contact in contacts_for("en-US") if contact.kind == "veterans")
    assert (line.number, line.note) == ("988", "then press 1")


def test_every_number_has_the_day_it_was_checked():
    for country in DATA["countries"].values():
        for contact in country["contacts"]:
            assert date.fromisoformat(contact["checked"]) >= date(2026, 11, 20)
            assert isinstance(contact["published"], bool)


def test_a_language_alone_stands_for_all_its_countries():
    german = [contact.country for contact in contacts_for("de")]
    assert list(dict.fromkeys(german)) == ["EU", "DE", "AT", "CH"]
    assert contacts_for("es-419") == contacts_for("es-ES")
    english = contacts_for("en")
    assert english[0].number == "112"
    assert english[1] == contacts_for("en-US")[0]
    firsts = {}
    for contact in english:
        firsts.setdefault(contact.country, contact.kind)
    assert firsts == dict.fromkeys(("EU", "US", "CA", "GB", "IE", "AU"), "emergency")


@pytest.mark.parametrize("locale", ["ja", "ja-JP", "cs-JP", "x-klingon", ""])
def test_where_nothing_is_listed_there_is_112_and_what_to_do(locale):
    (contact,) = contacts_for(locale)
    assert (contact.kind, contact.number, contact.country) == ("emergency", "112", "EU")
    assert contact.note == elsewhere(locale)
    assert "112" in contact.note


def test_the_note_speaks_the_language():
    assert contacts_for("cs-JP")[0].note.startswith("V jiné zemi")
    assert contacts_for("ja")[0].note.startswith("In another country")


@pytest.mark.parametrize(
    ("language", "asked", "locale"),
    [
        ("de", None, "de"),
        ("en-GB", None, "en-GB"),
        ("de", "de-AT", "de-AT"),
        ("de", "de_AT.UTF-8", "de-AT"),
        ("en", "cs-CZ", "cs-CZ"),
        ("en", "CZ", "en-CZ"),
        ("en", "UK", "en-GB"),
        ("en", "de", "de"),
        ("en", "sr-Latn-RS", "sr-Latn-RS"),
    ],
)
def test_what_was_asked_decides_else_the_language(language, asked, locale):
    assert locale_of(language, asked) == locale


@pytest.mark.parametrize("asked", ["Austria", "de-Austria", "112", "../x", "a b"])
def test_what_is_no_locale_is_refused(asked):
    with pytest.raises(UsageError, match="is no locale") as caught:
        locale_of("en", asked)
    assert Remedy("locale", "AT") in remedies_of(caught.value.hint)


@pytest.mark.parametrize(
    ("environment", "country"),
    [
        ({"LANG": "de_AT.UTF-8"}, "AT"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "cs_CZ"}, "CZ"),
        ({"LC_ALL": "", "LANG": "en_US"}, "US"),
        ({"LANG": "C.UTF-8"}, None),
        ({}, None),
    ],
)
def test_where_a_machine_is_set_to(environment, country):
    assert system_country(environment) == country


@pytest.mark.parametrize("language", sorted(_shipped()))
def test_every_country_and_kind_has_a_name(language):
    words = words_for(language)
    assert words.language == language
    for code, country in DATA["countries"].items():
        assert country_called(code, words) != code
        assert all(words.say(contact["kind"]) for contact in country["contacts"])
    assert language in DATA["elsewhere"]
