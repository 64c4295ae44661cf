"""Command line: options, then one API call; one file a command.

Commands are imported when they are asked for, so that `serguide --version` stays quick.
"""

from __future__ import annotations

import os

# Read when NumPy is first imported. Tracks are what we run side by side; a matrix product that
# spreads over the cores as well takes them from one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from serguide.cli.group import cli, main

__all__ = ["cli", "main"]
