from __future__ import annotations

import dataclasses
import json

import pytest
from samples import contents_of, small_session

from serguide.bundle.contact_list import countries_of
from serguide.bundle.manifest import manifest_json
from serguide.bundle.manifest_reading import read_manifest
from serguide.bundle.transcript import transcript_txt
from serguide.bundle.words import words_for
from serguide.notices.contacts import contacts_for
from serguide.notices.model import Notices


@pytest.fixture
def austrian():
    notices = Notices("de-AT", contacts_for("de-AT"), ("Breathe lightly.",), "Dr. Eva Novák")
    return dataclasses.replace(contents_of(small_session()), notices=notices)


def test_numbers_stand_by_country_with_date_and_source():
    (country,) = countries_of(Notices("cs-CZ", contacts_for("cs-CZ")), words_for("en"))
    assert (country.code, country.name) == ("CZ", "Czechia")
    assert [line.number for line in country.lines] == ["112", "116 123", "116 111"]
    assert country.lines[0].for_whom == "emergency"
    assert country.lines[1].for_whom == "Linka první psychické pomoci, someone to talk to"
    assert {line.source for line in country.lines} == {"checked 2026-11-20, published source"}
    british = countries_of(Notices("en-GB", contacts_for("en-GB")), words_for("en"))[0]
    assert british.lines[1].source == "checked 2026-11-20"


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
    assert lines[start + 2] == ("142  TelefonSeelsorge, someone to talk to (checked 2026-11-20)")
    assert lines[-1].startswith("In another country")


def test_the_manifest_carries_them_and_players_read_them(austrian, tmp_path):
    (tmp_path / "session.json").write_text(manifest_json(austrian), encoding="utf-8")
    notices = read_manifest(tmp_path).serguide.notices
    assert notices.locale == "de-AT"
    assert [contact.number for contact in notices.contacts] == ["112", "142"]
    assert [contact.published for contact in notices.contacts] == [True, False]
    assert notices.cautions == ("Breathe lightly.",)
    assert notices.supervised_by == "Dr. Eva Novák"


def test_an_older_bundle_without_notices_is_read(small, tmp_path):
    data = json.loads(manifest_json(small))
    del data["serguide"]["notices"]
    (tmp_path / "session.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_manifest(tmp_path).serguide.notices.contacts == ()
