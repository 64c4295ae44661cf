"""`serguide recordings`, and what other commands say of a recorded voice."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.append(str(Path(__file__).parent.parent / "recordings"))
from readings import record

from serguide.cli.group import cli
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder

SCRIPT = """
    title: The chair
    kind: grounding
    about: A chair.
    language: en
    cues:
      - say: Here is a chair. It holds you well.
      - rest: 20s
      - say: Good.
"""
SESSION = """
    title: Evening
    about: An evening.
    language: en
    values: {name: Zoë}
    voice: recorded:ana
    ground: chair
    steps: [chair, name]
"""
NAME = """
    title: A name
    kind: grounding
    about: A name.
    language: en
    values: {name: ""}
    cues:
      - say: "{name}, you are here."
"""


def run(*arguments, **more):
    return CliRunner(mix_stderr=False).invoke(cli, [str(each) for each in arguments], **more)


@pytest.fixture
def library(write, tmp_path):
    write("lib/scripts/chair.yaml", SCRIPT)
    write("lib/scripts/evening.yaml", SESSION)
    write("lib/scripts/name.yaml", NAME)
    folder = VoiceFolder(tmp_path / "lib" / "voices" / "ana")
    folder.create(VoiceCard(title="Ana", otherwise="espeak"))
    record(folder, tmp_path, ["Here is a chair."])
    record(folder, tmp_path, ["Good."], state="doubtful")
    return tmp_path / "lib"


def test_list_says_what_is_recorded_doubtful_and_missing(library):
    done = run("recordings", "list", "evening", "--voice", "ana", "--library", library)
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("   1  ✓")
    assert lines[0].endswith("s  Here is a chair.")
    assert "something knocked" in done.stdout
    assert "1 recorded, 1 doubtful, 1 missing, 1 with a client's value" in done.stderr


def test_list_as_data(library):
    done = run(
        "recordings", "list", "evening", "--voice", "recorded:ana", "--library", library, "--json"
    )
    rows = json.loads(done.stdout)
    assert all(set(row) == {"script", "line", "text", "state", "seconds", "source"} for row in rows)
    assert [(r["script"], r["line"], r["text"], r["state"]) for r in rows] == [
        ("chair", 7, "Here is a chair.", "good"),
        ("chair", 7, "It holds you well.", "missing"),
        ("chair", 9, "Good.", "doubtful"),
        ("name", 8, "Zoë, you are here.", "value"),
    ]
    assert rows[0]["seconds"] > 0.5
    assert rows[0]["source"].startswith("originals/")
    assert (rows[1]["seconds"], rows[1]["source"]) == (None, None)


@pytest.mark.parametrize("command", ["list", "remove"])
def test_a_voice_that_is_not_there_gets_the_nearest(library, command):
    done = run("recordings", command, "chair", "--voice", "anna", "--library", library)
    assert done.exit_code == 2
    assert "`ana`" in done.stderr or "“ana”" in done.stderr


@pytest.mark.parametrize("name", ["../ana", "a/b", "", ".hidden"])
def test_a_name_that_leads_elsewhere_is_refused(library, name):
    done = run("recordings", "list", "chair", "--voice", name, "--library", library)
    assert done.exit_code == 2
    assert "cannot be a folder's name" in done.stderr


def test_a_damaged_index_is_told_with_its_place(library):
    (library / "voices/ana/recordings.json").write_text('{"format": 1,\n "recordings": [', "utf-8")
    done = run("recordings", "list", "chair", "--voice", "ana", "--library", library)
    assert done.exit_code == 1
    assert "recordings.json:2:" in done.stderr
    done = run("render", "chair", "--voice", "recorded:ana", "--library", library)
    assert done.exit_code == 2
    assert "recordings.json:2:" in done.stderr


def test_an_entry_that_cannot_be_used_is_listed(library):
    path = library / "voices/ana/recordings.json"
    data = json.loads(path.read_text("utf-8"))
    data["recordings"][0]["end"] = "later"
    path.write_text(json.dumps(data), "utf-8")
    done = run("recordings", "list", "chair", "--voice", "ana", "--library", library)
    assert done.exit_code == 0
    assert "R001 “end” is no number of seconds" in done.stdout


def test_sheet_is_a_page_to_read_from(library, tmp_path):
    target = tmp_path / "sheet.html"
    done = run(
        "recordings", "sheet", "evening", "--library", library, "--voice", "ana", "-o", target
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"{target}\n"
    page = target.read_text("utf-8")
    for text in (
        "Here is a chair.",
        "It holds you well.",
        "Good.",
        "rest 20 seconds",
        "Not to be read",
    ):
        assert text in page
    assert page.count("✓") == 1
    assert "http" not in page.replace("http-equiv", "")
    assert run("recordings", "sheet", "chair", "--library", library, "-o", target).exit_code == 0


def test_sheet_writes_over_nothing_but_a_sheet(library, tmp_path):
    target = tmp_path / "mine.html"
    target.write_text("my own page", "utf-8")
    done = run("recordings", "sheet", "chair", "--library", library, "-o", target)
    assert done.exit_code == 2
    assert target.read_text("utf-8") == "my own page"
    done = run("recordings", "sheet", "chair", "--library", library, "-o", target, "--force")
    assert done.exit_code == 0


def test_words_of_a_script_are_no_markup_on_the_sheet(write, tmp_path):
    write("x/scripts/x.yaml", SCRIPT.replace("Good.", "5 < 6 & so on."))
    target = tmp_path / "x.html"
    assert run("recordings", "sheet", "x", "--library", tmp_path / "x", "-o", target).exit_code == 0
    assert "5 &lt; 6 &amp; so on." in target.read_text("utf-8")


def test_remove_names_what_goes_and_asks(library):
    before = sorted(p.name for p in (library / "voices/ana").rglob("*"))
    remove = ("recordings", "remove", "chair", "--voice", "ana", "--library", library)
    done = run(*remove)
    assert done.exit_code == 2
    assert "--yes" in done.stderr
    assert "Here is a chair." in done.stdout
    assert "originals/" in done.stdout
    assert sorted(p.name for p in (library / "voices/ana").rglob("*")) == before
    done = run(*remove, "--doubtful", "--yes")
    assert "1 of the readings, 1 of the originals" in done.stderr
    done = run(*remove, "--number", 1, "--yes")
    assert done.exit_code == 0
    assert not list((library / "voices/ana/originals").iterdir())
    assert not list((library / "voices/ana/clips").iterdir())
    assert "nothing to remove" in run(*remove, "--yes").stderr
    assert run(*remove, "--number", 99).exit_code == 2


def test_check_counts_and_names_what_another_voice_speaks(library):
    done = run("check", "evening", "--library", library)
    assert "evening.yaml: 1 of 4 sentences are recorded in recorded:ana; espeak" in done.stdout
    assert "chair:9: Good. (its reading is doubtful)" in done.stdout
    assert "name:8: Zoë, you are here. (it holds a value)" in done.stdout
    done = run("check", "evening", "--library", library, "--json")
    (note,) = [row for row in json.loads(done.stdout) if row["severity"] == "note"]
    assert note["recorded"]["recorded"] == 1
    assert [row["state"] for row in note["recorded"]["others"]] == [
        "missing",
        "doubtful",
        "missing",
    ]
    done = run("check", "evening", "--library", library, "--strict-voice")
    assert done.exit_code == 3
    assert "R010 “Good.” would not be heard in recorded:ana" in done.stdout
    done = run("check", "chair", "--voice", "recorded:ana", "--library", library)
    assert "sentences are recorded in recorded:ana" in done.stdout


def test_show_counts_and_names_them(library):
    done = run("show", "evening", "--library", library)
    assert "1 of 4 sentences are recorded in recorded:ana" in done.stdout
    data = json.loads(run("show", "evening", "--library", library, "--json").stdout)
    assert data["recorded"][0]["sentences"] == 4
    assert run("show", "chair", "--library", library, "--json").exit_code == 0
    assert run("show", "evening", "--library", library, "--strict-voice").exit_code == 4


def test_a_strict_render_is_refused_with_the_list(library, tmp_path):
    target = tmp_path / "out"
    done = run("render", "evening", "--library", library, "--strict-voice", "-o", target)
    assert done.exit_code == 4
    assert "“It holds you well.” (it is not recorded)" in done.stderr
    assert not target.exists()


def test_voices_lists_it_with_its_library(library):
    rows = json.loads(run("voices", "--library", library, "--json").stdout)
    assert [row["name"] for row in rows if row["engine"] == "recorded"] == ["recorded:ana"]


def test_record_needs_a_terminal_and_says_what_needs_none(library):
    done = run("record", "chair", "--voice", "ana", "--library", library)
    assert done.exit_code == 2
    assert "terminal" in done.stderr


def test_every_command_of_the_group_has_help_with_an_example(library):
    group = cli.get_command(None, "recordings")
    names = group.list_commands(None)
    assert {"list", "sheet", "remove"} <= set(names)
    for name in names:
        command = group.get_command(None, name)
        assert command.help
        assert f"Example: serguide recordings {name}" in command.epilog
        assert all(getattr(each, "help", "x") for each in command.params)
