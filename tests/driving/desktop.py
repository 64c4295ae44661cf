"""A screen that nobody sees and a loudspeaker that nobody hears: Xvfb, PulseAudio's null sink.

Without a loudspeaker Firefox calls every sound broken; with one it plays by its clock.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from needed import program

PATIENCE = 20
"""Seconds in which a server must be there."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Return the environment of a program that is to be seen and heard by nobody."""
    with screen() as seen, loudspeaker(tmp_path_factory.mktemp("loudspeaker")) as heard:
        yield seen | heard


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Run an X server; yields the environment of a program that shall show itself there."""
    xvfb = program("Xvfb", package="xvfb")
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with (
        os.fdopen(reading) as told,
        stopped(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)),
    ):
        os.close(writing)
        yield {"DISPLAY": f":{told.readline().strip()}"}


@contextlib.contextmanager
def loudspeaker(folder: Path) -> Iterator[dict[str, str]]:
    """Run a sound server in a folder; yields the environment of a program that shall use it."""
    pulseaudio = program("pulseaudio", package="pulseaudio")
    folder.chmod(0o700)
    socket = folder / "native"
    command = [
        pulseaudio, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
        "--disable-shm=yes", "--log-level=error", "-L", "module-null-sink",
        "-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
    ]  # fmt: skip
    own = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    log = folder / "log"
    with (
        log.open("wb") as errors,
        stopped(subprocess.Popen(command, env=os.environ | own, stdout=errors, stderr=errors)),
    ):
        end = time.monotonic() + PATIENCE
        while not socket.exists():
            assert time.monotonic() < end, log.read_text(errors="replace")
            time.sleep(0.05)
        yield {"PULSE_SERVER": f"unix:{socket}"}


@contextlib.contextmanager
def listened(environment: dict[str, str]) -> Iterator[Callable[[], float]]:
    """Listen at the loudspeaker; yields a call for the loudest there was so far, 0 to 1."""
    parec = program("parec", package="pulseaudio-utils")
    command = [parec, "--device=null.monitor", "--format=s16le", "--latency-msec=100"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | environment)
    assert process.stdout
    peaks = [0.0]

    def listen() -> None:
        # The monitor goes on in silence, too: there is always something to read until the end.
        while heard := process.stdout.read(4096):
            samples = np.frombuffer(heard[: len(heard) // 2 * 2], dtype="<i2").astype(float)
            peaks.append(float(np.abs(samples).max(initial=0)) / 32768)

    listening = threading.Thread(target=listen)
    listening.start()
    with stopped(process):
        yield lambda: max(peaks)
    listening.join()
    process.stdout.close()


@contextlib.contextmanager
def stopped(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Stop a program at the end, whatever happens."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
