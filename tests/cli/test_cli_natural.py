"""What the command line says of natural voices."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from natural_voice_files import install_kokoro

from serguide.cli.group import cli

pytest.importorskip("onnxruntime")


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, list(arguments))


@pytest.fixture
def kokoro(tmp_path, monkeypatch):
    install_kokoro(tmp_path, "af_heart", "bf_emma")
    monkeypatch.setenv("SERGUIDE_DATA", str(tmp_path))


@pytest.mark.parametrize(
    ("voice", "name"),
    [
        ([], "kokoro:af_heart"),
        (["--voice", "natural"], "kokoro:af_heart"),
        (["--voice", "espeak"], "espeak"),
        (["--voice", "kokoro:bf_emma"], "kokoro:bf_emma"),
    ],
)
def test_show_names_the_voice_that_would_speak(kokoro, voice, name):
    done = run("show", "before-we-begin", "--json", *voice)
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["voice"] == name


def test_a_language_without_a_natural_voice_is_told_with_what_to_get(kokoro):
    done = run("show", "before-we-begin-cs")
    assert done.exit_code == 0, done.stderr
    assert "No natural voice on this machine speaks the language “cs”; espeak does." in done.stderr
    assert "serguide voices --get piper:cs_CZ-jirka-medium" in done.stderr
    assert "natural voice" not in run("show", "before-we-begin").stderr
    assert "natural voice" not in run("show", "before-we-begin-cs", "--voice", "espeak").stderr


def test_without_natural_voices_nobody_is_bothered():
    assert "natural" not in run("show", "before-we-begin-cs").stderr


@pytest.mark.parametrize("command", ["show", "check", "render"])
def test_a_session_in_a_language_that_its_voice_lacks_says_so(kokoro, command, tmp_path):
    library = tmp_path / "library" / "scripts"
    library.mkdir(parents=True)
    session = library / "abend.yaml"
    session.write_text(
        "title: Abend\nlanguage: de\nvoice: kokoro:af_heart\nsteps: [before-we-begin-de]\n",
        encoding="utf-8",
    )
    more = ["-o", str(tmp_path / "out")] if command == "render" else []
    done = run(command, str(session), *more)
    said = done.stdout + done.stderr
    assert done.exit_code == 3
    assert "no voice for the language “de”" in said or "not the language “de”" in said
    assert "serguide voices --get piper:de_DE" in said
    assert not (tmp_path / "out").exists()


def test_natural_where_there_is_none_ends_with_what_to_get(tmp_path):
    done = run("show", "before-we-begin", "--voice", "natural")
    assert done.exit_code in (2, 3, 4)
    assert "serguide voices --get kokoro" in done.stderr
    assert "Traceback" not in done.stderr
