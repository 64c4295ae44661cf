"""The self-contained program: the studio where nothing else is asked for, else the command line."""

from __future__ import annotations

import multiprocessing
import runpy
import sys

DECODER = "serguide.soundscapes.recorded.decoder"

if __name__ == "__main__":
    # Processes that the program starts of itself come in here again, as Python would be called.
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["-P"]:
        named = sys.argv[2:3] == ["-m"]
        sys.argv = sys.argv[3:] if named else sys.argv[2:]
        runpy.run_module(sys.argv[0] if named else DECODER, run_name="__main__")
        sys.exit()
    if len(sys.argv) == 1:
        sys.argv.append("studio")
    from serguide.__main__ import main

    main()
