from __future__ import annotations

import pytest

from serguide.base.errors import ScriptError, UsageError
from serguide.script import expand
from serguide.script.expansions import ExpansionCache
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

SCRIPT = "title: t\nkind: grounding\n"


@pytest.fixture
def resolved(write, tmp_path):
    write("scripts/a.yaml", f"{SCRIPT}values: {{who: you}}\ncues:\n  - say: Hello, {{who}}.\n")
    write("scripts/s.yaml", "title: s\nground: a\nsteps: [a, a, {a: {values: {who: Ana}}}]\n")

    def resolved(name, expansions=None, **values):
        path = tmp_path / f"scripts/{name}.yaml"
        return resolve(
            path, open_libraries([tmp_path]), KNOWN, Overrides(values), expansions=expansions
        )

    return resolved


def test_a_script_that_recurs_is_expanded_once(resolved):
    first, second, other = resolved("s").tracks
    assert first.items is second.items
    assert [item.text for item in first.items] == ["Hello, you."]
    assert [item.text for item in other.items] == ["Hello, Ana."]


def test_what_was_expanded_for_one_session_serves_the_next(resolved):
    expansions = ExpansionCache()
    alone, session = resolved("a", expansions), resolved("s", expansions)
    assert alone.tracks[0].items is session.tracks[0].items
    assert session == resolved("s")


def test_values_of_the_caller_make_another_expansion(resolved):
    expansions = ExpansionCache()
    resolved("a", expansions)
    (item,) = resolved("a", expansions, who="Eva").tracks[0].items
    assert (item.text, item.private) == ("Hello, Eva.", True)


def test_placeholders_of_what_was_expanded_before_are_known(resolved):
    expansions = ExpansionCache()
    resolved("s", expansions)
    with pytest.raises(UsageError, match="whom") as caught:
        resolved("s", expansions, whom="Eva")
    assert "who" in caught.value.hint


def test_what_is_wrong_is_told_of_every_session(resolved, write):
    write("scripts/bad.yaml", f"{SCRIPT}cues:\n  - include: nowhere\n")
    for name in ("one", "two"):
        write(f"scripts/{name}.yaml", "title: s\nground: a\nsteps: [bad, a]\n")
    expansions = ExpansionCache()
    for name in ("one", "two"):
        with pytest.raises(ScriptError) as caught:
            resolved(name, expansions)
        assert [problem.code for problem in caught.value.problems] == ["L022"]


def test_waivers_of_what_was_expanded_before_count(resolved, write):
    write("scripts/w.yaml", f"{SCRIPT}allow: {{W117: short}}\ncues:\n  - say: Hello.\n")
    write("scripts/i.yaml", f"{SCRIPT}cues:\n  - include: w\n")
    expansions = ExpansionCache()
    assert resolved("i", expansions).waivers == resolved("i", expansions).waivers != ()


def test_repeated_steps_count_towards_the_limit(resolved, monkeypatch):
    monkeypatch.setattr(expand, "MOST_ITEMS", 3)
    with pytest.raises(ScriptError) as caught:
        resolved("s")  # three steps and the ground track
    assert [problem.code for problem in caught.value.problems] == ["L007"]
    monkeypatch.setattr(expand, "MOST_ITEMS", 4)
    assert len(resolved("s").tracks) == 3
