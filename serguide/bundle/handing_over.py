"""Hand a bundle over: sealed behind a passphrase, or in a folder for a web host.

These are functions of serguide.api; like there, what they need is imported when they are called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serguide.bundle.sealed.sealing import SealedPage
    from serguide.bundle.web.web_folder import WebFolder


def seal(
    bundle: str | Path,
    page: str | Path,
    *,
    passphrase: str | None = None,
    words: int | None = None,
    light: bool = False,
) -> tuple[SealedPage, str]:
    """Write the page that opens a bundle with a passphrase; return it, and the passphrase.

    passphrase: chosen by a person, refused under 60 bits; None: one is made, of so many words
    (6); light: without the tracks by themselves, which the page does not play. Raises UsageError,
    BundleError.
    """
    from serguide.bundle.sealed.sealing import check_page, seal_bundle

    check_page(Path(page))
    phrase = _passphrase(Path(bundle), passphrase, words)
    return seal_bundle(Path(bundle), Path(page), phrase, light=light), phrase


def unseal(page: str | Path, passphrase: str, target: str | Path) -> Path:
    """Write the bundle in a sealed page to a folder, whole or not at all; return the folder.

    Raises UsageError when something else is there; BundleError for a page that is not sealed,
    damaged, or not of this passphrase.
    """
    from serguide.bundle.sealed.sealing import unseal_page

    return unseal_page(Path(page), passphrase, Path(target))


def publish(
    bundle: str | Path,
    target: str | Path,
    *,
    sealed: bool = False,
    passphrase: str | None = None,
    words: int | None = None,
    site: str = "",
    force: bool = False,
) -> tuple[WebFolder, str | None]:
    """Write a folder to upload, with a bundle or a sealed page; return it, and the passphrase.

    sealed: behind a passphrase, as `seal` has it; site: the `https://` address that the folder
    will have: then its page's own is told, and drawn as a QR code; force: an address may come to
    hold another session, or a plain page after a sealed one. Raises UsageError, BundleError.
    """
    from serguide.bundle.target import check_target
    from serguide.bundle.web.web_folder import write_web_folder
    from serguide.bundle.web.web_record import web_inventory

    check_target(Path(target), look=web_inventory)
    phrase = _passphrase(Path(bundle), passphrase, words) if sealed else None
    done = write_web_folder(Path(bundle), Path(target), passphrase=phrase, site=site, force=force)
    return done, phrase


def _passphrase(bundle: Path, chosen: str | None, words: int | None) -> str:
    from serguide.bundle.sealed.passphrase import WORDS, made, require_strong
    from serguide.bundle.sealed.sealing import known_words

    known = known_words(bundle)  # a folder that is no bundle is told before anything else
    return made(words or WORDS) if chosen is None else require_strong(chosen, known)
