from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from serguide.cli.group import cli


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, list(map(str, arguments)))


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "my library"
    done = run("new", folder)
    assert done.exit_code == 0, done.stderr
    return folder


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_makes_rooms_for_everything(library):
    for room in (
        "scripts/relaxation", "scripts/breathing", "scripts/grounding", "scripts/integration",
        "scripts/sessions", "imagery/scenes", "imagery/soundscapes", "imagery/art",
    ):  # fmt: skip
        assert (library / room).is_dir()
    readme = (library / "README.md").read_text(encoding="utf-8")
    for command in ("list", "check", "play", "render"):
        assert f"    serguide {command} --library ." in readme


def test_it_asks_whose_numbers_a_client_needs(library, tmp_path):
    readme = (library / "README.md").read_text(encoding="utf-8")
    assert "    locale: CZ" in readme
    done = run("new", tmp_path / "another")
    assert "Whose numbers to call do your clients need?" in done.stderr
    assert "`locale: " in done.stderr


KINDS = {
    "relaxation": "scripts/relaxation/a-first-try.yaml",
    "breathing": "scripts/breathing/my-easy-breath.yaml",
    "imagery": "imagery/scenes/my-bench.yaml",
    "grounding": "scripts/grounding/my-three-things.yaml",
    "integration": "scripts/integration/my-one-line.yaml",
    "session": "scripts/sessions/my-first-session.yaml",
}


def test_it_makes_one_commented_example_of_each_kind(library):
    rows = json.loads(run("list", "--library", library, "--json").stdout)
    own = {row["kind"]: row["path"] for row in rows if str(library) in row["path"]}
    assert own == {kind: str(library / path) for kind, path in KINDS.items()}
    for path in KINDS.values():
        lines = (library / path).read_text(encoding="utf-8").splitlines()
        assert sum("# " in line for line in lines) >= 6, path


def test_what_it_makes_passes_every_check(library):
    done = run("check", "--library", library, library)
    assert done.exit_code == 0, done.stdout
    assert done.stdout == ""
    assert "6 files checked, nothing wrong" in done.stderr


def test_what_it_makes_is_found_by_name(library):
    rows = {
        row["name"]: row for row in json.loads(run("list", "--library", library, "--json").stdout)
    }
    assert rows["a-first-try"]["kind"] == "relaxation"
    assert rows["my-first-session"]["kind"] == "session"
    assert 195 < rows["a-first-try"]["seconds"] < 255
    assert 600 < rows["my-first-session"]["seconds"] < 720
    sounds = json.loads(run("soundscapes", "--library", library, "--json").stdout)
    assert "my-window" in {row["name"] for row in sounds}


@pytest.mark.parametrize("kind", KINDS)
def test_editors_find_the_schema_and_agree(library, kind):
    path = library / KINDS[kind]
    first = path.read_text(encoding="utf-8").splitlines()[0]
    schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(data)) == []


def rendered(library, target, path, *options):
    done = run(
        "render", library / path, "--library", library, "-o", target, "--voice", "tone",
        "--format", "wav", *options,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((target / "session.json").read_text(encoding="utf-8"))
    return [event["text"] for event in manifest["serguide"]["events"] if event["kind"] == "say"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "session"])
def test_what_it_makes_renders_alone(library, tmp_path, kind):
    said = rendered(library, tmp_path / "out", KINDS[kind])
    notices = [text for text in said if "driving or using machines" in text]
    assert len(notices) == (kind in ("breathing", "imagery"))


@pytest.mark.slow
def test_what_it_makes_renders(library, tmp_path):
    said = rendered(library, tmp_path / "out", KINDS["session"], "--set", "name=Ana")
    assert sum("driving or using machines" in text for text in said) == 1
    assert said[-1] == "Take all the time you need."
    assert "Hello, Ana." in said
    assert any("where the sofa meets your back" in text for text in said)


def test_again_it_adds_only_what_is_missing(library):
    changed = library / "scripts/relaxation/a-first-try.yaml"
    changed.write_text("mine\n", encoding="utf-8")
    (library / "README.md").unlink()
    before = contents(library)
    done = run("new", library)
    assert done.exit_code == 0
    assert done.stdout == f"{library / 'README.md'}\n"
    assert "a-first-try.yaml" in done.stderr
    after = contents(library)
    assert after.pop("README.md").startswith(b"# My library")
    assert after == before


def test_a_folder_that_holds_something_else_is_refused(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-ana.txt").write_text("Dear Ana")
    done = run("new", tmp_path)
    assert done.exit_code == 2
    assert "such as letters" in done.stderr
    assert "--force" in done.stderr
    assert contents(tmp_path) == {"letters/to-ana.txt": b"Dear Ana"}


def test_force_adds_and_overwrites_nothing(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "to-ana.txt").write_text("Dear Ana")
    done = run("new", tmp_path, "--force")
    assert done.exit_code == 0
    after = contents(tmp_path)
    assert (after["README.md"], after["to-ana.txt"]) == (b"mine", b"Dear Ana")
    assert "scripts/sessions/my-first-session.yaml" in after


def test_hidden_files_do_not_count(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("")
    assert run("new", tmp_path).exit_code == 0


def test_a_file_or_an_unwritable_place_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    assert run("new", tmp_path / "file").exit_code == 2
    done = run("new", tmp_path / "file" / "library")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
