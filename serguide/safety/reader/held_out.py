"""Figures of the reader on voices that it has not learnt from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.corpus import Example, examples
from serguide.safety.reader.kinds import KINDS

FILE: Final = "held_out.npz"
"""Beside this module, made by `train`: each example's score by a classifier that has not learnt
from its voice, and the threshold of each language."""

ROUNDS: Final = 5
"""Rounds in which all voices are held out once, three or so of each language at a time."""


def folds(corpus: tuple[Example, ...]) -> Iterator[NDArray[np.bool_]]:
    """Yield for each round which examples are held out: whole voices, of every language."""
    languages = sorted({example.language for example in corpus})
    turn: dict[tuple[str, str], int] = {}
    for language in languages:
        voices = sorted({example.voice for example in corpus if example.language == language})
        turn |= {(language, voice): index % ROUNDS for index, voice in enumerate(voices)}
    turns = np.array([turn[example.language, example.voice] for example in corpus])
    for number in range(ROUNDS):
        yield turns == number


@dataclass(frozen=True, slots=True)
class Share:
    """Hold of how many harmful and innocent sentences are warned; right: with the right kind."""

    harmful: int
    named: int
    right: int
    innocent: int
    mistaken: int


class HeldOut:
    """The measured answers, for each example of the corpus."""

    def __init__(self) -> None:
        with (resources.files(__package__) / FILE).open("rb") as file, np.load(file) as arrays:
            self.scores = arrays["scores"].astype(np.float32)
            self.kinds = arrays["kinds"]
            known = zip(arrays["languages"], arrays["thresholds"], strict=True)
            self.thresholds = {str(language): float(value) for language, value in known}
            self.corpus = str(arrays["corpus"])

    def share(self, chosen: Sequence[bool]) -> Share:
        """Count among some of the examples; chosen: whether it is one of them, for each."""
        mine = np.array(chosen)
        bad = np.array([example.harmful for example in examples()])
        names = np.array([example.kind for example in examples()])
        warned = self.scores > np.array([self.thresholds[e.language] for e in examples()])
        right = np.array([kind.name for kind in KINDS])[self.kinds] == names
        return Share(
            int((mine & bad).sum()),
            int((mine & bad & warned).sum()),
            int((mine & bad & warned & right).sum()),
            int((mine & ~bad).sum()),
            int((mine & ~bad & warned).sum()),
        )


_LANGUAGES: Final = {"en": "English", "de": "German", "cs": "Czech", "sk": "Slovak"}


def figures() -> str:
    """Return the tables of docs/safety-check.md, in Markdown, by language and by kind."""
    measured = HeldOut()
    head = "| {} | harmful | named | with the right kind | innocent | warned of |"
    lines = [head.format("language"), "|---|---|---|---|---|---|"]
    everything = examples()
    for code, name in _LANGUAGES.items():
        lines.append(_row(name, measured.share([e.language == code for e in everything])))
    lines.append(_row("all", measured.share([True for _ in everything])))
    lines += ["", head.format("kind, all languages"), "|---|---|---|---|---|---|"]
    for kind in KINDS:
        share = measured.share([e.kind == kind.name for e in everything])
        lines.append(_row(f"{kind.code} {kind.name}", share))
    return "\n".join(lines)


def _row(name: str, share: Share) -> str:
    return (
        f"| {name} | {share.harmful} | {share.named / share.harmful:.0%} "
        f"| {share.right / share.harmful:.0%} | {share.innocent} "
        f"| {share.mistaken / share.innocent:.1%} |"
    )
