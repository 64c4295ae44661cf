"""`serguide recordings`: a person's own sentences, in a group of commands."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Final

import click

COMMANDS: Final = {
    "add": "recordings_add",
    "list": "recordings_list",
    "sheet": "recordings_sheet",
    "remove": "recordings_remove",
}
"""Each command of the group, and the module of this package that holds it as `command`."""


class RecordingsGroup(click.Group):
    """Find commands when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a person meets them."""
        return [name for name, module in COMMANDS.items() if find_spec(f"serguide.cli.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"serguide.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(
    "recordings",
    cls=RecordingsGroup,
    epilog="Example: serguide recordings list easy-six --voice ana --library my-library",
)
def command() -> None:
    """Keep your own voice: what you have read, what is missing, a sheet to read from.

    A recorded voice is a folder in a library of yours, `voices/NAME`. `serguide record` fills it
    from a microphone. A script or session speaks with it by `--voice recorded:NAME`.
    """
