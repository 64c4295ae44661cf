"""Resume the keyboard after Ctrl-Z, and not for a SIGCONT that no stop preceded."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from textual.driver import Driver


def resume_only_what_stopped(driver: Driver | None) -> None:
    """Let a SIGCONT start reading the keyboard anew only where reading was stopped before.

    Textual takes every SIGCONT for the end of a Ctrl-Z, and would read with two threads, one of
    which nothing ends any more. What was stopped in another way is stopped and started in order:
    a shell may have changed the terminal meanwhile.
    """
    if sys.platform == "win32" or driver is None or not driver.can_suspend:
        return
    textual_stops, textual_goes_on = map(signal.getsignal, (signal.SIGTSTP, signal.SIGCONT))
    if not (callable(textual_stops) and callable(textual_goes_on)):
        return  # a driver that reads no terminal
    suspended = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal suspended
        suspended = True
        textual_stops(number, frame)

    def go_on(number: int, frame: FrameType | None) -> None:
        nonlocal suspended
        if not suspended:
            driver.suspend_application_mode()
        suspended = False
        textual_goes_on(number, frame)

    signal.signal(signal.SIGTSTP, stop)
    signal.signal(signal.SIGCONT, go_on)
