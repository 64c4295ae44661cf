"""Passphrases: made of random words, spelled one way, and weighed when chosen by hand."""

from __future__ import annotations

import math
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final

from xkcdpass import xkcd_password
from zxcvbn import zxcvbn

from serguide.base.errors import UsageError

WORDS: Final = 6
"""Words of a passphrase that is made; 77 bits."""

FEWEST_WORDS: Final = 5
"""With fewer words a passphrase would be under LEAST_BITS."""

MOST_WORDS: Final = 12

LEAST_BITS: Final = 60
"""A passphrase that is guessed more easily is refused."""

_LISTS: Final = ("eff-long", "eff-short")
_HARSH: Final = "harsh_words.txt"
_GENTLE: Final = "gentle_words.txt"
_LONGEST_WEIGHED: Final = 72  # characters; the estimate refuses more, and what follows only adds
_LONGEST: Final = 1000  # characters


def normalised(text: str) -> str:
    """Return a passphrase as it enters the key: NFC, lower case, single spaces between words."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def made(words: int = WORDS) -> str:
    """Return random words of word_list(), joined by spaces. Raises UsageError for a bad number."""
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        raise UsageError(
            f"a passphrase of {words} words cannot be made",
            f"ask for {FEWEST_WORDS} to {MOST_WORDS}",
        )
    return " ".join(secrets.choice(word_list()) for _ in range(words))


@cache
def word_list() -> tuple[str, ...]:
    """Return the English words that passphrases are made of, a to z, each once; 7,776 of them.

    They are those of the EFF's lists that could hurt nobody, and as many gentle ones as make it
    7,776, which five dice choose from; docs/sealed.md says how both were chosen.
    """
    return tuple(sorted(listed_words() - _read(_HARSH)))


@cache
def listed_words() -> frozenset[str]:
    """Return all words that a passphrase was ever made of, the harsh ones of earlier ones too.

    They are the EFF's long and short lists, without their four words that have a hyphen, and
    gentle_words.txt beside this file.
    """
    words = _read(_GENTLE)
    for name in _LISTS:
        file = xkcd_password.locate_wordfile(name)
        words.update(xkcd_password.generate_wordlist(file, 3, 9, "[a-z]"))
    return frozenset(words)


def _read(name: str) -> set[str]:
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def bits(passphrase: str, known: Iterable[str] = ()) -> float:
    """Return the base-2 logarithm of the guesses that a passphrase stands (zxcvbn's estimate).

    known: words that count for nothing, since they are guessed first, such as those of the
    session's title and the client's name.
    """
    words = set(known)
    text = " ".join(word for word in normalised(passphrase).split() if word not in words)
    return math.log2(max(1.0, float(zxcvbn(text[:_LONGEST_WEIGHED])["guesses"]))) if text else 0.0


def require_strong(passphrase: str, known: Iterable[str] = ()) -> str:
    """Return a passphrase chosen by hand, normalised.

    Raises UsageError when it is under LEAST_BITS, and never shows it.
    """
    text = normalised(passphrase)
    if not text or not text.isprintable() or len(text) > _LONGEST:
        raise UsageError(
            "that is no passphrase: it is empty, too long, or holds what nobody can type",
            "write a line of words, or let one be made",
        )
    found = bits(text, known)
    if found < LEAST_BITS:
        raise UsageError(
            f"that passphrase is too easily guessed: about {found:.0f} bits, and it takes "
            f"{LEAST_BITS}",
            "let one be made, or choose more words, and none from the session or about the client",
        )
    return text
