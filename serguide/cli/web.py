"""`serguide publish`: a folder to upload to a web host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from serguide.base.errors import UsageError
from serguide.cli.options import json_option
from serguide.cli.passphrases import (
    choice,
    chosen_option,
    passphrase_shown,
    say_how_it_goes,
    words_option,
)
from serguide.cli.printing import out, print_json, say

if TYPE_CHECKING:
    from serguide.bundle.web.web_folder import WebFolder


@click.command("publish", epilog="Example: serguide publish the-first-evening for-the-web --sealed")
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sealed", is_flag=True, help="Behind a passphrase, as `serguide seal` has it.")
@words_option
@chosen_option
@click.option(
    "--url",
    "site",
    default="",
    metavar="URL",
    help="The https:// address that DIR will have: the page's own is printed, and drawn as a QR "
    "code beside DIR.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Let the address hold another session than it did, or a plain page after a sealed one.",
)
@json_option
def command(
    bundle: Path,
    target: Path,
    sealed: bool,
    words: int | None,
    chosen: bool,
    site: str,
    force: bool,
    as_json: bool,
) -> None:
    """Make a folder to upload: a page that installs like an app and then needs no network.

    Below the folder stands a random name, so that nobody guesses the address; search engines are
    refused. Publishing into the same folder again keeps the address.
    """
    from serguide import api

    if not sealed and (chosen or words is not None):
        raise UsageError("a passphrase is for a sealed page", "add --sealed")
    phrase = choice(chosen, words)
    done, phrase = api.publish(
        bundle, target, sealed=sealed, passphrase=phrase, words=words, site=site, force=force
    )
    shown = None if chosen else phrase
    with passphrase_shown("The folder is made", shown):
        _print(done, shown, as_json=as_json)
    _tell(done.folder, str(done.qr or ""), sealed=sealed)


def _print(done: WebFolder, shown: str | None, *, as_json: bool) -> None:
    if as_json:
        told = {"address": done.address, "qr": done.qr and str(done.qr), "passphrase": shown}
        print_json(
            {"folder": str(done.folder), "page": str(done.page), "bytes": done.size}
            | {key: value for key, value in told.items() if value}
        )
    else:
        out(done.address or str(done.page))
        if shown:
            out(shown)


def _tell(folder: Path, qr: str, *, sealed: bool) -> None:
    say(f"Upload all that is in {folder}, hidden files too, to a host that speaks https://.")
    if qr:
        say(f"The address as a QR code: {qr}")
    else:
        say("With --url its address is printed, and drawn as a QR code.")
    if sealed:
        say_how_it_goes()
    else:
        say("Whoever has the address hears and reads it all: --sealed asks for a passphrase.")
