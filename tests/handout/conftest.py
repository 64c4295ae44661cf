"""Bundles that hold their manifest alone, which is all that a handout is made of."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

# tests/samples.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from samples import contents_of, small_session

from serguide.bundle.manifest import manifest_json
from serguide.notices.contacts import contacts_for
from serguide.notices.model import Notices


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a bundle in a language and returns its folder."""

    def write(language="en", ending="alert", title=None, about=None, folder="evening", **notices):
        timeline = small_session()
        changed = {"language": language, "ending": ending}
        changed |= {"title": title} if title else {}
        changed |= {"about": about} if about is not None else {}
        timeline = replace(timeline, program=replace(timeline.program, **changed))
        locale = notices.pop("locale", language)
        notices = {"contacts": contacts_for(locale), "locale": locale, **notices}
        contents = replace(contents_of(timeline), notices=Notices(**notices))
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        (path / "session.json").write_text(manifest_json(contents), encoding="utf-8")
        return path

    return write
