"""Files of an import: where scripts lie, never over another file, all of them or none."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from serguide import api
from serguide.base.errors import DocumentError, SerguideError
from serguide.cli.group import cli
from serguide.cli.importing import LENGTH_OPTIONS
from serguide.importing import script_files
from serguide.importing.assumptions import CALLED, DEFAULTS, Assumptions
from serguide.importing.script_files import script_name
from serguide.script.library import open_libraries

TEXT = "The quiet shelf\n\nYou are sitting among the books... [pause 5s] The room is here.\n"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "Quiet Shelf.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments, **more):
    return CliRunner(mix_stderr=False).invoke(cli, ["import", *map(str, arguments)], **more)


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_library_gets_its_folders(document, tmp_path):
    done = run(document, "-o", tmp_path / "mine")
    assert done.exit_code == 0, done.stderr
    assert files_in(tmp_path / "mine") == ["scripts/relaxation/quiet-shelf.yaml"]
    assert "quiet-shelf" in open_libraries([tmp_path / "mine"]).names()
    assert "1 script written" in done.stderr


def test_imagery_lies_where_imagery_lies_and_a_flat_folder_stays_flat(document, tmp_path):
    assert run(document, "-o", tmp_path / "mine", "--kind", "imagery").exit_code == 0
    assert files_in(tmp_path / "mine") == ["imagery/scenes/quiet-shelf.yaml"]
    (tmp_path / "flat").mkdir()
    assert run(document, "-o", tmp_path / "flat").exit_code == 0
    assert files_in(tmp_path / "flat") == ["quiet-shelf.yaml"]


def test_the_first_library_is_the_default(document, tmp_path):
    (tmp_path / "mine").mkdir()
    assert run(document, "--library", tmp_path / "mine").exit_code == 0
    assert files_in(tmp_path / "mine") == ["quiet-shelf.yaml"]


@pytest.mark.parametrize(
    "there", ["scripts/relaxation/quiet-shelf.yaml", "scripts/quiet-shelf.yml"]
)
def test_a_name_that_is_taken_is_refused(document, tmp_path, there):
    other = tmp_path / "mine" / there
    other.parent.mkdir(parents=True)
    other.write_text("mine\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text(TEXT, encoding="utf-8")
    done = run(tmp_path / "new.txt", document, "-o", tmp_path / "mine")
    assert done.exit_code == 2
    assert f"{other} is there already; nothing was written" in done.stderr
    assert "--name" in done.stderr
    assert files_in(tmp_path / "mine") == [there]
    assert other.read_text(encoding="utf-8") == "mine\n"
    assert run(document, "-o", tmp_path / "mine", "--name", "Šelf 2").exit_code == 0
    assert (tmp_path / "mine/scripts/relaxation/self-2.yaml").is_file()


def test_two_documents_of_one_name_are_refused(document, tmp_path):
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / "quiet_shelf.md"
    twin.write_text(TEXT, encoding="utf-8")
    done = run(document, twin, "-o", tmp_path / "mine")
    assert done.exit_code == 2
    assert "two scripts would be named “quiet-shelf”" in done.stderr
    assert not (tmp_path / "mine").exists()


def test_one_that_cannot_be_read_stops_all(document, tmp_path):
    with pytest.raises(DocumentError, match="is not there"):
        api.import_documents([document, tmp_path / "missing.docx"], tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_disk_that_fails_leaves_nothing(document, tmp_path, monkeypatch):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    written = []

    def fails_at_the_second(path, content, real=script_files.write_new):
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        real(path, content)

    monkeypatch.setattr(script_files, "write_new", fails_at_the_second)
    with pytest.raises(SerguideError, match="cannot be written"):
        api.import_documents([document, tmp_path / "b.txt"], tmp_path / "mine")
    assert written
    assert files_in(tmp_path / "mine") == []


def test_a_file_that_appears_meanwhile_is_kept(document, tmp_path, monkeypatch):
    monkeypatch.setattr("serguide.importing.importer.refuse_taken", lambda *_: None)
    other = tmp_path / "mine" / "scripts" / "relaxation" / "quiet-shelf.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("mine\n", encoding="utf-8")
    with pytest.raises(SerguideError, match="cannot be written"):
        api.import_documents([document], tmp_path / "mine")
    assert other.read_text(encoding="utf-8") == "mine\n"


def test_split_makes_a_script_of_each_top_heading(tmp_path):
    path = tmp_path / "two.md"
    path.write_text("# Říčka\n\nOne.\n\n# Going down\n\nTwo.\n", encoding="utf-8")
    assert run(path, "-o", tmp_path / "mine", "--split").exit_code == 0
    names = [name.rpartition("/")[2] for name in files_in(tmp_path / "mine")]
    assert names == ["going-down.yaml", "ricka.yaml"]
    done = run(path, "-o", tmp_path / "other", "--split", "--name", "both")
    assert done.exit_code == 2
    assert "one name, and 2 scripts" in done.stderr


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Quiet Shelf", "quiet-shelf"), ("Žluťoučký kůň", "zlutoucky-kun"), ("Größe", "grosse"),
        ("../../etc/passwd", "etc-passwd"), ("CON", "con-script"), ("…", "imported"),
        ("静か", "静か"), ("x" * 300, "x" * 60),
    ],
)  # fmt: skip
def test_names_of_files(title, name):
    assert script_name(title) == name


def test_the_report_has_every_decision_for_programs(document, tmp_path):
    done = run(document, "-o", tmp_path / "mine", "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    (file,) = data["files"]
    assert (file["source"], file["format"], file["unit"]) == (str(document), "text", "line")
    assert file["scripts"][0]["kind"] == "relaxation"
    assert {"line": 3, "verdict": "taken", "written": "[pause 5s]", "became": "a pause of 5s"} in (
        file["decisions"]
    )
    assert data["assumed"] == {"ellipsis": {"count": 1, "seconds": 2.0, "given": False}}
    assert all({"code", "message", "hint"} <= problem.keys() for problem in data["problems"])


def test_the_report_has_every_decision_for_people(document, tmp_path):
    done = run(document, "-o", tmp_path / "mine")
    assert "line 3: [pause 5s] -> a pause of 5s" in done.stdout
    assert "an ellipsis (…): once 2s, the default" in done.stdout
    assert "--seconds-per-ellipsis TIME" in done.stdout


def test_lengths_are_given_by_options(document, tmp_path):
    done = run(document, "-o", tmp_path / "mine", "--seconds-per-ellipsis", "1500ms")
    assert done.exit_code == 0
    text = (tmp_path / "mine/scripts/relaxation/quiet-shelf.yaml").read_text(encoding="utf-8")
    assert "  - say: You are sitting among the books…\n  - pause: 5s\n" in text
    assert "the default" not in done.stdout.partition("assumed")[2].partition("proposed")[0]
    wrong = run(document, "-o", tmp_path / "other", "--seconds-per-ellipsis", "two")
    assert wrong.exit_code == 2
    assert "is not a time" in wrong.stderr


def test_every_open_length_has_an_option_a_default_and_a_name():
    assert LENGTH_OPTIONS.keys() == CALLED.keys() == DEFAULTS.keys()


def test_a_person_is_asked_once(document, tmp_path, monkeypatch):
    other = tmp_path / "b.txt"
    other.write_text("B\n\nOne... two... three. (long pause) Four.\n", encoding="utf-8")
    asked = []

    def settle(counts):
        asked.append(dict(counts))
        return {"ellipsis": DEFAULTS["ellipsis"] * 2, "long": DEFAULTS["long"]}

    imported = api.import_documents([document, other], tmp_path / "mine", settle=settle)
    assert asked == [{"ellipsis": 3, "long": 1}]
    assert imported.assumptions.length("ellipsis") == 4
    given = Assumptions(lengths=(("ellipsis", DEFAULTS["ellipsis"]), ("long", DEFAULTS["long"])))
    api.import_documents([other], tmp_path / "more", given, settle=settle)
    assert len(asked) == 1, "what was given is not asked for"


def test_what_is_missing_is_proposed_and_not_put_in(tmp_path):
    path = tmp_path / "six.txt"
    path.write_text("Six\n\nBreathe in for four, out for six, ten times.\n", encoding="utf-8")
    done = run(path, "-o", tmp_path / "mine")
    assert done.exit_code == 0
    assert "E102" in done.stdout
    assert "`- include: before-we-begin`" in done.stdout
    text = (tmp_path / "mine/scripts/breathing/six.yaml").read_text(encoding="utf-8")
    assert "include" not in text
    czech = tmp_path / "dech.txt"
    czech.write_text("Dech\n\nNádech na čtyři, výdech na šest, desetkrát.\n", encoding="utf-8")
    done = run(czech, "-o", tmp_path / "mine", "--language", "cs")
    assert "none is ready in “cs”" in done.stdout
