"""The self-contained program: the studio where nothing else is asked for, else the command line."""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    # Processes that the program starts of itself come in here again.
    multiprocessing.freeze_support()
    if len(sys.argv) == 1:
        sys.argv.append("studio")
    from serguide.__main__ import main

    main()
