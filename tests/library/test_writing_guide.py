"""What docs/writing-scripts.md shows is true: its examples are read, checked and resolved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from serguide.safety.checker import check_files
from serguide.safety.manual import known_codes
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "writing-scripts.md").read_text(encoding="utf-8")
ALL_BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WORDS = [block for block in ALL_BLOCKS if block.startswith("# pronounce.yaml")]
BLOCKS = [block for block in ALL_BLOCKS if block not in WORDS]
HEAD = "title: t\nkind: grounding\n"


def whole(block):
    """Make a script of a part of one, as a reader would who pastes it in."""
    if block.startswith("title:"):
        return block
    if block.startswith("  - "):
        return f"{HEAD}cues:\n{block}"
    return HEAD + block + ("" if "cues:" in block else "cues:\n  - say: Here you are.\n")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().splitlines()[0][:40])
def test_every_example_is_accepted(write, tmp_path, block):
    path = write("guide-example.yaml", whole(block))
    libraries = open_libraries([tmp_path])
    assert resolve(path, libraries, KNOWN, Overrides()).tracks


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.startswith("title:")], ids=["script", "session"]
)
def test_whole_examples_pass_the_safety_check(write, tmp_path, block):
    path = write("guide-example.yaml", block)
    assert check_files([str(path)], open_libraries([tmp_path])).problems == ()


def test_the_words_of_a_library_are_those_that_it_shows(write, tmp_path):
    (block,) = WORDS
    write("pronounce.yaml", block)
    libraries = open_libraries([tmp_path])
    british = libraries.pronunciations("en-GB")
    assert (british["psoas"], british["scone"]) == ("SO-as", "/skɒn/")
    assert libraries.pronunciations("de")["Zoë"] == "/ˈzəʊi/"
    assert "scone" not in libraries.pronunciations("en-US")


def test_the_readmes_examples_pass_together(write, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```yaml\n(title: .*?)```", readme, re.DOTALL):
        title = block.partition("\n")[0].removeprefix("title: ")
        write(f"scripts/{title.lower().replace(' ', '-')}.yaml", block)
    found = check_files([str(tmp_path / "scripts")], open_libraries([tmp_path]))
    assert found.files == 2
    assert found.problems == ()


def test_the_includes_of_the_table_are_there():
    table = PAGE[PAGE.index("| include | says |") :].partition("\n\n")[0]
    names = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert len(names) == 4
    assert set(names) <= set(open_libraries([]).names())


def test_the_codes_it_names_are_there():
    codes = set(re.findall(r"\b[EWL]\d{3}\b", PAGE))
    assert len(codes) > 15
    assert codes <= set(known_codes())


def test_every_cue_is_explained():
    for cue in ("say", "pause", "rest", "breathe", "sound", "include", "chapter"):
        assert f"| `{cue}` |" in PAGE
        assert re.search(rf"^\s+- {cue}: ", PAGE, re.MULTILINE) or f"`- {cue}: " in PAGE
