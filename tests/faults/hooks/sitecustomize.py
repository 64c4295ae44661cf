"""Send this process a signal at the n-th import that it does once serguide has begun.

Python runs a file of this name before anything else, so a run can be struck while it is still
finding its modules. FAULT_IMPORT: n, or `end` for when Python takes itself apart and hands out
signals no more, or `count` to be told on stderr how many there are; FAULT_SIGNAL: the number.
"""

import atexit
import os
import signal
import sys

_moment = os.environ.get("FAULT_IMPORT", "0")
_number = int(_moment) if _moment.isdigit() else {"end": 0, "count": -1}[_moment]
_signal = int(os.environ.get("FAULT_SIGNAL", "0"))
_seen = 0


def _strike(event, args):
    global _seen
    if event != "import" or (not _seen and args[0] != "serguide.base.signals"):
        return
    _seen += 1
    if _seen == _number:
        os.kill(os.getpid(), _signal)


class _Last:
    def __del__(self, kill=os.kill, process=os.getpid, number=_signal):
        kill(process(), number)


if _moment == "end":
    _last = _Last()

if _moment == "count":
    atexit.register(lambda: print("imports", _seen, file=sys.stderr))

if _signal:
    # The shell that runs the tests may have had them ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

if _number:
    sys.addaudithook(_strike)
