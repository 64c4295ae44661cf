"""`serguide seal`, `unseal` and `publish`: what they print, ask, and refuse."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from serguide.cli.group import cli

sys.path.insert(0, str(Path(__file__).parents[1]))

from rendering import bundle, script

PHRASE = "unicycle marmalade distant thimble orchard sepia"
WEAK = "the quiet lake"


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    library = tmp_path_factory.mktemp("library")
    path = library / "lake.yaml"
    path.write_text(script("say: The quiet lake."), encoding="utf-8")
    folder = tmp_path_factory.mktemp("bundles") / "lake"
    return bundle(path, folder, voice="tone", soundscape="none").folder


def run(*arguments, typed=""):
    return CliRunner(mix_stderr=False).invoke(cli, [str(each) for each in arguments], input=typed)


def test_the_passphrase_alone_is_printed_and_opens_it(lake, tmp_path):
    done = run("seal", lake, "-o", tmp_path / "you.html")
    assert done.exit_code == 0, done.stderr
    assert re.fullmatch(r"[a-z]+( [a-z]+){5}\n", done.stdout)
    assert done.stdout.strip() not in done.stderr
    assert "by another way than the page" in done.stderr
    assert "iPhones" in done.stderr
    back = run("unseal", tmp_path / "you.html", "-o", tmp_path / "back", typed=done.stdout.upper())
    assert back.exit_code == 0, back.output
    assert back.stdout == f"{tmp_path / 'back'}\n"
    assert (tmp_path / "back" / "session.json").read_bytes() == (lake / "session.json").read_bytes()


def test_as_data(lake, tmp_path):
    done = run("seal", lake, "-o", tmp_path / "you.html", "--words", "8", "--json")
    told = json.loads(done.stdout)
    assert len(told["passphrase"].split()) == 8
    assert told["bytes"] == (tmp_path / "you.html").stat().st_size
    assert told["page"] == str(tmp_path / "you.html")


def test_a_passphrase_of_ones_own_is_read_and_never_printed(lake, tmp_path):
    done = run("seal", lake, "-o", tmp_path / "you.html", "--passphrase", typed=f"{PHRASE}\n")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert "marmalade" not in done.stderr
    back = run("unseal", tmp_path / "you.html", "-o", tmp_path / "back", typed=PHRASE)
    assert back.exit_code == 0


def test_a_weak_one_is_refused_unseen(lake, tmp_path):
    done = run("seal", lake, "-o", tmp_path / "you.html", "--passphrase", typed=WEAK)
    assert done.exit_code == 2
    assert "too easily guessed" in done.stderr
    assert WEAK not in done.stdout + done.stderr
    assert not (tmp_path / "you.html").exists()


def test_one_on_the_command_line_is_refused(lake, tmp_path):
    done = run("seal", lake, "-o", tmp_path / "you.html", "--passphrase", PHRASE)
    assert done.exit_code == 2
    assert not (tmp_path / "you.html").exists()


@pytest.mark.parametrize("typed", ["", " \n", "x" * 5000])
def test_nothing_to_read_is_told(lake, tmp_path, typed):
    done = run("seal", lake, "-o", tmp_path / "you.html", "--passphrase", typed=typed)
    assert done.exit_code == 2
    assert "standard input holds no passphrase" in done.stderr


def test_a_wrong_one_fails_in_words(lake, tmp_path):
    run("seal", lake, "-o", tmp_path / "you.html")
    done = run("unseal", tmp_path / "you.html", "-o", tmp_path / "back", typed="wrong words")
    assert done.exit_code == 1
    assert "not the passphrase" in done.stderr
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("seal", "{lake}"), 2),
        (("seal", "{tmp}", "-o", "{tmp}/you.html"), 1),
        (("seal", "{tmp}/none", "-o", "{tmp}/you.html"), 1),
        (("seal", "{lake}", "-o", "{tmp}"), 2),
        (("seal", "{lake}", "-o", "{tmp}/you.html", "--words", "4"), 2),
        (("seal", "{lake}", "-o", "{tmp}/you.html", "--words", "6", "--passphrase"), 2),
        (("unseal", "{lake}/index.html", "-o", "{tmp}/back"), 1),
        (("unseal", "{tmp}/none.html", "-o", "{tmp}/back"), 1),
        (("unseal", "{lake}", "-o", "{tmp}/back"), 1),
        (("publish", "{lake}", "{lake}"), 2),
        (("publish", "{tmp}", "{tmp}/web"), 1),
        (("publish", "{lake}", "{tmp}/web", "--words", "6"), 2),
        (("publish", "{lake}", "{tmp}/web", "--url", "http://example.org"), 2),
    ],
)
def test_what_cannot_be_is_told_in_words_before_anybody_is_asked(lake, tmp_path, arguments, code):
    filled = [each.format(lake=lake, tmp=tmp_path) for each in arguments]
    before = sorted(tmp_path.rglob("*"))
    done = run(*filled)
    assert done.exit_code == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "something went wrong inside" not in done.stderr
    assert done.stdout == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_publish_prints_the_page_or_its_address(lake, tmp_path):
    plain = run("publish", lake, tmp_path / "web")
    assert plain.exit_code == 0, plain.output
    page = Path(plain.stdout.strip())
    assert page.is_file()
    assert "--sealed" in plain.stderr
    sealed = run("publish", lake, tmp_path / "web", "--sealed", "--url", "https://example.org")
    address, phrase = sealed.stdout.splitlines()
    assert address == f"https://example.org/{page.parent.name}/"
    assert len(phrase.split()) == 6
    assert str(tmp_path / "web-address.svg") in sealed.stderr
    refused = run("publish", lake, tmp_path / "web")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--force" in refused.stderr
    told = json.loads(run("publish", lake, tmp_path / "web", "--force", "--json").stdout)
    assert told["page"] == str(page)
    assert "passphrase" not in told


def heard(terminal):
    """Read what is said next; nothing at its end."""
    assert select.select([terminal], [], [], 30)[0], "nothing is said any more"
    try:
        return os.read(terminal, 1000)
    except OSError:  # so a terminal ends on Linux
        return b""


def test_on_a_terminal_it_is_asked_twice_and_not_shown(lake, tmp_path):
    """Through a terminal of the test's own: what is typed is not echoed."""
    command = [
        sys.executable, "-m", "serguide", "seal", str(lake), "-o", str(tmp_path / "you.html"),
        "--passphrase",
    ]  # fmt: skip
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, os.environ | {"PYTHONWARNINGS": "ignore"})
    seen = b""
    for _ in range(2):
        while not seen.endswith(b": "):  # the blank comes when nothing is echoed any more
            seen += heard(terminal)
        os.write(terminal, f"{PHRASE}\n".encode())
        seen += b"|"
    while more := heard(terminal):
        seen += more
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, seen
    assert b"marmalade" not in seen
    assert (tmp_path / "you.html").is_file()


def test_nothing_is_left_of_a_seal_that_is_cut_off(lake, tmp_path):
    code = textwrap.dedent(
        f"""
        import os, signal
        from serguide.bundle.sealed import sealing
        real = sealing.write_atomically
        def torn(path, pieces, **more):
            def some():
                yield next(iter(pieces))
                os.kill(os.getpid(), signal.SIGTERM)
                yield b"rest"
            real(path, some(), **more)
        sealing.write_atomically = torn
        import sys
        from serguide.__main__ import main
        sys.argv = ["serguide", "seal", {str(lake)!r}, "-o", {str(tmp_path / "you.html")!r}]
        main()
        """
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 143, done.stderr
    assert done.stdout == "", "no passphrase of a page that is not there"
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_nobody_reads_is_told(lake, tmp_path):
    """A page whose passphrase is lost is no page: a script that made it must not go on."""
    reader, writer = os.pipe()
    os.close(reader)
    for command in (["seal", lake, "-o", "a.html"], ["publish", lake, "web", "--sealed"]):
        done = subprocess.run(
            [sys.executable, "-m", "serguide", *map(str, command)],
            cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "nobody can read its passphrase" in done.stderr
    os.close(writer)


def test_bytes_that_are_no_text_are_no_passphrase(lake, tmp_path):
    assert run("seal", lake, "-o", tmp_path / "a.html").exit_code == 0
    done = subprocess.run(
        [sys.executable, "-m", "serguide", "unseal", tmp_path / "a.html", "-o", tmp_path / "b"],
        input=b"abacus \xff\xfe", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"bytes that are no text" in done.stderr


def test_what_is_no_plain_file_is_not_read(tmp_path):
    done = run("unseal", "/dev/zero", "-o", tmp_path / "b", typed="a b c")
    assert done.exit_code == 1
    assert "is not a plain file" in done.stderr


def test_a_page_of_ones_own_that_speaks_of_sealing_is_left(lake, tmp_path):
    notes = tmp_path / "notes.html"
    notes.write_text('<p>The element is called id="serguide-sealed".</p>', encoding="utf-8")
    done = run("seal", lake, "-o", notes)
    assert done.exit_code == 2
    assert "is not a page that serguide sealed" in done.stderr
