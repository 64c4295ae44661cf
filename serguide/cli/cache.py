"""`serguide cache`: show and clear the cache."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from serguide.base.errors import UsageError
from serguide.cli.options import json_option
from serguide.cli.printing import out, print_json, say

if TYPE_CHECKING:
    from serguide.cache.size import Size
    from serguide.cache.store import Store

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


@click.group("cache", invoke_without_command=True, epilog="Example: serguide cache --json")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show the cache: where it is, and how much it holds.

    It holds sentences that were spoken and tracks that were encoded. Nothing is lost with it but
    time: whatever is needed is made again. What holds something that was filled in, such as a
    client's name, is counted by itself; it is forgotten after 14 days in which nothing used it.
    """
    if ctx.invoked_subcommand:
        return
    store = _store()
    size, clients = store.size(), store.private_size()
    if as_json:
        print_json({"path": str(store.root), **size._asdict(), "clients": clients._asdict()})
    else:
        theirs = f"; with filled-in words: {_told(clients)}" if clients.entries else ""
        out(f"{store.root}: {_told(size)}{theirs}")


@command.command("clear", epilog="Example: serguide cache clear --clients --yes")
@click.option(
    "--clients", is_flag=True, help="Only what holds filled-in words, such as a client's name."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear(clients: bool, yes: bool) -> None:
    """Remove everything from the cache, or all that holds a client's words."""
    store = _store()
    if not yes:
        if not _on_a_terminal():
            raise UsageError("there is no terminal to ask on", "add --yes")
        there = store.private_size() if clients else store.size()
        click.confirm(f"Remove {_told(there)} from {store.root}?", abort=True, err=True)
    say(f"freed {_told(store.clear_private() if clients else store.clear())}")


@command.command("prune", epilog="Example: serguide cache prune --older-than 30d")
@click.option(
    "--older-than",
    "age",
    required=True,
    metavar="TIME",
    help="Only what was not used for so long: 30d, 12h.",
)
def prune(age: str) -> None:
    """Remove from the cache what was not used for some time."""
    unused_for = _age(age)
    say(f"freed {_told(_store().prune(unused_for))}")


def _store() -> Store:
    from serguide.cache.store import Store, default_root

    return Store(default_root())


def _age(text: str) -> float:
    """Read `30d`, `12h`, `90m` or `10s` as seconds. Raises UsageError."""
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in _UNITS and len(number) < 7):
        raise UsageError(f"--older-than: “{text}” is not an age", "write it like 30d or 12h")
    return float(int(number) * _UNITS[unit])


def _told(size: Size) -> str:
    return f"{size.entries} {'entry' if size.entries == 1 else 'entries'}, {_bytes(size.bytes)}"


def _bytes(count: int) -> str:
    if count < 1_000_000:
        return f"{count / 1000:.1f} kB"
    return f"{count / 1e6:.1f} MB" if count < 1_000_000_000 else f"{count / 1e9:.1f} GB"


def _on_a_terminal() -> bool:
    return sys.stdin.isatty()
