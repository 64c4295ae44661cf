"""Plug-ins of a package that is installed in a folder of the test's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = """
from serguide.voices.base import VoiceDescription
from serguide.voices.tone import ToneVoice

class Hum(ToneVoice):
    name = "hum"

    @classmethod
    def describe(cls):
        return VoiceDescription("hum", "MIT", about="a hum")
"""
SOUND = '''
from typing import Literal
from serguide.soundscapes.layers.air import Hush

class Bees(Hush):
    """A far hive."""
    sound: Literal["bees"]

class Misnamed(Hush):
    """It calls itself something else."""
    sound: Literal["wasps"]
'''
POINTS = """\
[serguide.voices]
hum = humming.voice:Hum
broken = humming.missing:Voice
espeak = humming.voice:Hum
noengine = humming:__doc__

[serguide.generators]
bees = humming.sound:Bees
moths = humming.sound:Misnamed
rain = humming.sound:Bees
"""
RECIPE = """\
title: Hive
about: A hive.
layers:
  - sound: {sound}
  - {{sound: rain, level: -6dB}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    package, info = tmp_path / "humming", tmp_path / "humming-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text('"""Voices that hum."""\n')
    (package / "voice.py").write_text(GOOD)
    (package / "sound.py").write_text(SOUND)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: humming\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    return tmp_path


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "serguide", *arguments],
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_brings_a_voice_and_the_broken_ones_are_told(site, tmp_path):
    listed = run(site, "voices", "--json", "--language", "en")
    assert listed.returncode == 0, listed.stderr
    assert "hum" in [row["name"] for row in json.loads(listed.stdout)]
    told = listed.stderr.splitlines()
    assert len(told) == 3
    assert "`broken` of the package humming: ModuleNotFoundError" in told[0]
    assert "`espeak` of the package humming: the name is the program's own" in told[1]
    assert "`noengine` of the package humming: it has no `describe` and `open`" in told[2]
    done = run(site, "voices", "--say", "Hm.", "--voice", "hum", "-o", str(tmp_path / "hum.wav"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hum.wav").stat().st_size > 10_000


def test_a_broken_voice_that_is_asked_for_says_why(site):
    done = run(site, "voices", "--say", "Hm.", "--voice", "broken", "-o", "x.wav")
    assert done.returncode == 4
    assert "No module named 'humming.missing'" in done.stderr
    assert "Install humming again" in done.stderr


def test_a_package_brings_a_sound(site, tmp_path):
    recipe = tmp_path / "hive.yaml"
    recipe.write_text(RECIPE.format(sound="bees"), encoding="utf-8")
    done = run(site, "soundscapes", "--sample", str(recipe), "-o", str(tmp_path / "hive.wav"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "hive.wav").stat().st_size > 1_000_000
    listed = run(site, "soundscapes")
    assert listed.returncode == 0
    assert "`moths` of the package humming: it calls itself `wasps`" in listed.stderr
    assert "`rain` of the package humming: the name is the program's own" in listed.stderr


def test_a_broken_sound_that_is_asked_for_says_why(site, tmp_path):
    recipe = tmp_path / "hive.yaml"
    recipe.write_text(RECIPE.format(sound="moths"), encoding="utf-8")
    done = run(site, "soundscapes", "--sample", str(recipe), "-o", str(tmp_path / "hive.wav"))
    assert done.returncode == 3
    assert "there is no sound `moths`" in done.stderr
    assert "it calls itself `wasps`" in done.stderr


def test_the_doctor_looks_at_them(site):
    found = {row["name"]: row for row in json.loads(run(site, "doctor", "--json").stdout)}
    assert found["plug-ins"]["state"] == "warn"
    assert "humming.missing" in found["plug-ins"]["what"]
