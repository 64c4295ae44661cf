"""`recordings add` takes files as they come, and nothing worse than a message comes of bad ones."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from espeak_takes import speaker, spoken
from needed import missing
from sound_files import KINDS, write_kind

from serguide.alignment.recogniser import INSTALL, installed
from serguide.base.units import SAMPLERATE
from serguide.cli.group import cli
from serguide.recordings.voice_folder import VoiceFolder

pytestmark = pytest.mark.slow

LINES = ["These few minutes are for arriving.", "The chair will carry your weight for a while."]
SCRIPT = f"""
    title: The chair
    kind: grounding
    about: A chair.
    language: en
    cues:
      - say: {LINES[0]}
      - rest: 20s
      - say: {LINES[1]} Perhaps there is a sound from far away.
"""
BACK = f"""
    title: Back
    kind: grounding
    about: The way back.
    language: en
    cues:
      - say: {LINES[0]}
"""


@pytest.fixture(scope="module")
def read():
    """Return a take of half a minute: the first line twice, a title; and where the lines are."""
    if not installed():
        missing("soundswallower", INSTALL)
    say = speaker("espeak:en-us", "en", 1.15)
    return spoken(say, ["The chair, read in November.", LINES[0], LINES[0], LINES[1]])


@pytest.fixture
def library(write, tmp_path):
    write("lib/scripts/chair.yaml", SCRIPT)
    write("lib/scripts/five-to-one.yaml", BACK)
    return tmp_path / "lib"


def add(library, file, *more):
    command = ["recordings", "add", file, "--voice", "ana", "chair", "--library", library, *more]
    return CliRunner(mix_stderr=False).invoke(cli, [str(each) for each in command])


def wav(path, take):
    soundfile.write(path, take[0], 16_000)
    return path


def everything(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.codec}-{kind.rate}")
def test_any_kind_of_file_is_cut_where_the_words_are(read, library, tmp_path, kind):
    try:
        file = write_kind(tmp_path / f"take.{kind.suffix}", read[0], kind)
    except av.codec.codec.UnknownCodecError:  # PyAV's wheels differ from Python to Python
        pytest.skip(f"this PyAV cannot write {kind.codec}")
    content = file.read_bytes()
    done = add(library, file, "--json")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["state"] for row in rows] == ["good", "good", "missing"], rows
    for row, place in zip(rows, (read[1][2], read[1][3]), strict=False):
        assert row["start"] == pytest.approx(place[0], abs=0.25)
        assert row["end"] == pytest.approx(place[1], abs=0.4)
    folder = VoiceFolder(library / "voices" / "ana")
    entries = folder.open_index().recordings
    assert (folder.path / entries[0].original).read_bytes() == content
    for entry in entries:
        clip, rate = soundfile.read(folder.path / entry.clip)
        assert rate == SAMPLERATE
        assert len(clip) / rate == pytest.approx(entry.seconds, abs=0.05)
        loud = np.flatnonzero(np.abs(clip) > 0.1 * np.abs(clip).max()) / rate
        assert loud[0] < 0.3
        assert entry.seconds - loud[-1] < 0.6


def test_a_dry_run_says_the_same_and_writes_nothing(read, library, tmp_path):
    file = wav(tmp_path / "take.wav", read)
    before = everything(tmp_path)
    dry = add(library, file, "--dry-run")
    assert dry.exit_code == 0, dry.stderr
    assert everything(tmp_path) == before
    assert "2 found (a dry run: nothing is written), 0 doubtful, 1 missing" in dry.stderr
    assert add(library, file).stdout == dry.stdout


def test_play_without_a_loudspeaker_says_so_and_what_was_found_stays(
    read, library, tmp_path, monkeypatch
):
    from serguide.base.errors import SoundError
    from serguide.player.audio import sample

    def none():
        raise SoundError("no device for sound was found", "connect one")

    # An invented absence: the machine that runs this may have a loudspeaker.
    monkeypatch.setattr(sample, "DeviceOutput", none)
    soft = (read[0] * 0.02, read[1])
    done = add(library, wav(tmp_path / "soft.wav", soft), "--play")
    assert done.exit_code == 1
    assert "too soft" in done.stdout
    assert "no device for sound was found" in done.stderr
    assert "Traceback" not in done.stderr
    index = VoiceFolder(library / "voices" / "ana").open_index()
    assert [each.state for each in index.recordings] == ["doubtful", "doubtful"]


def test_keep_counts_a_doubtful_one_as_good(read, library, tmp_path):
    file = wav(tmp_path / "soft.wav", (read[0] * 0.02, read[1]))
    assert "--keep 1" in add(library, file).stderr
    done = add(library, file, "--keep", 1)
    assert "1 found, 1 doubtful, 1 missing" in done.stderr
    counts = VoiceFolder(library / "voices" / "ana").chosen()
    assert sorted(each.state for each in counts.values()) == ["doubtful", "good"]
    assert add(library, file, "--keep", 9).exit_code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for processes")
@pytest.mark.parametrize("waits", [0.0, 2.5, 5.0])
def test_an_interrupt_leaves_nothing_half(read, library, tmp_path, waits):
    long = (np.tile(read[0], 4), read[1])
    file = wav(tmp_path / "take.wav", long)
    command = [sys.executable, "-m", "serguide", "recordings", "add", str(file), "chair"]
    process = subprocess.Popen(
        [*command, "--voice", "ana", "--library", str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_until_begun(process)
    time.sleep(waits)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, 0), said  # a fast machine may have finished
    assert "Traceback" not in said
    folder = VoiceFolder(library / "voices" / "ana")
    listed = folder.open_index().recordings if folder.exists else ()
    named = {name for each in listed for name in (each.original, each.clip)}
    there = {
        f"{part}/{each.name}"
        for part in ("originals", "clips")
        if (folder.path / part).is_dir()
        for each in (folder.path / part).iterdir()
    }
    assert there == named
    assert (process.returncode == 0) == bool(listed)


def _wait_until_begun(process):
    """Wait until the program has opened the take: it has a child that decodes it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if not children.exists():
            time.sleep(1.0)
            return
        if children.read_text().strip():
            return
        time.sleep(0.02)


def test_what_is_broken_off_while_it_is_cut_is_dropped(read, library, tmp_path, monkeypatch):
    from serguide.alignment import adding

    def ended(folder, entries, **_):
        (folder.path / entries[0].clip).write_bytes(b"the first clip")
        raise KeyboardInterrupt

    monkeypatch.setattr(adding, "make_clips", ended)
    assert add(library, wav(tmp_path / "take.wav", read)).exit_code == 130
    folder = VoiceFolder(library / "voices" / "ana")
    assert folder.open_index().recordings == ()
    assert not list((folder.path / "clips").iterdir())
    assert not list((folder.path / "originals").iterdir())


def _broken():
    def text(path, _take):
        path.write_text("this is a shopping list\n" * 50)

    def empty(path, _take):
        path.write_bytes(b"")

    def cut_off(path, take):
        whole = write_kind(path, take[0], KINDS[0]).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])  # an m4a without its table of contents

    def boast(path, take):
        import struct

        wav(path.with_suffix(".wav"), take)
        data = bytearray(path.with_suffix(".wav").read_bytes()[:20_000])
        data[40:44] = struct.pack("<I", 0xFFFFFF00)
        path.write_bytes(data[:44])  # a header that promises four gigabytes, and nothing behind it

    def noise(path, _take):
        path.write_bytes(b"\xff\xfb\x90\x64" + np.random.default_rng(1).bytes(50_000))

    def silence(path, _take):
        soundfile.write(path.with_suffix(".wav"), np.zeros(16_000 * 5), 16_000)
        path.with_suffix(".wav").rename(path)

    return [text, empty, cut_off, boast, noise, silence]


@pytest.mark.parametrize("spoil", _broken(), ids=lambda each: each.__name__)
def test_a_bad_file_is_told_and_leaves_nothing(read, library, tmp_path, spoil):
    file = tmp_path / "take.m4a"
    spoil(file, read)
    before = everything(library)
    done = add(library, file)
    assert "Traceback" not in done.stderr
    assert everything(library) == before
    if done.exit_code == 0:  # it may be a sound; then nothing is said in it
        assert "0 found, 0 doubtful, 3 missing" in done.stderr
    else:
        assert done.exit_code in (1, 2)
        assert "take.m4a" in done.stderr
        assert len(done.stderr.splitlines()) <= 4


def test_a_bad_file_after_a_good_one_leaves_the_good_one(read, library, tmp_path):
    good, bad = wav(tmp_path / "good.wav", read), tmp_path / "bad.m4a"
    bad.write_bytes(b"no sound")
    command = ["recordings", "add", good, bad, "chair", "--voice", "ana", "--library", library]
    done = CliRunner(mix_stderr=False).invoke(cli, [str(each) for each in command])
    assert done.exit_code == 1, done.stderr
    assert "bad.m4a" in done.stderr
    index = VoiceFolder(library / "voices" / "ana").open_index()
    assert [each.text for each in index.recordings] == LINES


def test_names_that_are_no_files_are_told_before_anything_begins(library, tmp_path):
    done = add(library, tmp_path / "nowhere.wav")
    assert done.exit_code == 2
    assert "there is no sound file" in done.stderr
    assert add(library, tmp_path).exit_code == 2
