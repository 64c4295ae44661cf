"""Eight renders at once into one cache: each sentence spoken once, one and the same result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from faultlab import HERE, left_over, portion, tree, write_script, wrong_entries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills")

AT_ONCE = 8
SENTENCES = 12

RENDER = """
import os, sys, time
import serguide.cli.render, serguide.render.plan
from serguide.voices.espeak import espeak_voice as espeak

speak = espeak.EspeakVoice.speak
def counted(self, text, **more):
    with open(os.environ["SPOKEN"], "a") as file:  # one write, so lines stay whole
        file.write(f"{os.getpid()} {text}\\n")
    time.sleep(0.05)
    return speak(self, text, **more)
espeak.EspeakVoice.speak = counted

print("ready", flush=True)
sys.stdin.readline()
from serguide.__main__ import main
main()
"""


@pytest.fixture
def start(tmp_path):
    write_script(tmp_path / "five-to-one.yaml", "say: Back.")
    cues = [f"say: Sentence number {number} of many." for number in range(SENTENCES)]
    script = write_script(tmp_path / "many.yaml", *cues)
    running = []

    def start(count):
        environment = os.environ | {
            "PYTHONPATH": str(HERE.parents[1]),
            "SERGUIDE_CACHE": str(tmp_path / "cache"),
            "SPOKEN": str(tmp_path / "spoken"),
            "OPENBLAS_NUM_THREADS": "1",
        }
        fresh = [
            subprocess.Popen(
                [sys.executable, "-c", RENDER, "render", script, "-o", tmp_path / f"b{number}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
                cwd=tmp_path,
            )
            for number in range(len(running), len(running) + count)
        ]
        running.extend(fresh)
        for process in fresh:
            assert process.stdout.readline() == "ready\n"
        for process in fresh:
            process.stdin.write("go\n")
            process.stdin.flush()
        return fresh

    yield start
    for process in running:
        process.kill()
        process.communicate()


def spoken(folder):
    lines = (folder / "spoken").read_text(encoding="utf-8").splitlines()
    return [line.partition(" ")[2] for line in lines]


def finished(processes):
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert "Traceback" not in said


def test_each_sentence_is_spoken_once(start, tmp_path):
    finished(start(AT_ONCE))
    assert len(spoken(tmp_path)) == len(set(spoken(tmp_path))) == SENTENCES + 1
    assert len({tuple(tree(tmp_path / f"b{n}").items()) for n in range(AT_ONCE)}) == 1
    assert wrong_entries(tmp_path / "cache") == []
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_one_of_them_is_killed(start, tmp_path, number):
    """Whoever speaks, and so holds a lock, is killed, several times; the others go on."""
    processes = start(AT_ONCE)
    killed = []
    for _ in range(portion(3, 1)):
        time.sleep(0.2)
        while not (tmp_path / "spoken").exists():
            time.sleep(0.01)
        last = (tmp_path / "spoken").read_text(encoding="utf-8").splitlines()[-1]
        speaker = int(last.partition(" ")[0])
        os.kill(speaker, number)
        killed.append(speaker)
    finished(process for process in processes if process.pid not in killed)
    # Only what a killed one was about to say, one sentence a thread, had to be said again.
    assert len(spoken(tmp_path)) <= SENTENCES + 1 + len(killed) * (os.cpu_count() or 1)
    alive = [n for n, process in enumerate(processes) if process.pid not in killed]
    assert len({tuple(tree(tmp_path / f"b{n}").items()) for n in alive}) == 1
    assert wrong_entries(tmp_path / "cache") == []
    finished(start(1))
    assert left_over(tmp_path / "cache") == []
