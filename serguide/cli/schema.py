"""`serguide schema`: print the JSON Schema of scripts and sessions, for editors."""

from __future__ import annotations

from typing import Literal

import click

from serguide.cli.printing import print_json


@click.command("schema", epilog="Example: serguide schema > schema.json")
@click.argument("of", type=click.Choice(["script", "session"]), required=False)
def command(of: Literal["script", "session"] | None) -> None:
    """Print the JSON Schema of scripts and sessions; without a name, of both in one.

    An editor completes and checks while you write, when a script begins with the line
    “# yaml-language-server: $schema=schema.json”. `serguide new` sets that up.
    """
    from serguide.script.json_schema import json_schema

    print_json(json_schema(of))
