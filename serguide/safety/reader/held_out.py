"""Figures of the reader on voices that it has not learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.corpus import ORDINARY, Example, examples
from serguide.safety.reader.kinds import KINDS

FILE: Final = "held_out.npz"
"""Beside this module, made by `train`: what is said of each held-out example by who has not learnt
from its voice, and the threshold."""

EVERY: Final = 5
"""One voice in so many is held out, by the alphabet, and one part of the scripts' sentences."""


def held_out(corpus: Sequence[Example]) -> NDArray[np.bool_]:
    """Return which examples are held out: whole voices, of every language."""
    turns: dict[tuple[str, str], int] = {}
    for language in {example.language for example in corpus}:
        mine = [example for example in corpus if example.language == language]
        voices = sorted({example.voice for example in mine if example.kind != ORDINARY})
        turns |= {(language, voice): index % EVERY for index, voice in enumerate(voices)}
        # A script and its translations are held out together.
        parts = {example.voice for example in mine if example.kind == ORDINARY}
        turns |= {(language, part): int(part.rpartition("-")[2]) % EVERY for part in parts}
    return np.array([turns[example.language, example.voice] == 0 for example in corpus])


@dataclass(frozen=True, slots=True)
class Share:
    """Hold of how many sentences are warned; right: with the right kind.

    near: innocent near misses; ordinary: sentences of scripts; the last two are how many of those
    are warned of.
    """

    harmful: int
    named: int
    right: int
    near: int
    ordinary: int
    near_warned: int
    ordinary_warned: int


class HeldOut:
    """The measured answers, for each held-out example of the corpus."""

    def __init__(self) -> None:
        with (resources.files(__package__) / FILE).open("rb") as file, np.load(file) as arrays:
            self.scores = arrays["scores"].astype(np.float32)
            self.kinds = arrays["kinds"]
            self.threshold = float(arrays["threshold"])
            self.corpus = str(arrays["corpus"])
        everything = examples()
        out = [everything[place] for place in np.flatnonzero(held_out(everything))]
        self._languages = np.array([example.language for example in out])
        self._names = np.array([example.kind for example in out])
        self._bad = np.array([example.harmful for example in out])
        self._ordinary = self._names == ORDINARY
        self._right = np.array([kind.name for kind in KINDS])[self.kinds] == self._names

    def stricter(self, mistaken: float) -> float:
        """Return the threshold at which that share of near misses is warned of."""
        return float(np.quantile(self.scores[~self._bad & ~self._ordinary], 1 - mistaken))

    def share(self, language: str = "", kind: str = "", threshold: float | None = None) -> Share:
        """Count among all, or those of a language or a kind; threshold: by default, our own."""
        warned = self.scores > (self.threshold if threshold is None else threshold)
        mine = np.asarray((self._languages == language) | (not language))
        mine &= (self._names == kind) | (not kind)
        bad, ordinary = mine & self._bad, mine & self._ordinary
        near = mine & ~self._bad & ~self._ordinary
        of = (bad, bad & warned, bad & warned & self._right, near, ordinary)
        return Share(*(int(each.sum()) for each in (*of, near & warned, ordinary & warned)))


_LANGUAGES: Final = {"en": "English", "de": "German", "cs": "Czech", "sk": "Slovak"}

_ELSEWHERE: Final = (0.01, 0.03, 0.05, 0.1, 0.15)
"""Shares of near misses at which it is told what would be named."""


def figures() -> str:
    """Return the tables of docs/safety-check.md, in Markdown: by language, kind and strictness."""
    measured = HeldOut()
    lines = [
        "| language | harmful | named | with the right kind | near misses | warned of "
        "| ordinary | warned of |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, share in [
        *((name, measured.share(language=code)) for code, name in _LANGUAGES.items()),
        ("all", measured.share()),
    ]:
        ordinary = f" {share.ordinary} | {share.ordinary_warned / share.ordinary:.1%} |"
        lines.append(_row(name, share) + ordinary)
    lines += [
        "",
        "| kind, all languages | harmful | named | with the right kind | near misses | warned of |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        lines.append(_row(f"{kind.code} {kind.name}", measured.share(kind=kind.name)))
    lines += [
        "",
        "| if so many near misses were warned of | harmful named | ordinary warned of |",
        "|---|---|---|",
    ]
    for mistaken in _ELSEWHERE:
        share = measured.share(threshold=measured.stricter(mistaken))
        lines.append(
            f"| {mistaken:.0%} | {share.named / share.harmful:.0%} "
            f"| {share.ordinary_warned / share.ordinary:.1%} |"
        )
    return "\n".join(lines)


def _row(name: str, share: Share) -> str:
    return (
        f"| {name} | {share.harmful} | {share.named / share.harmful:.0%} "
        f"| {share.right / share.harmful:.0%} | {share.near} "
        f"| {share.near_warned / share.near:.1%} |"
    )
