"""The self-contained program, run by Python: what it begins of itself finds its way in again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from sound_signals import tone

from serguide.alignment import scorer_pool
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.recorded.audio_file import AudioFileDecoder

PROGRAM = Path(__file__).parents[2] / "packaging" / "studio_program.py"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a program of the shell stands for it")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Stand in for the program, which is what `sys.executable` is within it."""
    path = tmp_path / "serguide"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{PROGRAM}" "$@"\n')
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))
    return path


def test_a_recording_is_decoded_by_the_program_itself(tmp_path, program):
    path = tmp_path / "take.wav"
    soundfile.write(path, tone(-20.0, 0.5), SAMPLERATE)
    with AudioFileDecoder(path) as decoder:
        assert decoder.seconds == 0.5
        assert sum(len(block) for block in decoder.lap()) == SAMPLERATE // 2


def test_readings_are_weighed_by_the_program_itself(program):
    """It waits for what it is to weigh, and ends where nothing comes."""
    done = subprocess.run(
        [program, *scorer_pool.COMMAND], stdin=subprocess.DEVNULL, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_asked_of_it_goes_to_the_command_line(program):
    done = subprocess.run([program, "--version"], capture_output=True, timeout=120, check=True)
    assert b"serguide" in done.stdout
