"""The sentences that the second reader has learnt from, written for it by language models.

    LANGUAGE/VOICE.tsv      kind, harmful or innocent, and the sentence, tabs in between

A voice is one way of speaking (a nurse, a preacher, a coach). Innocent sentences are near misses:
they share words, topic or shape with harmful ones of their kind, and do no harm. Sentences of the
built-in library, each read and found innocent, are the kind `ordinary`: near misses of nothing.
They stand in five parts, `ordinary-1` to `-5`, with each script and its translations in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

ORDINARY: Final = "ordinary"
"""Kind of the sentences that are near misses of no other kind, all innocent."""


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one sentence of the corpus; voice: who speaks so; language: BCP 47."""

    kind: str
    harmful: bool
    text: str
    voice: str
    language: str


@cache
def examples() -> tuple[Example, ...]:
    """Return every sentence, by language and voice in the alphabet's order."""
    found = []
    folders = (entry for entry in resources.files(__name__).iterdir() if entry.is_dir())
    for folder in sorted(folders, key=lambda entry: entry.name):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".tsv"):
                voice = file.name.removesuffix(".tsv")
                lines = file.read_text(encoding="utf-8").splitlines()
                found += [_example(line, voice, folder.name) for line in lines if line]
    return tuple(found)


def _example(line: str, voice: str, language: str) -> Example:
    kind, side, text = line.split("\t")
    return Example(kind, side == "harmful", text, voice, language)
