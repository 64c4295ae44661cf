from __future__ import annotations

import json
import wave

import numpy as np
import pytest
from click.testing import CliRunner

from serguide.audio.types import Clip
from serguide.cli.group import cli


def run(*arguments):
    return CliRunner(mix_stderr=False).invoke(cli, ["voices", *arguments])


def test_every_engine_is_listed_with_who_hears_of_it():
    done = run()
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert any(line.startswith("espeak  offline; what is spoken stays") for line in lines)
    assert any(line.startswith("gtts  online; the text is sent to Google") for line in lines)
    assert "  espeak:cs  " in done.stdout.replace("     ", "  ")
    assert "  gtts:cs" in done.stdout


@pytest.mark.parametrize("language", ["cs", "CS", "cs-CZ"])
def test_one_language(language):
    rows = json.loads(run("--json", "--language", language).stdout)
    names = [row["name"] for row in rows]
    assert [name for name in names if ":" in name][:2] == ["espeak:cs", "gtts:cs"]
    assert "tone" in names
    assert all(row["code"] in (None, "cs", "cs-CZ") for row in rows)
    online = {row["engine"]: (row["online"], row["sends_to"]) for row in rows}
    assert online["espeak"] == (False, None)
    assert online["gtts"][0]
    assert "Google" in online["gtts"][1]


def test_every_listed_name_opens():
    from serguide.voices.registry import open_voice

    for row in json.loads(run("--json").stdout):
        if not row["installed"]:
            assert row["install"], row["name"]
            continue
        voice = open_voice(row["name"], row["code"] or "en")
        assert voice.sends_to == row["sends_to"] or row["online"]


def samples_of(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels()) == (48_000, 1)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


@pytest.mark.parametrize("voice", [[], ["--voice", "tone"], ["--voice", "espeak:cs"]])
def test_a_sample_is_written(tmp_path, voice):
    target = tmp_path / "sample.wav"
    done = run("--say", "Good evening.", "-o", str(target), *voice)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"{target}\n"
    found = samples_of(target)
    assert len(found) > 20_000
    assert np.abs(found).max() > 1000
    assert [path.name for path in tmp_path.iterdir()] == ["sample.wav"]


def test_the_language_chooses_the_variant(tmp_path):
    for language in ("en", "cs"):
        target = tmp_path / f"{language}.wav"
        run("--say", "Dobrý večer.", "--language", language, "-o", str(target))
    assert not np.array_equal(samples_of(tmp_path / "en.wav"), samples_of(tmp_path / "cs.wav"))


def test_an_online_voice_is_sent_nothing_without_a_word(tmp_path):
    target = tmp_path / "x.wav"
    done = run("--say", "My secret.", "--voice", "gtts", "-o", str(target))
    assert done.exit_code == 4
    assert "would be sent to Google" in done.stderr
    assert "--allow-cloud" in done.stderr
    assert not target.exists()


def test_with_a_word_it_is_sent_and_said_to_whom(tmp_path, monkeypatch):
    heard = []

    def speak(self, text, *, pace=1.0, sentence=None):
        heard.append((self.name, text))
        return Clip(np.full((4800, 1), 0.25, np.float32), 48_000)

    monkeypatch.setattr("serguide.voices.google.gtts_voice.GttsVoice.speak", speak)
    target = tmp_path / "x.wav"
    done = run("--say", "Hello.", "--voice", "gtts:cs", "--allow-cloud", "-o", str(target))
    assert done.exit_code == 0
    assert "sending the text to Google" in done.stderr
    assert heard == [("gtts:cs", "Hello.")]
    assert len(samples_of(target)) == 4800


def test_without_a_device_it_says_what_to_do(monkeypatch):
    import miniaudio

    def none(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    done = run("--say", "Hello.")
    assert done.exit_code == 1
    assert "-o sample.wav" in done.stderr


def test_it_plays_where_there_is_a_device(monkeypatch):
    monkeypatch.setenv("SERGUIDE_AUDIO_BACKEND", "null")
    done = run("--say", "Oh.", "--voice", "tone")
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-o", "x.wav"], 2, "--say TEXT"),
        (["--say", "Hi", "-o", "x.mp3"], 2, "x.wav"),
        (["--say", "  "], 2, "nothing to say"),
        (["--say", "Hi", "--voice", "esspeak", "-o", "x.wav"], 4, "espeak"),
        (["--say", "Hi", "-o", "/no/such/folder/x.wav"], 1, "cannot write"),
    ],
)
def test_wrong_wishes(arguments, code, told):
    done = run(*arguments)
    assert done.exit_code == code
    assert told in done.stderr
    assert done.stdout == ""
