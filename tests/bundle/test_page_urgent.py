"""The numbers on the screen of someone who has just come back to the room."""

from __future__ import annotations

import re

import pytest

from serguide.bundle.page.html import page_templates
from serguide.bundle.page.page_text import urgent_numbers
from serguide.bundle.words import words_for
from serguide.notices.contacts import contacts_for
from serguide.notices.model import Notices


def urgent(notices, words):
    found = urgent_numbers(notices, words)
    return page_templates().get_template("urgent.html").render(urgent=found)


@pytest.mark.parametrize(
    ("language", "locale", "numbers"),
    [
        ("en", "en-US", ["911", "988"]),
        ("cs", "cs", ["112", "116123"]),
        ("en", "en", ["112"]),
        ("de", "de", ["112"]),
        ("pl", "pl", ["112"]),
    ],
)
def test_the_emergency_number_is_always_there_and_can_be_tapped(language, locale, numbers):
    shown = urgent(Notices(locale, contacts_for(locale)), words_for(language))
    assert re.findall(r'href="tel:(\d+)"', shown) == numbers


def test_without_contacts_nothing_stands_there():
    assert urgent(Notices(), words_for("en")) == ""
