"""Read passphrases: asked for on a terminal, else from standard input; never an argument."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, Final

import click

from serguide.base.errors import UsageError
from serguide.base.streams import silence
from serguide.cli.printing import UnprintableError, say

_LONGEST: Final = 4000  # characters

words_option = click.option(
    "--words",
    type=click.IntRange(5, 12),
    metavar="N",
    help="Words of the passphrase that is made. Default: 6",
)

chosen_option = click.option(
    "--passphrase",
    "chosen",
    is_flag=True,
    help="Ask for a passphrase of your own, or read it from standard input.",
)


def asked(*, confirm: bool = False) -> str:
    """Return the passphrase that a person types, hidden, or that standard input holds.

    confirm: it is typed twice. Raises UsageError for an empty or endless one.
    """
    if sys.stdin.isatty():
        prompt: dict[str, Any] = {"hide_input": True, "err": True, "confirmation_prompt": confirm}
        return str(click.prompt("Passphrase", **prompt))
    text = sys.stdin.read(_LONGEST + 1)
    if not text.strip() or len(text) > _LONGEST:
        raise UsageError(
            "standard input holds no passphrase", "type it on a terminal, or pipe a line of words"
        )
    if not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UsageError("the passphrase holds bytes that are no text", "pipe it as UTF-8")
    return text


def choice(chosen: bool, words: int | None) -> str | None:
    """Return a passphrase of one's own, or None for one to be made. Raises UsageError."""
    if not chosen:
        return None
    if words is not None:
        raise UsageError("--words is for a passphrase that is made", "leave it out")
    return asked(confirm=True)


def say_how_it_goes() -> None:
    """Say what whoever hands a sealed page over has to know."""
    say("Give the passphrase by another way than the page: said, or on paper. It is kept nowhere.")


@contextlib.contextmanager
def passphrase_shown(done: str, passphrase: str | None) -> Iterator[None]:
    """Say so where a made passphrase cannot be printed, as it is kept nowhere.

    done: what stands by then; passphrase: None where somebody chose it. Raises UnprintableError.
    """
    try:
        yield
    except (UnprintableError, BrokenPipeError) as error:
        if passphrase is None:
            raise
        why = error.message if isinstance(error, UnprintableError) else "nobody reads the output."
        if isinstance(error, BrokenPipeError):
            silence(sys.stdout.fileno())
        raise UnprintableError(
            f"{done}, and nobody can read its passphrase: {why}", "Make it once more."
        ) from error
