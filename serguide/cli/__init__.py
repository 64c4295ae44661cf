"""The command line: options, then one library call; one file a command.

Commands are imported when they are asked for, so that `serguide --version` stays quick.
"""

from __future__ import annotations

from serguide.cli.program import cli, main

__all__ = ["cli", "main"]
