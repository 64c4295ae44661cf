"""Read the keyboard key by key, without Enter; restore the terminal whatever happens."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Final, Literal, Protocol

Key = Literal[
    "pause",
    "back",
    "forward",
    "louder",
    "softer",
    "slower",
    "faster",
    "next",
    "previous",
    "mute",
    "timer",
    "ground",
    "quit",
]

_LETTERS: Final[Mapping[str, Key]] = {
    " ": "pause",
    "n": "next",
    "p": "previous",
    "m": "mute",
    "t": "timer",
    "<": "slower",
    ">": "faster",
    "g": "ground",
    "q": "quit",
}
_ARROWS: Final[Mapping[str, Key]] = {"A": "louder", "B": "softer", "C": "forward", "D": "back"}
# What terminals send for arrows (ECMA-48 CSI, DEC application mode), and what Windows gives.
_SEQUENCES: Final[Mapping[str, Key]] = {
    **_LETTERS,
    **{letter.upper(): key for letter, key in _LETTERS.items()},
    **{f"\x1b[{letter}": key for letter, key in _ARROWS.items()},
    **{f"\x1bO{letter}": key for letter, key in _ARROWS.items()},
    "\x1b[1;2A": "faster",
    "\x1b[1;2B": "slower",
    **{
        f"{lead}{letter}": key
        for lead in ("\x00", "\xe0")
        for letter, key in zip("HPMK", _ARROWS.values(), strict=True)
    },
}


class Keyboard(Protocol):
    """Give keys."""

    def read(self, timeout: float) -> Key | None:
        """Return the next key, or None after so many seconds without one."""
        ...


class NoKeyboard:
    """Stand in where there is no terminal to type on."""

    def read(self, timeout: float) -> Key | None:
        """Wait."""
        time.sleep(timeout)
        return None


class KeyDecoder:
    """Cut what a terminal sends into keys; what means nothing is dropped."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, text: str) -> None:
        """Take what came."""
        self._text += text

    def next(self) -> Key | None:
        """Return the next key, or None until more comes."""
        while self._text:
            for sequence, key in _SEQUENCES.items():
                if self._text.startswith(sequence):
                    self._text = self._text[len(sequence) :]
                    return key
            if any(sequence.startswith(self._text) for sequence in _SEQUENCES):
                return None
            self._text = self._text[1:]
        return None

    def last(self) -> Key | None:
        """Return what is meant when no more comes: Esc by itself is the way back to the room."""
        alone, self._text = self._text == "\x1b", ""
        return "ground" if alone else None


@contextlib.contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Give the terminal's keys while the block runs; NoKeyboard where input is no terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        yield NoKeyboard()
    else:
        with _terminal() as keys:
            yield keys


if sys.platform == "win32":
    import msvcrt

    class _Windows:
        def __init__(self) -> None:
            self._decoder = KeyDecoder()

        def read(self, timeout: float) -> Key | None:
            """Return the next key, or None after a time without one."""
            end = time.monotonic() + timeout
            while True:
                while msvcrt.kbhit():
                    self._decoder.feed(msvcrt.getwch())
                key = self._decoder.next()
                if key is not None:
                    return key
                if time.monotonic() >= end:
                    return self._decoder.last()
                time.sleep(0.02)

    @contextlib.contextmanager
    def _terminal() -> Iterator[Keyboard]:
        yield _Windows()

else:
    import select
    import termios
    import tty

    class _Posix:
        def __init__(self, handle: int) -> None:
            self._handle = handle
            self._decoder = KeyDecoder()

        def read(self, timeout: float) -> Key | None:
            """Return the next key, or None after a time without one."""
            key = self._decoder.next()
            if key is None:
                if not select.select([self._handle], [], [], timeout)[0]:
                    return self._decoder.last()
                try:
                    data = os.read(self._handle, 64)
                except OSError:
                    data = b""
                if not data:
                    return "quit"  # the terminal has gone
                self._decoder.feed(data.decode("latin-1"))
                key = self._decoder.next()
            return key

    @contextlib.contextmanager
    def _terminal() -> Iterator[Keyboard]:
        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
        try:
            # Not raw: Ctrl-C and Ctrl-Z keep their meaning.
            tty.setcbreak(handle)
            yield _Posix(handle)
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
