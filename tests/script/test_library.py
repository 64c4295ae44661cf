from __future__ import annotations

import pytest

from serguide.base.errors import ScriptError, UsageError
from serguide.script.library import Libraries, Library, builtin_library, open_libraries
from serguide.script.resolve import resolve
from serguide.voices.speakable_names import KNOWN

SCRIPT = "title: Mine\nkind: grounding\ncues:\n  - say: Mine.\n"


def test_the_builtin_library_is_found():
    names = open_libraries([]).names()
    assert {"the-first-evening", "five-to-one", "coming-back"} <= set(names)
    assert "porch-by-the-river" in open_libraries([]).soundscapes()


def test_a_therapists_own_comes_first(write, tmp_path):
    path = write("scripts/grounding/five-to-one.yaml", SCRIPT)
    write("scripts/grounding/mine.yml", SCRIPT)
    libraries = open_libraries([tmp_path])
    assert libraries.locate("five-to-one") == path
    assert libraries.locate("mine").suffix == ".yml"
    assert libraries.locate("coming-back").is_relative_to(builtin_library().root)


def test_two_libraries_in_order(write, tmp_path):
    first = write("one/scripts/a.yaml", SCRIPT)
    write("two/scripts/a.yaml", SCRIPT)
    assert open_libraries([tmp_path / "one", tmp_path / "two"]).locate("a") == first


def test_the_same_name_twice_in_one_library(write, tmp_path):
    write("scripts/a/x.yaml", SCRIPT)
    write("scripts/b/x.yaml", SCRIPT)
    with pytest.raises(ScriptError) as caught:
        open_libraries([tmp_path]).names()
    assert [problem.code for problem in caught.value.problems] == ["L032"]


def test_a_link_that_leads_out_is_not_of_the_library(write, tmp_path):
    write("outside/secret.yaml", SCRIPT)
    write("library/scripts/inside.yaml", SCRIPT)
    (tmp_path / "library/scripts/linked.yaml").symlink_to(tmp_path / "outside/secret.yaml")
    (tmp_path / "library/scripts/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "library/scripts/alias.yaml").symlink_to("inside.yaml")
    assert set(Library(tmp_path / "library").scripts) == {"inside", "alias"}


def test_a_name_that_is_not_there_suggests_one():
    with pytest.raises(UsageError, match="did you mean `the-first-evening`"):
        open_libraries([]).locate("the-first-evning")


def test_a_library_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="or make it"):
        open_libraries([tmp_path / "none"])


def test_a_path_brings_its_own_library(write, tmp_path):
    path = write("home/scripts/sessions/s.yaml", SCRIPT)
    write("home/scripts/part.yaml", SCRIPT)
    libraries = Libraries([builtin_library()]).with_home_of(path)
    assert libraries.find("part") == tmp_path / "home/scripts/part.yaml"


def test_loose_files_find_their_neighbours(write, tmp_path):
    path = write("loose/a.yaml", SCRIPT)
    neighbour = write("loose/b.yaml", SCRIPT)
    write("loose/deeper/c.yaml", SCRIPT)
    libraries = Libraries([builtin_library()]).with_home_of(path)
    assert libraries.find("b") == neighbour
    assert libraries.find("c") is None


def test_open_libraries_notice_what_is_added_renamed_and_removed(write, tmp_path):
    first = write("scripts/grounding/first.yaml", SCRIPT)
    libraries = open_libraries([tmp_path])
    assert libraries.find("first") == first
    assert libraries.find("second") is None
    second = write("scripts/grounding/second.yaml", SCRIPT)
    assert libraries.find("second") == second
    third = second.rename(second.with_stem("third"))
    assert libraries.find("second") is None
    assert libraries.find("third") == third
    write("scripts/new-folder/fourth.yaml", SCRIPT)
    assert libraries.find("fourth")
    first.unlink()
    assert "first" not in libraries.names()
    assert libraries.art("fourth") is None
    write("imagery/art/fourth.svg", "<svg/>")
    assert libraries.art("fourth")


def test_sound_files_of_one_name_matter_only_where_the_name_is_used(write, tmp_path):
    """As in any Downloads folder: a loose script beside `song.mp3` and `song.m4a`."""
    for name in ("song.mp3", "song.m4a"):
        write(name, "")
    script = "title: t\nkind: grounding\ncues:\n  - say: Hello.\n"
    path = write("short.yaml", script)
    write("five-to-one.yaml", script)
    assert resolve(path, open_libraries([]), KNOWN).title == "t"
    write("short.yaml", f"soundscape: song\n{script}")
    with pytest.raises(ScriptError) as caught:
        resolve(path, open_libraries([]), KNOWN)
    assert [problem.code for problem in caught.value.problems] == ["L032"]


@pytest.mark.parametrize("asked", ["x.yaml.txt", "x.yaml", "x"])
def test_a_script_that_notepad_saved_as_text(write, tmp_path, monkeypatch, asked):
    write("x.yaml.txt", SCRIPT)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"x\.yaml\.txt") as caught:
        open_libraries([]).locate(asked)
    assert "rename it to x.yaml" in caught.value.hint
