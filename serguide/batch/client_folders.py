"""Judge the folder names that a table's clients ask for: safe on every disk, and each its own."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from serguide.base.printable import INVISIBLE

_LONGEST: Final = 120
"""Bytes; a disk takes 255, and names of unfinished folders are longer than their own."""

_SIGNS: Final = re.compile(r'[/\\:*?"<>|\t\n]')
_OWN: Final = ("batch.json", "passphrases.csv", ".whole.json", ".begun.json")
"""How names of files end that a batch writes beside the folders."""

_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
"""Windows' names of devices, with any ending."""


def wrong_with(name: str) -> tuple[str, str] | None:
    """Say what is wrong with a client's folder name, and what to do; None for a good one."""
    if not name:
        return "there is no client", "give each row the name of a folder"
    if found := INVISIBLE.search(name):
        return f"the client's name holds U+{ord(found[0]):04X}, which is not seen", "type it anew"
    if found := _SIGNS.search(name):
        sign = "tab or line break" if found[0].isspace() else f"“{found[0]}”"
        return f"a folder's name holds no {sign}", "leave it out"
    if name.startswith("."):
        return "a folder's name does not begin with a full stop here", "leave it out"
    if name.endswith((".", " ")):
        return "a folder's name ends with no full stop or blank", "leave it out"
    if _RESERVED.fullmatch(name):
        return f"“{name}” is the name of a device on Windows", "add a letter"
    if any("\ud800" <= sign <= "\udfff" for sign in name):
        return "the client's name holds what is no character", "type it anew"
    if len(name.encode()) > _LONGEST:
        return f"the client's name is longer than {_LONGEST} bytes", "shorten it"
    if name.casefold().endswith(_OWN):
        return f"“{name}” is a file of the batch's own", "name the client otherwise"
    return None


def same_folder(name: str) -> str:
    """Return what two names share that are one folder on some disk: capitals and accents' form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
