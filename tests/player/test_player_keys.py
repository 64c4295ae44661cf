from __future__ import annotations

import os
import sys

import pytest

from serguide.player.ui.keys import KeyDecoder, keyboard


def keys_of(*pieces):
    decoder, found = KeyDecoder(), []
    for piece in pieces:
        decoder.feed(piece)
        while key := decoder.next():
            found.append(key)
    return found


def test_letters_in_either_case():
    assert keys_of(" npNPmtgGqQ<>") == [
        "pause", "next", "previous", "next", "previous", "mute", "timer", "ground", "ground",
        "quit", "quit", "slower", "faster",
    ]  # fmt: skip


def test_shift_and_arrows_change_the_speed_where_terminals_tell():
    assert keys_of("\x1b[1;2A\x1b[1;2B") == ["faster", "slower"]


def test_escape_alone_comes_back_to_the_room():
    decoder = KeyDecoder()
    decoder.feed("\x1b")
    assert decoder.next() is None  # an arrow may be on its way
    assert decoder.last() == "ground"
    assert decoder.last() is None
    decoder.feed("\x1b[")
    assert decoder.next() is None
    assert decoder.last() is None


@pytest.mark.parametrize("lead", ["\x1b[", "\x1bO"])
def test_arrows_of_terminals(lead):
    assert keys_of(*(lead + letter for letter in "ABCD")) == [
        "louder", "softer", "forward", "back",
    ]  # fmt: skip


@pytest.mark.parametrize("lead", ["\x00", "\xe0"])
def test_arrows_of_windows(lead):
    assert keys_of(*(lead + letter for letter in "HPMK")) == [
        "louder", "softer", "forward", "back",
    ]  # fmt: skip


def test_a_key_may_come_in_pieces():
    assert keys_of("\x1b", "[", "C", "\x1bO", "D") == ["forward", "back"]


def test_what_means_nothing_is_dropped():
    assert keys_of("x\x1b[5~č\x1bq") == ["quit"]


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
def test_the_terminal_is_put_back_as_it_was(monkeypatch):
    import pty
    import termios

    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    with os.fdopen(slave, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with keyboard() as keys:
            assert not termios.tcgetattr(terminal)[3] & termios.ICANON
            os.write(master, b"\x1b[C g")
            assert [keys.read(1.0) for _ in range(3)] == ["forward", "pause", "ground"]
            assert keys.read(0.0) is None
            os.write(master, b"\x1b")
            assert [keys.read(1.0), keys.read(0.0)] == [None, "ground"]
        assert termios.tcgetattr(terminal) == before
        with pytest.raises(KeyboardInterrupt), keyboard():
            raise KeyboardInterrupt
        assert termios.tcgetattr(terminal) == before
    os.close(master)


def test_without_a_terminal_there_are_no_keys(monkeypatch):
    with open(os.devnull) as nothing:  # noqa: PTH123  (a stream, as stdin is)
        monkeypatch.setattr(sys, "stdin", nothing)
        with keyboard() as keys:
            assert keys.read(0.0) is None
