"""Streams that are closed or full, and bytes that are no text: one message, the right code."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rendering import script

import serguide.cli

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix"),
]

CODE = script('say: "{name}, rest."', "values: {name: ''}\n")


@pytest.fixture
def place(write, tmp_path):
    write("scripts/five-to-one.yaml", script("say: Back."))
    write("scripts/a.yaml", CODE)
    return tmp_path


def shell(place, line, **env):
    """Run a line of a shell, `serguide` in it; return (code, stdout, stderr) as bytes."""
    program = f"{sys.executable} -m serguide"
    done = subprocess.run(
        ["sh", "-c", line.replace("serguide", program, 1)],
        cwd=place, env={**os.environ, **env}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"went wrong inside" not in done.stderr
    return done.returncode, done.stdout, done.stderr


RENDER = "serguide render scripts/a.yaml --voice tone -o evening"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("to", ["> /dev/full", "1>&-", "--json > /dev/full"])
def test_a_bundle_is_whole_whatever_becomes_of_the_message(place, to):
    code, _, said = shell(place, f"{RENDER} {to}")
    assert code == 0
    assert b"The bundle is whole: evening." in said
    assert b"cannot be printed" in said
    assert (place / "evening" / "session.json").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "line", ["list", "list --json", "--help", "list --help", "--version", "cache"]
)
@pytest.mark.parametrize("to", ["> /dev/full", "1>&-"])
def test_an_answer_that_cannot_be_printed(place, line, to):
    code, _, said = shell(place, f"serguide {line} {to}")
    assert code == 1
    assert said.count(b"cannot be printed") == 1


@pytest.mark.parametrize("to", ["2>&-", "2> /dev/full", "<&- 2>&-"])
def test_nobody_hears_the_messages(place, to):
    if "full" in to and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    code, printed, _ = shell(place, f"{RENDER} {to}")
    assert (code, printed) == (0, b"evening\n")
    assert shell(place, f"serguide show nobody {to}")[0] == 2


def test_no_file_takes_the_place_of_a_closed_stream(place):
    shell(place, f"{RENDER} 1>&- 2>&-")
    for path in (place / "evening").rglob("*"):
        if path.is_file():
            assert b"cannot be printed" not in path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "env", "told"),
    [
        (b"scripts/a.yaml --set name=A\xff", {}, b"the value of name holds bytes that are no text"),
        (b"scripts/a.yaml --set 'name=\x1b]0;x\x07'", {}, b"holds U+001B"),
        (b"scripts/a.yaml --supervised-by A\xff", {}, b"the therapist's name holds bytes"),
        (b"scripts/b\xff.yaml", {}, b"the name of the file"),
        (b"scripts/a.yaml --set name=Zo\xc3\xab", {"LC_ALL": "C", "PYTHONUTF8": "0",
                                                   "PYTHONCOERCECLOCALE": "0"}, b"locale"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text(place, arguments, env, told):
    (place / "scripts" / os.fsdecode(b"b\xff.yaml")).write_text(CODE)
    for command in ("render", "show"):
        if command == "show" and (b"supervised" in arguments or b"b\xff" in arguments):
            continue
        line = os.fsdecode(f"serguide {command} ".encode() + arguments)
        code, printed, said = shell(place, line, **env)
        assert (code, printed) == (2, b"")
        assert told in said
        assert len(said.splitlines()) == 2


def test_a_library_with_such_a_name_is_listed_and_checked(place):
    (place / "scripts" / os.fsdecode(b"b\xff.yaml")).write_text(CODE)
    code, printed, _ = shell(place, "serguide list --library .")
    assert code == 0
    assert rb"b\xff" in printed
    assert shell(place, "serguide check --library . scripts")[0] == 0


def test_only_one_module_prints():
    """What others print is not escaped, and fails in other words on a full disk."""
    found = []
    for path in sorted(Path(serguide.cli.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name in ("click.echo", "print", "click.secho", "click.style"):
                found.append((path.name, name))
    assert {name for name, _ in found} == {"printing.py"}
