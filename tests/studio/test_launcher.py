"""The icon for double clicks: what is written on each system, and that it opens the studio."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from serguide.cli.group import cli
from serguide.studio.launcher import install_launcher

ODD = Path('/home/ana/my "work" $x `y` 100% ü\\z')


def entry_of(path):
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser["Desktop Entry"]


def unquoted(line):
    """Read an Exec line as the specification tells: the string's escapes, then the quotes'."""
    text = re.sub(r"\\(.)", r"\1", line)
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return [re.sub(r"\\(.)", r"\1", each).replace("%%", "%") for each in found]


def test_linux_has_an_entry_with_its_picture(tmp_path):
    path = install_launcher([ODD], system="linux", home=tmp_path)
    assert path.parent == tmp_path / ".local" / "share" / "applications"
    entry = entry_of(path)
    assert entry["Type"] == "Application"
    assert entry["Terminal"] == "false"
    assert Path(entry["Icon"]).read_bytes().startswith(b"\x89PNG")
    assert unquoted(entry["Exec"]) == [
        sys.executable, "-m", "serguide", "studio", "--library", str(ODD),
    ]  # fmt: skip
    assert install_launcher([ODD], system="linux", home=tmp_path) == path, "twice is once"


def test_macos_has_a_command_that_runs(tmp_path):
    path = install_launcher(system="darwin", home=tmp_path)
    assert path.suffix == ".command"
    assert os.access(path, os.X_OK)
    text = path.read_text(encoding="utf-8").replace(" studio", " studio --help")
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True)
    assert "Open the studio in the browser" in done.stdout


def test_windows_has_a_batch_file(tmp_path):
    path = install_launcher([Path("C:/100% Übung")], system="win32", home=tmp_path)
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    assert path.suffix == ".bat"
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert "100%% Übung" in lines[3]
    assert lines[3].startswith(f'"{sys.executable}" "-m" "serguide" "studio"')


@pytest.mark.skipif(sys.platform != "linux", reason="where the launcher goes is the system's")
def test_the_command_installs_it_and_opens_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    done = CliRunner().invoke(cli, ["studio", "--install"])
    assert done.exit_code == 0
    assert (
        Path(done.stdout.splitlines()[0]) == tmp_path / "applications" / "serguide-studio.desktop"
    )
