"""`voices --get`, `--from`, `--remove`: what is said, printed and left, against a real server."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from weights_fixtures import CONFIG, MODEL
from weights_server import Deed

from serguide.cli.group import cli
from serguide.voices.weights import weights_install
from serguide.voices.weights.installation import fetched

NAME = "piper:en_US-joe-medium"


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, ["voices", *arguments])


@pytest.fixture(autouse=True)
def one(small_piper, monkeypatch):
    """Let the catalogue have a small voice in joe's place."""
    import dataclasses

    wanted = dataclasses.replace(small_piper, name=NAME, terms="with terms")
    known = {NAME: wanted}
    for place in ("weights_catalogue.weights_catalogue", "installation.weights_catalogue"):
        monkeypatch.setattr(f"serguide.voices.weights.{place}", lambda: known)
    monkeypatch.setattr("serguide.voices.piper.piper_engine.weights_catalogue", lambda: known)
    monkeypatch.setattr(weights_install.WeightsTransport.__init__, "__defaults__", hasty())
    return wanted


def hasty():
    """Return a transport's defaults with no wait between tries."""
    defaults = list(weights_install.WeightsTransport.__init__.__defaults__)
    return tuple((lambda _: None) if callable(each) and each.__name__ == "sleep" else each
                 for each in defaults)  # fmt: skip


def test_it_is_got_heard_of_and_removed(data_folder):
    done = run("--get", NAME)
    assert done.exit_code == 0, done.stderr
    first = done.stderr.splitlines()
    assert first[0].startswith(f"{NAME}: 384 kB. a voice. someone.")
    assert first[1] == "Licence: CC0-1.0; with terms"
    assert "stays on this machine" in first[2]
    assert "sent nowhere" in first[2]
    assert done.stdout.startswith(f"{NAME} is here, 384 kB: {data_folder}")
    rows = {row["name"]: row for row in json.loads(run("--json").stdout)}
    assert rows[NAME]["licence"] == "CC0-1.0"
    assert f"{NAME}: 0 MB, CC0-1.0" in run().stdout
    again = run("--get", NAME)
    assert "is here already" in again.stderr
    gone = run("--remove", NAME)
    assert (gone.exit_code, gone.stdout) == (0, f"removed {NAME}, 385 kB\n")
    assert fetched(NAME) is None
    assert run("--remove", NAME).exit_code == 4


def test_what_was_got_is_printed_as_json(data_folder):
    found = json.loads(run("--get", NAME, "--json").stdout)
    assert found["name"] == NAME
    assert found["voices"] == ["en_US-joe-medium"]
    assert (found["licence"], found["size"]) == ("CC0-1.0", len(MODEL) + len(CONFIG))
    assert found["path"].startswith(str(data_folder))


def test_from_a_folder_no_network_is_asked(tmp_path, weights_server):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "model").write_bytes(MODEL)
    (stick / "told").write_bytes(CONFIG)
    assert run("--get", NAME, "--from", str(stick)).exit_code == 0
    assert fetched(NAME)
    assert weights_server.asked == []


@pytest.mark.parametrize(
    ("deeds", "told"),
    [
        ([Deed.FAILED] * 9, "HTTP 503"),
        ([Deed.NOT_FOUND], "HTTP 404"),
        ([Deed.TO_HTTP], "without TLS"),
        ([Deed.OTHER_BYTES], "not what its makers published"),
    ],
)
def test_trouble_ends_with_4_and_a_next_step(weights_server, deeds, told):
    weights_server.then(*deeds)
    done = run("--get", NAME)
    assert done.exit_code == 4
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert fetched(NAME) is None


def test_ctrl_c_says_what_is_kept_and_how_to_go_on(weights_server, monkeypatch, one):
    monkeypatch.setattr(weights_install, "digest_of", interrupted)
    done = run("--get", NAME)
    assert done.exit_code == 130
    assert "Stopped. 384 kB are kept; the same command goes on from there" in done.stderr
    assert f"--remove {NAME}" in done.stderr
    monkeypatch.undo()


def interrupted(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--get", "piper:en_US-jo-medium"], 4, "Did you mean `piper:en_US-joe-medium`"),
        (["--get", NAME, "--remove", NAME], 2, "ask for one of them"),
        (["--get", NAME, "--say", "Hello."], 2, "ask for one of them"),
        (["--from", "."], 2, "add --get NAME"),
        (["--get", NAME, "--from", "/no/such/folder"], 4, "is no folder"),
        (["--get", NAME, "--from", "."], 4, "does not hold all of"),
    ],
)
def test_wrong_wishes(arguments, code, told, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == code
    assert told in done.stderr
    assert done.stdout == ""
