"""The contract of list, show, check and render: data on stdout, messages on stderr, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from gtts_server import Answer
from rendering import script

from serguide.cli.group import cli

TINY = script("say: One. Two.\npause: 1s\nrest: 2s")


@pytest.fixture
def run():
    def run(*arguments, **env):
        return CliRunner(mix_stderr=False).invoke(cli, [str(a) for a in arguments], env=env)

    return run


@pytest.fixture
def tiny(write):
    write("scripts/five-to-one.yaml", script("say: Back."))
    return write("scripts/tiny.yaml", TINY)


def test_list_is_data(run):
    done = run("list", "--json")
    assert done.exit_code == 0
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    row = rows["the-first-evening"]
    assert set(row) == {
        "name", "kind", "title", "language", "audience", "supervision", "seconds", "path",
    }  # fmt: skip
    assert (row["kind"], row["language"], row["title"]) == ("session", "en", "The first evening")
    assert row["seconds"] == pytest.approx(1200, abs=1)
    assert rows["five-to-one"]["kind"] == "grounding"


@pytest.mark.parametrize(
    ("asked", "listed"),
    [("cs", {"veranda", "doma"}), ("CS_cz", {"veranda", "doma"}), ("en", {"porch"}), ("fr", set())],
)
def test_list_of_one_language(run, write, tmp_path, asked, listed):
    for name, language in (("veranda", "cs"), ("doma", "cs-CZ"), ("porch", "en-GB")):
        write(f"scripts/{name}.yaml", script("say: A.", f"language: {language}\n"))
    rows = json.loads(run("list", "--library", tmp_path, "--language", asked, "--json").stdout)
    assert {row["name"] for row in rows if str(tmp_path) in row["path"]} == listed
    assert {row["language"][:2] for row in rows} <= {asked[:2].lower()}


def test_list_of_one_language_and_kind(run):
    rows = json.loads(run("list", "--language", "en", "--kind", "session", "--json").stdout)
    assert {(row["language"], row["kind"]) for row in rows} == {("en", "session")}


def test_list_takes_libraries_from_flag_variable_and_config(run, tiny, tmp_path):
    for arguments, env in (
        (("list", "--library", tmp_path), {}),
        (("--library", tmp_path, "list"), {}),
        (("list",), {"SERGUIDE_LIBRARY": str(tmp_path)}),
    ):
        assert "tiny" in run(*arguments, **env).stdout
    config = tmp_path / "config.yaml"
    config.write_text(f"library: {tmp_path}\n")
    assert "tiny" in run("list", SERGUIDE_CONFIG=str(config)).stdout


def test_a_broken_script_does_not_hide_the_others(run, write, tmp_path):
    write("scripts/broken.yaml", "title: x\n")
    done = run("list", "--library", tmp_path)
    assert done.exit_code == 0
    assert "the-first-evening" in done.stdout
    assert "broken.yaml" in done.stderr


def test_show_outlines_with_times(run):
    done = run("show", "the-first-evening", "--length", "25m")
    assert done.exit_code == 0
    assert "25:00" in done.stdout
    assert "fitted to 25:00" in done.stderr
    data = json.loads(run("show", "five-to-one", "--json").stdout)
    assert data["tracks"][0]["events"][0]["start"] > 0


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_show_draws(run, tmp_path, kind):
    path = tmp_path / f"x.{kind}"
    assert run("show", "five-to-one", "--plot", path).exit_code == 0
    assert path.read_bytes()[:4] in (b"<svg", b"\x89PNG")


def test_check_prints_problems_as_a_linter_does(run, write):
    path = write("x.yaml", "title: x\nkind: grounding\ncues:\n  - sya: hello\n  - pause: 4:30\n")
    done = run("check", path)
    assert done.exit_code == 3
    assert f"{path}:4:5: L013 `sya` is not a cue\n    did you mean `say`?\n" in done.stdout
    assert f"{path}:5:12: L015 " in done.stdout
    problems = json.loads(run("check", path, "--json").stdout)
    assert [(p["line"], p["code"]) for p in problems] == [(4, "L013"), (5, "L015")]


def test_the_shipped_library_has_no_language_problem(run):
    done = run("check", "--json")
    assert [p for p in json.loads(done.stdout) if p["code"].startswith("L")] == []


def test_render_makes_a_bundle_and_says_where(run, tiny, tmp_path):
    done = run("render", tiny, "-o", tmp_path / "out", "--voice", "tone", "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["bundle"] == str(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "index.html", "session.mp3", "tracks", "ground.mp3", "captions.vtt", "transcript.txt",
        "session.m3u8", "session.json",
    }  # fmt: skip


def test_render_without_o_uses_the_name(run, tiny, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("render", "scripts/tiny.yaml", "--voice", "tone")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "tiny\n"
    assert (tmp_path / "tiny" / "session.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "the-first-evning"], "did you mean `the-first-evening`"),
        (["render", "five-to-one", "--set", "nmae=Ana"], "nmae"),
        (["render", "five-to-one", "--set", "Ana"], "--set name=Ana"),
        (["render", "five-to-one", "--length", "4:30"], "4m30s"),
        (["render", "five-to-one", "--length", "15"], "write 15m, or 15s"),
        (["render", "five-to-one", "--length", "3h"], "is not a time"),
        (["render", "five-to-one", "--length", "90m"], "the nearest is"),
        (["render", "five-to-one", "--voice", "espaek"], "Did you mean `espeak`"),
        (["render", "five-to-one", "--soundscape", "rain"], "rain-on-the-roof"),
        (["render", "five-to-one", "--format", "mp4"], "mp3"),
        (["rendre", "five-to-one"], "render"),
        (["show", "five-to-one", "--plot", "x.jpg"], ".svg"),
        (["list", "--library", "/nowhere/at/all"], "serguide new"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_next_step(run, arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_script_ends_with_3(run, write, tmp_path):
    path = write("x.yaml", "title: x\nkind: grounding\ncues:\n  - say: '{who}'\n")
    done = run("render", path, "-o", tmp_path / "out")
    assert done.exit_code == 3
    assert f"{path}:4:10: L021" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.FORBIDDEN, "refuse"),
        (Answer.WEB_PAGE, ""),
        (Answer.NO_PART, ""),
        (Answer.CUT_MP3, ""),
    ],
)
def test_an_online_voice_that_fails_ends_with_4_and_names_the_cue(
    run, tiny, tmp_path, gtts_server, answer, said
):
    gtts_server.then(answer)
    done = run("render", tiny, "-o", tmp_path / "out", "--voice", "gtts")
    assert done.exit_code == 4, done.stderr
    assert "tiny.yaml" in done.stderr
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_finished_clips_are_kept_when_the_service_fails_later(run, tiny, tmp_path, gtts_server):
    gtts_server.then(Answer.WELL, Answer.FORBIDDEN)
    env = {"SERGUIDE_CACHE": str(tmp_path / "cache")}
    assert run("render", tiny, "-o", tmp_path / "out", "--voice", "gtts", **env).exit_code == 4
    asked = len(gtts_server.asked)
    done = run("render", tiny, "-o", tmp_path / "out", "--voice", "gtts", **env)
    assert done.exit_code == 0, done.stderr
    again = gtts_server.asked[asked:]
    assert len(again) == 2  # the sentence that failed, and the ground track's; not the first
    assert (tmp_path / "out" / "session.mp3").is_file()


def test_a_clients_name_does_not_leave_unasked(run, write, tmp_path, gtts_server):
    write("scripts/five-to-one.yaml", script("say: Back."))
    path = write("scripts/x.yaml", script('say: "{name}, rest."', "values: {name: ''}\n"))
    arguments = ["render", path, "-o", tmp_path / "out", "--voice", "gtts", "--set", "name=Ana"]
    done = run(*arguments)
    assert done.exit_code in (3, 4)
    assert "Ana, rest." in done.stderr
    assert "--allow-cloud" in done.stderr
    assert gtts_server.asked == []
    assert run(*arguments, "--allow-cloud").exit_code == 0


def test_version_and_help(run):
    assert run("--version").stdout.startswith("serguide ")
    assert "Example: serguide render" in run("--help").stdout
    assert run("render", "--help").exit_code == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
def test_interrupted_leaves_nothing_behind(tmp_path, number, code):
    command = [sys.executable, "-m", "serguide", "render", "the-first-evening"]
    env = os.environ | {"SERGUIDE_CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out" / "x")], env=env, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120
    while not list((tmp_path / "out").glob(".x*/tracks/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in said
    assert list((tmp_path / "out").iterdir()) == []


def test_shells_complete_the_names_of_scripts_and_sessions(write, tmp_path):
    library = write("mine/scripts/the-first-snow.yaml", "title: t\n").parents[1]
    environment = {
        "_SERGUIDE_COMPLETE": "bash_complete",
        "COMP_WORDS": f"serguide --library {library} render the-first-s",
        "COMP_CWORD": "4",
    }
    done = CliRunner(mix_stderr=False).invoke(cli, prog_name="serguide", env=environment)
    assert done.stdout.split() == ["plain,the-first-snow"]


@pytest.mark.parametrize("voice", ["espeak:klingon", "gtts:klingon"])
def test_an_unknown_voice_is_told_in_two_lines(run, voice):
    done = run("show", "five-to-one", "--voice", voice)
    assert done.exit_code == 2
    assert "klingon" in done.stderr
    assert "serguide voices" in done.stderr
    assert len(done.stderr) < 250
