"""A SIGCONT that no stop came before: `q` still ends the player (POSIX terminals)."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time

import pytest

pty = pytest.importorskip("pty")

PATIENCE = 25.0
"""Seconds that a busy machine may take to draw or to end."""


class Player:
    """A real player on a real terminal, with a device that plays into nothing."""

    def __init__(self, bundle):
        self.screen, side = pty.openpty()
        environment = {
            **os.environ,
            "SERGUIDE_AUDIO_BACKEND": "null",
            "TERM": "xterm-256color",
            "COLUMNS": "96",
            "LINES": "34",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "serguide", "play", str(bundle), "--reduced-motion"],
            stdin=side, stdout=side, stderr=side, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(side)
        self.seen = ""

    def until(self, words):
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert time.monotonic() < end, f"never drawn: {words}"
            if select.select([self.screen], [], [], 0.2)[0]:
                self.seen += os.read(self.screen, 65_536).decode("utf-8", "replace")

    def drain(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    os.read(self.screen, 65_536)
                except OSError:
                    return

    def press(self, keys):
        os.write(self.screen, keys.encode())

    def ended(self):
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > end:
                return None
            self.drain(0.2)
        return self.process.returncode


@pytest.fixture
def player(bundle):
    player = Player(bundle)
    yield player
    player.process.kill()
    player.process.wait()
    os.close(player.screen)


# Each one that starts another reader makes it likelier that the one that is waited for hangs.
MANY = (signal.SIGCONT,) * 8


@pytest.mark.slow
@pytest.mark.parametrize("signals", [MANY, (signal.SIGSTOP, signal.SIGCONT)], ids=["many", "stop"])
def test_it_ends_when_asked_after_a_sigcont(player, signals):
    player.until("Begin")
    player.press(" ")
    player.drain(1.5)
    for number in signals:
        player.process.send_signal(number)
        player.drain(0.3)
    player.press("q")
    assert player.ended() == 0
