"""Findings of the check, said plainly to a therapist: by code, with their numbers and words kept.

The check's own messages are for whoever writes a script's file. Each code has a sentence in every
language of the interface, in LANGUAGE/findings.json; where a message tells more than its code,
FACTS finds what, and names the sentence (`E113.child`) that says it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from serguide.base.language import primary

_WORD: Final = ("word", r"“(?P<word>[^”]+)”")

FACTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "E101": (
        ("orient", r"\(orient\)"),
        ("posture", r"\(posture\)"),
        ("permission", r"\(permission\)"),
    ),
    "E103": (_WORD,),
    "W104": (("share", r"^(?P<count>\d+) of (?P<total>\d+) sentences"),),
    "E105": (_WORD,),
    "E106": (_WORD,),
    "E107": (_WORD,),
    "E108": (_WORD,),
    "E109": (_WORD,),
    "E110": (_WORD,),
    "E111": (
        ("room", r"does not come back to the room"),
        ("movement", r"has no movement"),
        ("beats", r"has (?P<count>\d+) of \d+ beats"),
        ("short", r"lasts (?P<seconds>\d+) of \d+ s"),
    ),
    "E112": (
        ("order", r"is not the last step"),
        ("wakes", r"^“(?P<word>[^”]+)” wakes"),
        ("words", r"^“(?P<word>[^”]+)” ends it in sleep"),
        ("sound", r"sounds at the end of a sleep session"),
        ("fade", r"has no soundscape"),
        ("bed", r"neither title nor"),
    ),
    "E113": (
        ("plain", r"held for (?P<time>[^;,]+); nobody"),
        ("child", r"held for (?P<time>[^;,]+), by a child"),
        ("long", r"held for (?P<time>[^;,]+); over (?P<most>\d+ s)"),
        ("often", r"held for (?P<time>\S+) in up to (?P<count>\d+) cycles; at most (?P<most>\d+)"),
    ),
    "E114": (
        ("fast", r"^(?P<rate>[\d.]+) breaths a minute; at most (?P<limit>[\d.]+)"),
        ("slow", r"^(?P<rate>[\d.]+) breaths a minute; at least (?P<limit>[\d.]+)"),
        _WORD,
    ),
    "W115": (
        ("out", r"shorter than the breath in"),
        ("long", r"over ten minutes"),
        ("leave", r"natural breath"),
    ),
    "E116": (("holds", r"before holds"), ("imagery", r"before imagery"), ("tension", r"tensing")),
    "W117": (("lasts", r"^lasts (?P<time>[\d:]+)"),),
    "E118": (("lasts", r"^lasts (?P<time>[\d:]+)"),),
    "W119": (
        ("breath", r"^(?P<seconds>\d+) s of silence \(nothing leads"),
        ("silent", r"^(?P<seconds>\d+) s of silence are"),
    ),
    "E120": (("lasts", r"^(?P<seconds>\d+) s of"),),
    "W121": (
        ("phrase", r"is spoken at (?P<speed>\d+) words a minute"),
        ("whole", r"comes to (?P<speed>\d+) words a minute"),
    ),
    "E122": (_WORD,),
    "W124": (
        ("old", r"the number (?P<number>.+?) was checked (?P<days>\d+) days"),
        ("left", r"verified it: (?P<numbers>.+)$"),
    ),
    "E125": (
        ("alone", r"listen alone"),
        ("adult", r"an adult is there"),
        ("long", r"too long a sentence"),
        ("word", r"“(?P<word>[^”]+)” is not for a child"),
    ),
    "W126": (_WORD,),
    "E127": (
        ("value", r"“(?P<word>.+)” is filled in"),
        ("diagnosis", r"“(?P<word>[^”]+)” is a diagnosis"),
    ),
    "W129": (
        ("audience", r"^“(?P<name>[^”]+)” is for"),
        ("posture", r"^“(?P<name>[^”]+)” has no posture"),
        ("asks", r"^asks for"),
    ),
    "W131": (_WORD,),
    "W135": (_WORD,),
    "W136": (_WORD,),
    "L021": (("value", r"\{(?P<word>[^}]+)\}"),),
    "L022": (("part", r"“(?P<word>[^”]+)”"),),
    "L030": (
        (
            "word",
            r"word “(?P<word>[^”]+)” takes (?P<takes>\S+), its phase `\w+` lasts (?P<lasts>\S+)$",
        ),
    ),
    "L034": (("note", r"“(?P<word>[^”]+)”"),),
}
"""By code: names of sentences, and what finds their facts in the check's message."""

_COMMA: Final = frozenset(["de", "cs", "sk"])
"""Languages that write 4,5."""

_TIME: Final = re.compile(r"(?:(\d+)m)?(?:(\d+(?:\.\d+)?) ?s)?")


def plain_finding(code: str, message: str, language: str) -> str:
    """Return what was found as plain sentences of the interface; empty for an unknown code."""
    table = _table(primary(language))
    said = [
        table[f"{code}.{name}"].format_map(_shown(found.groupdict(), primary(language)))
        for name, pattern in FACTS.get(code, ())
        if (found := re.search(pattern, message)) and f"{code}.{name}" in table
    ]
    return " ".join(said) or table.get(code, "")


def _shown(facts: Mapping[str, str | None], language: str) -> dict[str, str]:
    return {
        name: _number(value or "", language)
        if name in ("time", "most", "takes", "lasts", "rate", "limit")
        else value or ""
        for name, value in facts.items()
    }


def _number(value: str, language: str) -> str:
    """Return a number or a time as a person writes it: `1m30s` as 1 min 30 s."""
    found = _TIME.fullmatch(value)
    if found and any(found.groups()):
        minutes, seconds = found.groups()
        units = [f"{minutes} min" if minutes else "", f"{seconds} s" if seconds else ""]
        value = " ".join(each for each in units if each)
    value = value.removesuffix(".0")
    return value.replace(".", ",") if language in _COMMA else value


@cache
def _table(language: str) -> dict[str, str]:
    folder = resources.files("serguide.studio") / "words"
    path = folder / language / "findings.json"
    path = path if path.is_file() else folder / "en" / "findings.json"
    table: dict[str, str] = json.loads(path.read_text("utf-8"))
    return table
