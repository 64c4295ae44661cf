from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from serguide import diagnostics as doctor
from serguide.base.errors import SoundError
from serguide.cli.group import cli
from serguide.diagnostics import Diagnosis, examine

ROOT = Path(__file__).parents[2]


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, ["doctor", *arguments])


@pytest.fixture(autouse=True)
def _null_device(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")


def findings(*arguments):
    return {row["name"]: row for row in json.loads(run("--json", *arguments).stdout)}


def test_everything_is_tried_and_works():
    done = run()
    assert done.exit_code == 0, done.stdout
    assert done.stderr == "everything needed works\n"
    found = findings()
    assert list(found) == [
        "python", "libraries", "voice", "natural voices", "plug-ins", "encoder", "audio device",
        "cache", "config", "library", "contacts", "second reader", "recordings", "terminal",
    ]  # fmt: skip
    assert {row["state"] for row in found.values()} <= {"ok", "warn"}
    assert "espeak:en-us spoke" in found["voice"]["what"]
    assert "there and back" in found["encoder"]["what"]


def test_no_network_is_used_unless_asked(monkeypatch):
    asked = []

    def speak(self, text, *, pace=1.0, sentence=None):
        asked.append(text)
        raise SoundError("nobody answers", "try later")

    monkeypatch.setattr("serguide.voices.google.gtts_voice.GttsVoice.speak", speak)
    assert run().exit_code == 0
    assert asked == []
    done = run("--online")
    assert done.exit_code == 1
    assert asked == ["Here."]
    assert "nobody answers" in done.stdout
    assert "try later" in done.stdout


def test_no_device_is_a_note_and_no_failure(monkeypatch):
    import miniaudio

    def none(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    done = run()
    assert done.exit_code == 0
    assert "note  audio device" in done.stdout
    assert "playing here shows the words without sound" in done.stdout


def test_a_voice_that_does_not_speak_fails(monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError("no such library")

    monkeypatch.setattr("serguide.voices.espeak.espeak_voice.EspeakVoice.speak", broken)
    done = run()
    assert done.exit_code == 1
    assert "FAIL  voice" in done.stdout
    assert "OSError: no such library" in done.stdout
    assert done.stderr == "1 of 14 checks failed\n"


def test_numbers_that_nobody_verified_are_told_to_the_therapist():
    found = doctor.contacts(date(2026, 11, 21))
    assert found.state == "warn"
    assert "left out of bundles, not verified" in found.what
    assert "147 (AT)" in found.what
    assert "days ago" not in found.what
    assert "142 (AT)" in doctor.contacts(date(2027, 11, 21)).what


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "LIBRARIES", ("click", "no-such-thing"))
    found = doctor.libraries()
    assert (found.state, found.what) == ("fail", "missing: no-such-thing")
    assert "pip install" in found.mend


def test_every_library_that_we_need_is_looked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[A-Za-z0-9-]+", line)[0] for line in project["dependencies"]}
    # One stands in on some versions of Python only; the others are tried by what they are for.
    assert needed - set(doctor.LIBRARIES) == {"audioop-lts", "espeakng-loader", "platformdirs"}


def test_a_cache_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SERGUIDE_CACHE", str(tmp_path / "file" / "cache"))
    found = findings()["cache"]
    assert found["state"] == "fail"
    assert "SERGUIDE_CACHE" in found["mend"]


def test_little_room_is_a_note(monkeypatch):
    monkeypatch.setattr(doctor, "ROOM", 10**18)
    assert findings()["cache"]["state"] == "warn"


def test_a_library_with_a_mistake_is_a_note(write, tmp_path):
    write("lib/scripts/wrong.yaml", "title: Wrong\n")
    found = findings("--library", str(tmp_path / "lib"))["library"]
    assert found["state"] == "warn"
    assert "1 of the files" in found["what"]


def test_an_odd_terminal_is_a_note(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp437"))
    assert doctor.terminal().state == "warn"


def test_a_check_that_raises_is_itself_a_finding():
    def odd():
        raise ZeroDivisionError("odd")

    fine = Diagnosis("fine", "ok", "all well")
    found = examine([("odd", odd), ("fine", lambda: fine)])
    assert found[0].state == "fail"
    assert found[0].what == "ZeroDivisionError: odd"
    assert found[1] == fine
