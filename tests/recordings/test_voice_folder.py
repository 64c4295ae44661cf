"""A voice's folder outlives kills, several programs at once and hands that edit it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from serguide.base.errors import RecordingError, ScriptError
from serguide.recordings.recording import Recording
from serguide.recordings.voice_description import VoiceCard
from serguide.recordings.voice_folder import VoiceFolder

WRITER = """
import sys
from pathlib import Path
from serguide.recordings.recording import Recording
from serguide.recordings.voice_folder import VoiceFolder
folder, who, count = VoiceFolder(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
source = sys.argv[4]
print("ready", flush=True)
for number in range(count):
    original = Path(source)
    original.write_bytes(f"{who} {number}".encode() * 5000)
    name = folder.keep_original(original)
    folder.add([Recording(f"{who} {number}.", "en", name, 0.0, 1.0, f"clips/{who}-{number}.flac")])
    print(number, flush=True)
"""


def entry(text="Shh.", original="originals/a.wav", **more):
    return Recording(text, "en", original, 0.0, 1.0, f"clips/{text}flac", **more)


@pytest.fixture
def folder(tmp_path):
    found = VoiceFolder(tmp_path / "voices" / "ana")
    found.create()
    return found


def writer(folder, who, count, tmp_path):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, folder.path, who, str(count), tmp_path / f"{who}.wav"],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def left_over(folder):
    return [p.name for p in folder.path.rglob("*") if ".tmp" in p.name or p.name.endswith(".lock")]


def test_making_a_folder_leaves_what_is_there(folder):
    card = folder.path / "voice.yaml"
    assert folder.card().title == "Ana"
    card.write_text('title: "Ana #1: calm"\nlanguage: cs\notherwise: espeak:cs\n', encoding="utf-8")
    folder.add([entry()])
    folder.create(VoiceCard(title="Somebody else"))
    assert folder.card() == VoiceCard(title="Ana #1: calm", language="cs", otherwise="espeak:cs")
    assert folder.open_index().recordings == (entry(),)


def test_a_card_keeps_every_character(tmp_path):
    folder = VoiceFolder(tmp_path / "zoë")
    card = VoiceCard(title='Zoë: "no" # 4:30', consent="my own voice, 21 November 2026")
    folder.create(card)
    assert folder.card() == card


def test_a_wrong_card_is_told_with_its_place(folder):
    (folder.path / "voice.yaml").write_text("title: Ana\nspeed: 2\n", encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        folder.card()
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 1)
    assert "`speed`" in problem.message


def test_an_original_is_kept_as_it_came_under_a_name_by_its_content(folder, tmp_path):
    source = tmp_path / "Neue Aufnahme 7.M4A"
    source.write_bytes(os.urandom(3_000_000))
    name = folder.keep_original(source)
    assert name.startswith("originals/")
    assert name.endswith(".m4a")
    kept = folder.path / name
    assert kept.read_bytes() == source.read_bytes()
    assert Path(name).stem == hashlib.sha256(source.read_bytes()).hexdigest()[:20]
    before = kept.stat().st_mtime_ns
    assert folder.keep_original(source) == name
    assert kept.stat().st_mtime_ns == before
    assert [p.name for p in kept.parent.iterdir()] == [kept.name]


def test_a_damaged_copy_is_not_taken_for_the_original(folder, tmp_path):
    source = tmp_path / "a.wav"
    source.write_bytes(b"sound" * 100)
    first = folder.keep_original(source)
    (folder.path / first).write_bytes(b"damaged")
    second = folder.keep_original(source)
    assert second != first
    assert (folder.path / second).read_bytes() == source.read_bytes()
    assert (folder.path / first).read_bytes() == b"damaged", "nothing there is ever altered"


def test_what_is_no_file_is_refused(folder, tmp_path):
    with pytest.raises(RecordingError, match="no sound file"):
        folder.keep_original(tmp_path / "nothing.wav")


def test_adding_twice_leaves_one_entry_and_keeping_changes_it(folder):
    folder.add([entry(state="doubtful", why="too soft")])
    folder.add([entry(state="doubtful", why="too soft")])
    assert len(folder.open_index().recordings) == 1
    folder.add([entry()])
    assert folder.open_index().recordings == (entry(),)


def test_removing_takes_what_nobody_else_needs(folder, tmp_path):
    source = tmp_path / "a.wav"
    source.write_bytes(b"one take of two sentences")
    original = folder.keep_original(source)
    one, two = entry("One.", original), entry("Two.", original)
    for each in (one, two):
        (folder.path / each.clip).write_bytes(b"clip")
    folder.add([one, two])
    assert folder.remove([one]).files == (one.clip,)
    assert (folder.path / original).exists()
    assert folder.remove([two]).files == (two.clip, original)
    assert not (folder.path / original).exists()
    assert folder.open_index().recordings == ()


def test_removing_spares_a_file_that_an_unreadable_entry_names(folder):
    one = entry("One.")
    (folder.path / "originals" / "a.wav").write_bytes(b"take")
    folder.add([one])
    index = folder.path / "recordings.json"
    data = json.loads(index.read_text())
    data["recordings"].append({"text": "half", "original": "originals/a.wav"})
    index.write_text(json.dumps(data))
    folder.remove([one])
    assert (folder.path / "originals" / "a.wav").exists()


@pytest.mark.parametrize("text", ['{"format": 1, "recordings": [', "", '{"format": 9}'])
def test_a_damaged_index_is_never_written_over(folder, text):
    index = folder.path / "recordings.json"
    index.write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match=r"recordings\.json:1:"):
        folder.add([entry()])
    assert index.read_text(encoding="utf-8") == text
    assert left_over(folder) == []


def test_programs_that_write_at_once_lose_nothing(folder, tmp_path):
    writers = [writer(folder, who, 12, tmp_path) for who in ("ana", "ben", "cleo")]
    assert [each.wait(120) for each in writers] == [0, 0, 0]
    for each in writers:
        each.stdout.close()
    texts = {each.text for each in folder.open_index().recordings}
    assert texts == {f"{who} {number}." for who in ("ana", "ben", "cleo") for number in range(12)}
    assert left_over(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_whatever_moment_a_program_is_killed_the_index_is_whole(folder, tmp_path):
    chance = random.Random(11)
    promised = set()
    for trial in range(12):
        process = writer(folder, f"t{trial}", 400, tmp_path)
        assert process.stdout.readline() == "ready\n"
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        promised |= {f"t{trial} {number}." for number in ("0", *said[:-1])}
        index = folder.open_index()
        texts = {each.text for each in index.recordings}
        assert not index.problems
        assert promised <= texts
        for each in index.recordings:
            kept = (folder.path / each.original).read_bytes()
            assert hashlib.sha256(kept).hexdigest()[:20] == Path(each.original).stem
    folder.add([entry()])
    assert left_over(folder) == [], "what the killed have left is swept"
