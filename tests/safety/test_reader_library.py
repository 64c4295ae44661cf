"""The built-in library before the second reader: little is doubted, and what is, was looked at."""

from __future__ import annotations

from datetime import date

import pytest
from needed import READER

from serguide.cache.store import Store
from serguide.safety.checker import Checker, check_files
from serguide.safety.reader import READ_BY_MEANING, SecondReader, quiet
from serguide.script.library import open_libraries

TODAY = date(2026, 11, 21)


class Listener:
    """Remembers the sentences and windows that a reader is asked about, and says nothing."""

    def __init__(self):
        self.sentences, self.windows = [], []

    def read(self, texts, windows, private):
        self.sentences += texts
        self.windows += windows
        return {}


@pytest.fixture(scope="module")
def asked():
    listener = Listener()
    libraries = open_libraries([])
    checker = Checker(libraries, None, TODAY, None, listener)
    for path in libraries.names().values():
        checker.file(path)
    return listener


def test_nearly_all_of_it_is_known_to_be_quiet(asked):
    """Checking it would take minutes otherwise: run `python -m serguide.safety.reader.quiet`."""
    texts = {*asked.sentences, *asked.windows}
    assert len(texts) > 5000
    assert len(quiet.unread(texts)) <= 0.05 * len(texts)


def test_another_classifier_knows_of_no_quiet_text(asked, monkeypatch):
    monkeypatch.setattr(quiet, "_of_classifier", lambda: b"anything")
    quiet._known.cache_clear()
    assert {*quiet.unread(asked.windows)} == {*asked.windows}
    monkeypatch.undo()
    quiet._known.cache_clear()


@READER
def test_one_sentence_in_a_hundred_at_most_is_warned_of(asked, tmp_path):
    warned = SecondReader(Store(tmp_path)).read(asked.sentences)
    assert len(warned) <= 0.01 * len({*asked.sentences}), [*warned]


@READER
def test_every_warning_was_looked_at(tmp_path):
    """Each was answered by other words, or by `allow` with a reason."""
    found = check_files([], open_libraries([]), Store(tmp_path), TODAY, by_meaning=True)
    assert [str(p) for p in found.problems if p.code in READ_BY_MEANING] == []
    assert [str(p) for p in found.problems if "allow" in p.message] == []
