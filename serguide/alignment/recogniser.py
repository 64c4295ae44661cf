"""SoundSwallower, as far as it is used: a grammar and a stretch of sound in, timed words out."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.grammar import Grammar, phone_name, word_name
from serguide.alignment.phone_variants import SpokenWord

MODELS: Final = {"en": "en-us", "fr": "fr-fr"}
"""The acoustic model of each language that has one, by primary language."""

_LENT: Final = MODELS["en"]  # what other languages borrow: it knows the most sounds

INSTALL: Final = "pip install 'serguide[recordings]'"
"""How the recogniser is got."""

_SCALE: Final = 1024  # its scores are shifted right by ten bits (SENSCR_SHIFT)
_SILENCES: Final = ("SIL", "+NSN+", "+SPN+")


def installed() -> bool:
    """Tell whether the recogniser is there."""
    return find_spec("soundswallower") is not None


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold what was heard from one frame of 10 ms to another.

    place: the sentence and the word in it, None for a silence, a noise or a lone phone; silent:
    it is a silence or a noise; noise: the latter; score: nats of the whole, against the best
    sound in each frame.
    """

    first: int
    last: int
    place: tuple[int, int] | None
    silent: bool
    noise: bool
    score: float


class Recogniser:
    """Search stretches of sound by grammars. Not for two threads at once."""

    def __init__(self, language: str, beam: float, *, exact: bool = False) -> None:
        """Take a primary language; exact: scores of any two grammars compare, at some cost."""
        from soundswallower import Decoder, get_model_path

        folder = get_model_path(MODELS.get(language, _LENT))
        self._decoder: Any = Decoder(
            hmm=folder, beam=beam, wbeam=beam, pbeam=beam,  loglevel="FATAL",
            bestpath=False, compallsen=exact, silprob=0.3, fillprob=1e-6, maxhmmpf=-1,
        )  # fmt: skip
        listed = json.loads((Path(folder) / "phoneset.json").read_text("utf-8"))
        self.phones = sorted(each for each in listed if each not in _SILENCES)
        self._grammar: Any = None

    def known(self, word: str) -> list[str]:
        """Return the dictionary's pronunciations of a word, likeliest first; often none."""
        found: list[str] = []
        while way := self._decoder.lookup_word(f"{word}({len(found) + 1})" if found else word):
            found.append(way)
        return found

    def learn(self, sentences: Sequence[Sequence[SpokenWord]]) -> None:
        """Give every word at every place a name of its own, and every phone."""
        for phone in self.phones:
            self._decoder.add_word(phone_name(phone), phone, update=False)
        for number, sentence in enumerate(sentences):
            for index, word in enumerate(sentence):
                for way, spoken in enumerate(word.pronunciations):
                    name = word_name(number, index) + (f"({way + 1})" if way else "")
                    self._decoder.add_word(name, spoken, update=False)

    def listen_for(self, grammar: Grammar) -> None:
        """Take the grammar that the next stretches are searched by."""
        self._grammar = self._decoder.create_fsg(
            "serguide", grammar.start, grammar.end, grammar.transitions
        )
        self._decoder.set_fsg(self._grammar)

    def search(self, samples: npt.NDArray[np.int16]) -> list[Segment]:
        """Return the likeliest path through the grammar; empty where there is none."""
        self._decoder.start_utt()
        self._decoder.process_raw(samples.tobytes(), full_utt=True)
        self._decoder.end_utt()
        if not self._decoder.hyp:
            return []
        return [_segment(each) for each in self._decoder.seg if each.duration > 0]


def _segment(found: Any) -> Segment:
    name = found.text.partition("(")[0]
    place = None
    if name.startswith("w#"):
        sentence, _, word = name[2:].partition(".")
        place = (int(sentence), int(word))
    return Segment(
        round(found.start * 100),
        round((found.start + found.duration) * 100),
        place,
        found.text.startswith(("<", "[")),
        found.text.startswith("["),
        _SCALE * math.log(max(found.ascore, 1e-300)),
    )
