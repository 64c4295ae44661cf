"""Each recipe of docs/adding.md, followed step by step in a copy of the project."""

from __future__ import annotations

import json

import pytest
import yaml
from recipes import ROOT, Copy, edited, recipes

RECIPES = recipes()


def test_there_is_a_recipe_for_each_kind():
    assert list(RECIPES) == [
        "a voice", "a rule", "a sound for soundscapes", "a sound format", "a language", "a command",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", RECIPES)
def test_each_step_has_its_place_and_leaves_a_file_that_can_be_read(kind):
    """Quick: the long way is below."""
    steps = RECIPES[kind]
    commands = "".join(step.block for step in steps if step.way == "run")
    assert "pytest" in commands
    texts: dict[str, str] = {}
    for step in steps:
        path = ROOT / step.path
        if step.way == "Write":
            assert path.parent.is_dir()
            assert not path.exists()
        elif step.way == "run" or not path.exists():
            assert step.way == "run" or step.path in commands, f"nothing makes {step.path}"
            continue
        before = "" if step.way == "Write" else path.read_text(encoding="utf-8")
        texts[step.path] = edited(texts.get(step.path, before), step)
    for name, text in texts.items():
        if name.endswith(".py"):
            compile(text, name, "exec")
        elif name.endswith(".json"):
            json.loads(text)
        elif name.endswith(".yaml"):
            yaml.safe_load(text)


@pytest.mark.slow
@pytest.mark.parametrize("kind", RECIPES)
def test_followed_to_its_end_it_passes(kind, tmp_path):
    copy = Copy(tmp_path)
    for step in RECIPES[kind]:
        copy.follow(step)
    copy.style()
