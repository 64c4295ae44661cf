"""`render` with what makes a bundle small enough to send."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from serguide.cli.group import cli


@pytest.fixture
def render(write, tmp_path):
    path = write("scripts/tiny.yaml", "title: Tiny\nkind: grounding\ncues:\n  - say: Here.\n")
    write("scripts/five-to-one.yaml", "title: Back\nkind: grounding\ncues:\n  - say: Back.\n")
    fixed = ["render", str(path), "-o", str(tmp_path / "out"), "--voice", "tone"]
    return lambda *more: CliRunner(mix_stderr=False).invoke(cli, [*fixed, *more])


def line_of(done, name: str) -> str:
    return next(line for line in done.stderr.splitlines() if name in line)


def test_each_form_is_told_with_its_size_and_its_cost(render, tmp_path):
    done = render("--single-file", "--zip", "--m4b", "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    for key, name in (("single_file", "tiny.html"), ("zip", "tiny.zip"), ("m4b", "tiny.m4b")):
        path = tmp_path / "out" / name
        assert data[key] == str(path)
        assert f"{path.stat().st_size / 1e6:.1f} MB" in line_of(done, name)
    assert "Opus, 36 kbit/s, one channel" in line_of(done, "tiny.html")
    assert "Safari 17" in line_of(done, "tiny.html")
    assert "tracks/ is left out" in line_of(done, "tiny.zip")
    assert "the soundscape comes from the middle" in line_of(done, "tiny.m4b")
    assert "send ground.mp3 and transcript.txt" in line_of(done, "the session alone")


def test_what_is_not_asked_for_again_is_named_where_it_goes(render, tmp_path):
    render("--m4b")
    done = render()
    assert not (tmp_path / "out" / "tiny.m4b").exists()
    assert "`--m4b` makes it again" in line_of(done, "tiny.m4b")


def test_without_any_nothing_is_said_of_sound(render):
    done = render()
    assert "Sound:" not in done.stderr


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--bitrate", "64k"], "MP3, 64 kbit/s, one channel: the voice is as clear as ever"),
        (["--format", "opus", "--bitrate", "24k"], "the voice is a little duller"),
        (["--format", "opus", "--bitrate", "48k"], "iOS 18.4"),
        (["--size", "1 MB"], "MP3, 96 kbit/s: the voice is as clear as ever."),
    ],
)
def test_a_rate_or_a_size_is_told_with_what_it_costs(render, more, told):
    done = render(*more)
    assert done.exit_code == 0, done.stderr
    assert told in line_of(done, "session.")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--bitrate", "64"], "write it like 64k"),
        (["--bitrate", "12k"], "the smallest 64"),
        (["--format", "wav", "--bitrate", "64k"], "`--format mp3`"),
        (["--size", "15"], "write it like 15MB"),
        (["--size", "0MB"], "write it like 15MB"),
        (["--size", "1k", "--single-file"], "the smallest is below"),
        (["--size", "10MB", "--bitrate", "64k"], "Ask for one of them"),
        (["--m4b", "--format", "opus", "--bitrate", "24k"], "M4A is not made at 24"),
    ],
)
def test_what_cannot_be_is_refused_in_words(render, tmp_path, more, told):
    done = render(*more)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("size", ["0.9MB", "0,9 mb", "900k", "900 kB"])
def test_a_size_is_written_as_people_do(render, size):
    assert render("--size", size).exit_code == 0


def test_another_format_is_taken_only_where_none_was_asked_for(render):
    """The cover alone takes most of so short a file."""
    least = render("--size", "1k").stderr
    assert render("--format", "mp3", "--size", "1k").stderr != least
    assert "--format opus" in render("--format", "mp3", "--size", "1k").stderr
