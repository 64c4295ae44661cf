"""Handle Ctrl-C and SIGTERM: tidy up and exit in order, whenever they come.

The first one raises an exception in the main thread; whoever holds something lets go of it on
the way out. What follows is ignored, so that nothing interrupts the tidying up, but for the
third: whoever insists gets an end at once. Where Python cannot pass an exception on (a
destructor, a callback from C), it is raised again a moment later. Once the result stands, none
can change it: Python gives signals their defaults back while it takes itself apart, which would
end a finished program as if it had been killed, so they are ignored before that.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_NUMBERS: Final = (signal.SIGINT, signal.SIGTERM)
_INSISTING: Final = 3
_AGAIN: Final = 0.02  # seconds

MESSAGE: Final = "Stopped; nothing half-made is left behind."


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


class _State:
    """Hold which signal came first, how many came, and whether the program has ended itself."""

    first: int | None = None
    count = 0
    over = False


def guarded(run: Callable[[], object]) -> NoReturn:
    """Run a program and exit as it does: with 130 after SIGINT, 143 after SIGTERM."""
    ended: SystemExit | None = None
    caught = False
    try:
        # Two layers: whatever the signal strikes, even the inner `finally`, is inside the outer.
        try:
            _listen()
            run()
        finally:
            _State.over = True
    except SystemExit as end:
        ended = end
    except (KeyboardInterrupt, Terminated):
        caught = True
    if _State.first is None:
        raise ended or SystemExit(0)
    if "serguide.base.files.temporary" in sys.modules:
        from serguide.base.files.temporary import clear_away

        clear_away()
    if caught:
        print(MESSAGE, file=sys.stderr)
    raise SystemExit(128 + _State.first)


def _listen() -> None:
    # What is registered first is called last: when every other tidying up is done.
    atexit.register(_ignore)
    for number in _NUMBERS:
        # Whoever starts a program with a signal ignored, as nohup and `&` do, means it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _asked)
    sys.unraisablehook = _unraisable


def _ignore() -> None:
    for number in _NUMBERS:
        signal.signal(number, signal.SIG_IGN)


def _asked(number: int, _frame: FrameType | None) -> None:
    _State.count += 1
    if _State.count >= _INSISTING:
        os._exit(128 + number)
    if _State.over or _State.first is not None:
        return
    _State.first = number
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated


def _unraisable(args: UnraisableHookArgs) -> None:
    if not isinstance(args.exc_value, KeyboardInterrupt | Terminated) or _State.first is None:
        sys.__unraisablehook__(args)
        return
    import _thread
    import threading

    number, _State.first = _State.first, None
    _State.count -= 1
    again = threading.Timer(_AGAIN, _thread.interrupt_main, (number,))
    again.daemon = True
    again.start()
