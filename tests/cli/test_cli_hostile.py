"""No character of somebody else's reaches the terminal that would do more there than be read."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from click.testing import CliRunner
from samples import TrackMaker, contents_of, session
from test_cli_play import made

from serguide.bundle.captions import captions_vtt, ground_vtt
from serguide.bundle.playlist import playlist_m3u8
from serguide.bundle.transcript import transcript_txt
from serguide.cli.group import cli
from serguide.notices.model import Contact, Notices

pytestmark = pytest.mark.slow

EVIL = "\x1b]0;pwn\x07\x9b2J\u202ename\u2066\x00"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, [*map(str, arguments)])


@pytest.fixture(autouse=True)
def _null_device(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")


def timeline():
    track = TrackMaker("a", title=f"Part {EVIL}").say(f"Say {EVIL}.", seconds=1)
    return session(track.chapter(f"Chapter {EVIL}").done(), title=f"Title {EVIL}", ending="sleep")


@pytest.fixture
def foreign(tmp_path):
    """A bundle that somebody else has made, every text of which is hostile."""
    folder = made(tmp_path / "b", TrackMaker("hello").say("Hello.", seconds=1))
    manifest = json.loads((folder / "session.json").read_text())

    def spoilt(value, key=""):
        if isinstance(value, dict):
            return {name: spoilt(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [spoilt(each, key) for each in value]
        texts = ("name", "title", "text", "description", "voice", "cautions", "supervised_by")
        return f"{value} {EVIL}" if key in texts else value

    call = {"kind": "crisis", "country": "AT", "number": f"112 {EVIL}", "name": EVIL,
            "note": EVIL, "checked": "2026-01-01", "published": True}  # fmt: skip
    manifest["serguide"]["notices"]["contacts"] = [call]
    (folder / "session.json").write_text(json.dumps(spoilt(manifest)))
    return folder


def test_a_foreign_bundle_is_played_in_plain_lines(foreign):
    done = run("play", foreign)
    assert done.exit_code == 0, done.stderr
    assert "pwn" in done.stdout
    assert "pwn" in done.stderr
    assert HARMFUL.findall(done.stdout + done.stderr) == []


@pytest.mark.parametrize("spoil", ["id", "format", "samplerate", "ground_events"])
def test_a_foreign_bundle_that_is_damaged(foreign, spoil):
    manifest = json.loads((foreign / "session.json").read_text())
    (manifest if spoil == "id" else manifest["serguide"])[spoil] = [EVIL]
    (foreign / "session.json").write_text(json.dumps(manifest))
    done = run("play", foreign)
    assert done.exit_code == 1
    assert HARMFUL.findall(done.stdout + done.stderr) == []


def test_names_of_files_and_of_commands(write, tmp_path):
    path = write(f"scripts/a{EVIL[:-1]}.yaml", "title: T\nkind: grounding\ncues:\n  - say: Rest.\n")
    write("scripts/wrong.yaml", "title: T\nkind: grounding\ncues:\n  - sya: Rest.\n")
    for arguments in (
        ("list", "--library", tmp_path),
        ("list", "--library", tmp_path, "--json"),
        ("check", "--library", tmp_path, tmp_path / "scripts"),
        ("check", path),
        ("show", path),
        ("show", EVIL[:-1]),
        (EVIL[:-1],),
        ("list", EVIL[:-1]),
        ("render", path, f"--{EVIL[:-1]}"),
    ):
        done = run(*arguments)
        assert HARMFUL.findall(done.stdout + done.stderr) == [], arguments


def test_what_others_open_has_none_of_it():
    contact = Contact("crisis", "AT", f"112 {EVIL}", EVIL, EVIL, "2026-01-01", True)
    notices = Notices("de-AT", (contact,), (), EVIL)
    contents = dataclasses.replace(contents_of(timeline()), notices=notices)
    for write in (captions_vtt, ground_vtt, transcript_txt, playlist_m3u8):
        assert HARMFUL.findall(write(contents)) == [], write.__name__
    assert "pwn" in captions_vtt(contents)
    assert "pwn" in transcript_txt(contents)
    assert "pwn" in playlist_m3u8(contents)
