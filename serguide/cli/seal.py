"""`serguide seal`: one page that opens with a passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from serguide.cli.options import json_option
from serguide.cli.passphrases import (
    choice,
    chosen_option,
    passphrase_shown,
    say_how_it_goes,
    words_option,
)
from serguide.cli.printing import out, print_json, say


@click.command("seal", epilog="Example: serguide seal the-first-evening -o for-you.html")
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "page",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="The page to write; an earlier sealed page there is replaced.",
)
@words_option
@chosen_option
@click.option(
    "--light",
    is_flag=True,
    help="Leave out the parts as files of their own, which the page does not play: half the size.",
)
@json_option
def command(
    bundle: Path, page: Path, words: int | None, chosen: bool, light: bool, as_json: bool
) -> None:
    """Seal a bundle: one page, player and sound inside, that opens with a passphrase.

    The passphrase is made of random words and printed once. Nothing of the session can be read
    in the page without it, not even the title. The page opens in any browser by a double click;
    on an iPhone or iPad it needs a web address (`serguide publish --sealed`).
    """
    from serguide import api

    own = choice(chosen, words)
    done, phrase = api.seal(bundle, page, passphrase=own, words=words, light=light)
    with passphrase_shown("The page is sealed", None if chosen else phrase):
        if as_json:
            told = {} if chosen else {"passphrase": phrase}
            print_json({"page": str(done.path), "bytes": done.size, **told})
        elif not chosen:
            out(phrase)
    _tell(done.path, done.size, light=light)


def _tell(page: Path, size: int, *, light: bool) -> None:
    from serguide.bundle.limits import EMAIL, megabytes

    say(f"{page}, {megabytes(size)}")
    if size > EMAIL:
        smaller = "" if light else "; --light makes it about half as large"
        say(f"That is more than most e-mail services carry{smaller}.")
    say_how_it_goes()
    say(
        "On iPhones and iPads no page opens from Files or Mail: `serguide publish --sealed` makes "
        "a folder for a web address, or give the sound file."
    )
