"""`serguide handout`, as a therapist types it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from serguide.cli.group import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERGUIDE_CONFIG", str(tmp_path / "config.yaml"))

    def handout(*arguments):
        return CliRunner(mix_stderr=False).invoke(cli, ["handout", *map(str, arguments)])

    return handout


def test_the_page_is_named_on_stdout_and_the_rest_told_beside(run, written, tmp_path):
    written("en", locale="en-US", folder="evening")
    done = run("evening")
    assert (done.exit_code, done.stdout) == (0, "evening-handout.html\n")
    assert "a page on Letter; open it in a browser and print it" in done.stderr
    assert (tmp_path / "evening-handout.html").is_file()


def test_everything_asked_for_stands_on_it(run, written, tmp_path):
    written("de", locale="de-DE")
    practice = tmp_path / "practice.yaml"
    practice.write_text("name: Praxis am Fluss\nline: Wien\n", encoding="utf-8")
    url = "https://example.org/k7"
    options = ("--url", url, "--practice", practice, "--locale", "AT", "--transcript")
    done = run("evening", "-o", "page.html", *options)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    for part in ("Praxis am Fluss", "tel:142", url, "Was gesprochen wird", "size: A4"):
        assert part in text
    assert run("evening", "-o", "other.html", "--paper", "letter").exit_code == 0
    assert "size: letter" in (tmp_path / "other.html").read_text(encoding="utf-8")


def test_the_config_files_practice_gives_its_mark_but_no_other_name(run, written, tmp_path):
    from serguide.notices.model import Practice

    logo = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (tmp_path / "logo.svg").write_text(logo, encoding="utf-8")
    config = "practice: {name: By the River, logo: logo.svg}\nlocale: CZ\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    written(folder="ours", practice=Practice("By the River"), locale="en-US")
    written(folder="theirs", practice=Practice("On the Hill"), locale="en-US")
    for folder in ("ours", "theirs"):
        assert run(folder).exit_code == 0
    ours, theirs = (
        (tmp_path / f"{name}-handout.html").read_text(encoding="utf-8")
        for name in ("ours", "theirs")
    )
    assert "data:image/svg+xml" in ours
    assert "On the Hill" in theirs
    assert "By the River" not in theirs
    assert "911" in ours
    assert "116 123" not in ours, "the bundle has its country already"


@pytest.mark.parametrize("name", ["the-first-evening", "scripts/mine.yaml"])
def test_a_name_of_the_library_is_told_what_to_render_first(run, name):
    done = run(name)
    assert done.exit_code == 2
    assert f"First `serguide render {name}`, then `serguide handout" in done.stderr


def test_what_is_nothing_and_what_is_somebody_elses_is_told(run, written, tmp_path):
    assert "is not a bundle" in run("no-such").stderr
    written()
    (tmp_path / "letter.html").write_text("Dear Ana", encoding="utf-8")
    done = run("evening", "-o", "letter.html")
    assert done.exit_code == 2
    assert "`-o FILE`" in done.stderr
    assert "`--force`" in done.stderr
    assert run("evening", "-o", "letter.html", "--force").exit_code == 0


def test_a_name_in_the_address_and_a_page_in_the_bundle_are_pointed_out(run, written):
    written(made_for="Zoë")
    done = run("evening", "-o", "evening/page.html", "--url", "https://e.org/zo%C3%AB")
    assert done.exit_code == 0
    assert "add --keep-others" in done.stderr
    assert "holds the name “Zoë”" in done.stderr


def test_a_language_that_nobody_wrote_is_told(run, written):
    written("fr")
    done = run("evening")
    assert done.exit_code == 0
    assert "The recording is in French" in done.stderr
